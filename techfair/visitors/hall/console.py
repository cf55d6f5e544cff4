"""The organizer's page of hall servers, on the central server: invite one, see when each last spoke, end one."""

from flask import Blueprint, current_app, flash, g, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm

from techfair.core import access, pages
from techfair.core.fields import Line
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.hall import servers
from techfair.visitors.hall.models import HallServer

bp = access.signed_in(Blueprint("hall_console", __name__, url_prefix="/organizer/fairs/<slug>/gates/halls"))
CODES = "hall codes"  # in the session of whoever made them: the server itself keeps digests alone


class HallForm(FlaskForm):
    """A hall server that is to join."""

    name = Line(_l("Name of the hall server"), most=80, needed=_l("Type a name that you know it by."))


def _fair(slug: str) -> Fair:
    fair = access.fetch(Fair, slug=slug, to="gates")
    pages.show(fair)
    g.rail_key = "gate_console"
    return fair


@bp.route("", methods=["GET", "POST"])
def index(slug: str) -> ResponseReturnValue:
    """The fair's hall servers; the commands with which an invited one joins, to whoever invited it."""
    fair, form = _fair(slug), HallForm()
    if form.validate_on_submit():
        server, code = servers.invite(fair, str(form.name.data), current_user)
        answer = redirect(url_for(".index", slug=slug), 303)
        session[CODES] = {**session.get(CODES, {}), str(server.id): code}
        db.session.commit()
        return answer
    halls = servers.of_fair(fair)
    codes = {int(id): code for id, code in session.get(CODES, {}).items()}
    commands = {hall.id: _command(slug, codes[hall.id]) for hall in halls if hall.may_join and hall.id in codes}
    page = render_template("hall/console.html", form=form, halls=halls, commands=commands)
    return page, 422 if form.errors else 200


@bp.post("/<int:id>/revoke")
def revoke(slug: str, id: int) -> ResponseReturnValue:
    """End the exchange with a hall server."""
    fair = _fair(slug)
    server = access.fetch(HallServer, id, to="edit", fair_id=fair.id)
    servers.revoke(server, current_user)
    flash(_("Nothing is exchanged with %(name)s any more.", name=server.name), "good")
    answer = redirect(url_for(".index", slug=slug), 303)
    db.session.commit()
    return answer


def _command(slug: str, code: str) -> str:
    return (
        f"techfair hall join {current_app.config['BASE_URL']} {slug} {'-'.join(code[i : i + 4] for i in (0, 4, 8, 12))}"
    )

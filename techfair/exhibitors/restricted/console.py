"""The organizer's list of technologies that law may restrict or ban for transfer, each with what was found."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.accounts.models import User
from techfair.core import access
from techfair.exhibitors.place import fair_of
from techfair.exhibitors.queries import public_technologies
from techfair.exhibitors.record_models import Technology
from techfair.exhibitors.restricted import deciding, watching, words
from techfair.exhibitors.restricted.deciding import DecisionIncomplete
from techfair.extensions import db
from techfair.fairs.models import Fair

bp = access.signed_in(Blueprint("restricted_console", __name__, url_prefix="/organizer/fairs/<slug>/restricted"))


@bp.get("")
def listing(slug: str) -> ResponseReturnValue:
    """What the list warns of, what nobody has looked at first."""
    return _page(fair_of(slug))


@bp.post("/<ref>/<key>")
def decide(slug: str, ref: str, key: str) -> ResponseReturnValue:
    """Note what was found about one technology and one group."""
    fair = fair_of(slug)
    those = public_technologies(fair).where(Technology.public_ref == ref)
    technology = db.session.scalars(those).unique().one_or_none() or abort(404)
    group = watching.groups().get(key) or abort(404)
    user: User = current_user._get_current_object()
    typed = {name: request.form.get(name, "") for name in ("decision", "note")}
    try:
        deciding.decide(fair, technology, group, user, **typed)
    except DecisionIncomplete as refusal:
        return _page(fair, problem=refusal.message, at=(ref, key), typed=typed), refusal.status
    flash(_("Noted."), "good")
    db.session.commit()
    return redirect(url_for(".listing", slug=slug), 303)


def _page(fair: Fair, **context: Any) -> str:
    cases = deciding.cases(fair)
    waiting = sum(case.is_open for case in cases)
    return render_template("restricted/console_list.html", cases=cases, waiting=waiting, words=words, **context)

"""The organizer's pages of fairs: mine, a new one, and everything that can be changed of one."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from techfair.core import access, pages, rail
from techfair.core.errors import ChangedMeanwhile
from techfair.extensions import db
from techfair.fairs import planning
from techfair.fairs.forms import FairForm
from techfair.fairs.models import Fair, OrganizingUnit
from techfair.fairs.planning import FairRefused

bp = access.signed_in(Blueprint("fair_console", __name__, url_prefix="/organizer"))
rail.console_entry(bp.name, _l("Settings"), "settings", "fair_console.settings", grant="settings", order=90)

# What a button of the settings does, and what is said afterwards.
DEEDS: dict[str, tuple[Callable[[Fair, Any], None], Any]] = {
    "publish": (planning.publish, _l("The fair is published: everyone sees its page.")),
    "withdraw": (planning.withdraw, _l("The fair is hidden again: only its organizers see it.")),
    "conclude": (planning.conclude, _l("The fair is concluded: its pages stay to be read.")),
    "open-registration": (planning.open_registration, _l("Registration is open.")),
    "close-registration": (planning.close_registration, _l("Registration is closed.")),
    "open-applications": (planning.open_applications, _l("Exhibitors may apply.")),
    "close-applications": (planning.close_applications, _l("Exhibitors may not apply any more.")),
}


def fair_of(slug: str) -> Fair:
    """The fair of a set-up page, which is about it from now on."""
    fair = access.fetch(Fair, slug=slug, to="settings")
    pages.show(fair)
    return fair


def my_fairs() -> list[Fair]:
    """The fairs that the present user helps to run, the latest first; asked once a page."""
    if "my_fairs" not in g:
        g.my_fairs = list(db.session.scalars(access.own(Fair).order_by(Fair.starts_on.desc(), Fair.id)))
    fairs: list[Fair] = g.my_fairs
    return fairs


def _my_units() -> list[OrganizingUnit]:
    """The units for which the present user may make a fair."""
    return list(db.session.scalars(access.own(OrganizingUnit).order_by(OrganizingUnit.name_vi)))


@bp.get("/")
def index() -> ResponseReturnValue:
    """The fairs that I help to run."""
    return render_template("fairs/console_index.html", fairs=my_fairs(), units=_my_units())


@bp.route("/fairs/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Make a fair of one of my units."""
    units = _my_units()
    if not units:
        return render_template("fairs/console_no_unit.html"), 200 if current_user.is_administrator else 404
    form = FairForm(units=units)
    if form.validate_on_submit():
        unit = access.fetch(OrganizingUnit, form.unit_id.data, to="settings")
        try:
            fair = planning.create_fair(unit, current_user, **form.fair_values())
        except FairRefused as refusal:
            _at_field(form, refusal)
        else:
            flash(_("The fair is made. Only its organizers see it until it is published."), "good")
            answer = redirect(url_for(".programme", slug=fair.slug), 303)
            db.session.commit()
            return answer
    return render_template("fairs/console_new.html", form=form), 422 if form.errors else 200


@bp.route("/fairs/<slug>/settings", methods=["GET", "POST"])
def settings(slug: str) -> ResponseReturnValue:
    """Everything about a fair that can be changed, and which of its doors stand open."""
    fair = fair_of(slug)
    form = FairForm(fair)
    if form.validate_on_submit():
        try:
            planning.change_fair(fair, current_user, form.version.data, **form.fair_values())
        except (FairRefused, ChangedMeanwhile) as refusal:
            return _refused(slug, form, refusal)
        flash(_("Saved."), "success")
        answer = redirect(url_for(".settings", slug=fair.slug), 303)
        db.session.commit()
        return answer
    return render_template("fairs/console_settings.html", form=form), 422 if form.errors else 200


def _refused(slug: str, form: FairForm, refusal: FairRefused | ChangedMeanwhile) -> ResponseReturnValue:
    """The form again, as typed; where somebody saved meanwhile, the next time it is saved over theirs."""
    db.session.rollback()
    fair = fair_of(slug)
    if isinstance(refusal, FairRefused):
        _at_field(form, refusal)
        return render_template("fairs/console_settings.html", form=form), 422
    form.version.data = fair.version
    form.form_errors.append(_("Somebody else saved this fair meanwhile. Check every field, then save again."))
    return render_template("fairs/console_settings.html", form=form), refusal.status


def _at_field(form: FairForm, refusal: FairRefused) -> None:
    form[refusal.reason].errors = [refusal.message]


@bp.post("/fairs/<slug>/settings/<deed>")
def change_state(slug: str, deed: str) -> ResponseReturnValue:
    """Publish or hide the fair, open or close one of its doors."""
    fair = fair_of(slug)
    if deed not in DEEDS:
        abort(404)
    do, told = DEEDS[deed]
    do(fair, current_user)
    flash(str(told), "good")
    answer = redirect(url_for(".settings", slug=slug), 303)
    db.session.commit()
    return answer


def init_app(app: Flask) -> None:
    """Let the console's frame offer the other fairs."""
    app.jinja_env.globals["my_fairs"] = my_fairs

"""The organizer's pages of delegations: invited, named, arrived, missing; which provinces are here."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.core import access, mail, pages
from techfair.core.spreadsheets import XLSX, write_sheet
from techfair.extensions import db
from techfair.fairs import provinces
from techfair.fairs.models import Fair
from techfair.visitors.delegations import inviting, naming, queries
from techfair.visitors.delegations.forms import DelegationForm
from techfair.visitors.kind_days import choosing as kind_days
from techfair.visitors.models import Delegation
from techfair.visitors.place import fair_of
from techfair.visitors.words import KIND_WORDS, SIGN_UP_STATES

bp = access.signed_in(Blueprint("delegation_console", __name__, url_prefix="/organizer/fairs/<slug>/delegations"))


def _delegation(slug: str, id: int) -> tuple[Fair, Delegation]:
    fair = fair_of(slug)
    return fair, access.fetch(Delegation, id, to="edit", fair_id=fair.id)


def _place(fair: Fair, delegation: Delegation) -> str:
    return provinces.name_of(delegation.province_code, fair.starts_on) if delegation.province_code else ""


@bp.get("")
def index(slug: str) -> ResponseReturnValue:
    """All delegations, the sums, and the coverage of provinces."""
    fair = fair_of(slug)
    standings = queries.standings(fair)
    covered, missing = queries.coverage(fair, standings)
    places = {one.delegation.id: _place(fair, one.delegation) for one in standings}
    shown = {"covered": covered, "missing": missing, "total": covered + len(missing), "places": places}
    return render_template("delegations/console.html", standings=standings, **shown)


@bp.route("/new", methods=["GET", "POST"])
def new(slug: str) -> ResponseReturnValue:
    """Add a delegation."""
    fair = fair_of(slug)
    form = DelegationForm(fair)
    if form.validate_on_submit():
        delegation = inviting.make(fair, form.delegation(), current_user)
        return _shown(slug, delegation)
    return render_template("delegations/edit.html", form=form, delegation=None), 422 if form.errors else 200


@bp.route("/<int:id>/edit", methods=["GET", "POST"])
def edit(slug: str, id: int) -> ResponseReturnValue:
    """Change a delegation."""
    fair, delegation = _delegation(slug, id)
    form = DelegationForm(fair, delegation)
    if form.validate_on_submit():
        inviting.change(delegation, form.delegation(), current_user)
        return _shown(slug, delegation)
    return render_template("delegations/edit.html", form=form, delegation=delegation), 422 if form.errors else 200


@bp.get("/<int:id>")
def show(slug: str, id: int) -> ResponseReturnValue:
    """One delegation with its people."""
    fair, delegation = _delegation(slug, id)
    people = queries.people_of(delegation)
    link = mail.base_url() + inviting.path(delegation)
    days = kind_days.dates(fair, naming.kind_of(delegation), delegation.days)
    shown = {"people": people, "arrived": queries.arrived(people), "kind_words": KIND_WORDS, "link": link, "days": days}
    shown |= {"seats": queries.seats_of(people), "seat_words": SIGN_UP_STATES}
    return render_template("delegations/show.html", delegation=delegation, place=_place(fair, delegation), **shown)


@bp.post("/<int:id>/invite")
def invite(slug: str, id: int) -> ResponseReturnValue:
    """Mail the link to the contact person."""
    fair, delegation = _delegation(slug, id)
    if inviting.invite(delegation, fair, current_user):
        flash(_("The invitation is on its way to %(email)s.", email=delegation.contact_email), "good")
    else:
        flash(_("Type the contact person’s e-mail address first."), "bad")
    return _shown(slug, delegation)


@bp.post("/<int:id>/end-link")
def end_link(slug: str, id: int) -> ResponseReturnValue:
    """End the link that was mailed."""
    _fair_of_it, delegation = _delegation(slug, id)
    inviting.end_link(delegation, current_user)
    flash(_("The old link opens nothing any more."), "good")
    return _shown(slug, delegation)


def _shown(slug: str, delegation: Delegation) -> ResponseReturnValue:
    answer = redirect(url_for(".show", slug=slug, id=delegation.id), 303)
    db.session.commit()
    return answer


@bp.get("/delegations.xlsx")
def spreadsheet(slug: str) -> ResponseReturnValue:
    """The list as a spreadsheet."""
    fair = fair_of(slug)
    headings = [
        _("Sending body"),
        _("Province or city"),
        _("Dispatch number"),
        _("Expected"),
        _("Named"),
        _("Arrived"),
        _("Missing"),
    ]
    rows = [
        [
            one.delegation.body,
            _place(fair, one.delegation),
            one.delegation.dispatch_number,
            one.delegation.expected or "",
            one.named,
            one.arrived,
            one.missing,
        ]
        for one in queries.standings(fair)
    ]
    return pages.download(
        write_sheet(f"{_('Delegations')} – {fair.name}", headings, rows), XLSX, f"delegations-{fair.slug}.xlsx"
    )

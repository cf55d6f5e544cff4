"""What a visitor does with an exhibitor whose code they scanned: keep it, leave the contact, take it back."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from techfair.core import access, pages
from techfair.exhibitors import front
from techfair.exhibitors.front import Action
from techfair.exhibitors.models import Company, Exhibitor, Technology
from techfair.extensions import db, limiter
from techfair.fairs import front as fair_front
from techfair.fairs.models import Fair
from techfair.visitors import front as visitor_front
from techfair.visitors import own
from techfair.visitors.leads import keeping
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import front as personal_front
from techfair.visitors.personal_data import stored

bp = access.public_blueprint(Blueprint("visit", __name__, url_prefix="/fairs/<slug>/exhibitors/<ref>/visit"))
list_bp = access.by_token(Blueprint("visitor_list", __name__, url_prefix="/me/list"))
DEEDS = ("keep", "let_go", "leave_contact", "take_back")


@front.action(20)
def keep_or_leave_contact(exhibitor: Exhibitor, technology: Technology | None) -> Action | None:
    """The button on an exhibitor's and a technology's public page."""
    fair: Fair = g.fair
    return Action(
        _("Save, or leave my contact"),
        url_for("visit.page", slug=fair.slug, ref=exhibitor.company.public_ref),
        "bookmark",
    )


@visitor_front.own_action(20)
def list_of_a_visitor(registration: Registration) -> fair_front.Action | None:
    """The way from the visitor's badge to what they kept."""
    return fair_front.Action(_("My list"), url_for("visitor_list.page"), "bookmark")


def _exhibitor(slug: str, ref: str) -> Exhibitor:
    fair = access.fetch(Fair, slug=slug, to="see")
    pages.show(fair)
    company_id = select(Company.id).filter_by(public_ref=ref).scalar_subquery()
    company = (joinedload(Exhibitor.company),)
    return access.fetch(Exhibitor, fair_id=fair.id, company_id=company_id, to="see", options=company)


def _visitor() -> Registration | None:
    """The person whose own browser this is, if they are registered for the page's fair."""
    person = own.known_registration()
    is_here = person is not None and person.fair_id == g.fair.id and person.state == "confirmed"
    return person if is_here else None


@personal_front.part("leads/_scanned_by.html")
def scanned_by(person: Registration) -> dict[str, Any]:
    """Which exhibitors scanned the person and when, on the page of their data."""
    noted = keeping.scanned_by([each.id for each in stored.family(person)])
    return {"noted": noted, "readers": keeping.readers(person, {note.lead.exhibitor_id for note in noted})}


@bp.get("")
def page(slug: str, ref: str) -> ResponseReturnValue:
    """What may be done, each by a button of its own: opening the page says nothing to anybody."""
    exhibitor = _exhibitor(slug, ref)
    person = _visitor()
    if person is None:
        return render_template("leads/who_visits.html", company=exhibitor.company)
    is_kept = any(row.exhibitor_id == exhibitor.id for row in keeping.kept_by(person))
    is_told = exhibitor.id in keeping.readers(person, {exhibitor.id})
    shown = {"person": person, "is_kept": is_kept, "is_told": is_told}
    return render_template("leads/visit.html", exhibitor=exhibitor, company=exhibitor.company, **shown)


@bp.post("/<deed>")
@limiter.limit("120 per hour")
def act(slug: str, ref: str, deed: str) -> ResponseReturnValue:
    """Keep, let go, leave the contact or take it back."""
    exhibitor = _exhibitor(slug, ref)
    person = _visitor()
    if person is None or deed not in DEEDS:
        abort(404)
    if deed == "leave_contact":
        keeping.leave_contact(person, exhibitor, request.form.get("text", "").strip()[:500])
    else:
        getattr(keeping, deed)(person, exhibitor)
    told = {
        "keep": _("It is on your list."),
        "let_go": _("It is off your list."),
        "leave_contact": _("%(company)s may read your contact now.", company=exhibitor.company.name),
        "take_back": _("%(company)s reads your contact no more.", company=exhibitor.company.name),
    }
    flash(told[deed], "good")
    is_from_list = "list" in request.args
    answer = redirect(url_for("visitor_list.page") if is_from_list else url_for("visit.page", slug=slug, ref=ref), 303)
    db.session.commit()
    return answer


@list_bp.get("", endpoint="page")
def own_list() -> ResponseReturnValue:
    """The exhibitors that the person kept, and who may read their contact."""
    person = own.current_registration()
    kept = keeping.kept_by(person)
    readers = keeping.readers(person, {row.exhibitor_id for row in kept})
    return render_template("leads/list.html", kept=kept, readers=readers)

"""Asking for a meeting, and the own meetings of exhibitors and visitors."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select

from techfair.core import access, pages
from techfair.core.errors import TechfairError
from techfair.exhibitors import companies, front, own, queries
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db, limiter
from techfair.fairs.front import Action
from techfair.fairs.models import Fair
from techfair.meetings import mine, participants, requests, slots
from techfair.meetings import queries as meeting_queries
from techfair.meetings.forms import WishForm
from techfair.meetings.programme import seats
from techfair.meetings.words import CONNECTION_STATES
from techfair.visitors import front as visitor_front
from techfair.visitors import own as visitor_own
from techfair.visitors.linking import pages as linking
from techfair.visitors.models import Registration

bp = access.public_blueprint(Blueprint("meeting", __name__, url_prefix="/fairs/<slug>/exhibitors/<ref>/meet"))
exhibitor_bp = access.signed_in(Blueprint("exhibitor_meetings", __name__, url_prefix="/exhibitor/meetings"))
visitor_bp = access.by_token(Blueprint("visitor_meetings", __name__, url_prefix="/me/meetings"))
front.own_entry("exhibitor_meetings.page", _l("Meetings"), "handshake", "exhibitor_meetings.page", order=50)


@front.actions.add(10)
def ask_for_a_meeting(exhibitor: Exhibitor, technology: Technology | None) -> Action | None:
    """The button on an exhibitor's and a technology's public page."""
    fair: Fair = g.fair
    if not slots.takes_requests(fair.id):
        return None
    about: dict[str, Any] = {"technology": technology.public_ref} if technology else {}
    url = url_for("meeting.ask", slug=fair.slug, ref=exhibitor.company.public_ref, **about)
    return Action(_("Ask for a meeting"), url, "handshake")


@visitor_front.own_actions.add(10)
def meetings_of_a_visitor(registration: Registration) -> Action | None:
    """The way from the visitor's badge to their meetings."""
    if registration.state != "confirmed" or not slots.takes_requests(registration.fair_id):
        return None
    return Action(_("My meetings"), url_for("visitor_meetings.visitor_page"), "handshake")


@bp.route("", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"], key_func=visitor_own.limited_by)
def ask(slug: str, ref: str) -> ResponseReturnValue:
    """Ask an exhibitor for a meeting, as one's own company or as the person of the mailed link."""
    fair, exhibitor = _exhibitor(slug, ref)
    technology = _technology(exhibitor)
    asking = _who_asks(fair)
    if asking is None:
        linking.come_back(request.script_root + request.full_path.rstrip("?"))
        return render_template("meetings/who_asks.html", company=exhibitor.company)
    form = WishForm()
    if not form.validate_on_submit():
        return _ask_page(asking, exhibitor, form, technology=technology), 422 if form.errors else 200
    try:
        sides = participants.pair(asking, exhibitor)
        requests.ask(*sides, _actor(asking), replace(form.wish(), technology=technology))
    except TechfairError as refusal:
        db.session.rollback()
        fair, exhibitor = _exhibitor(slug, ref)
        return _ask_page(asking, exhibitor, form, refusal=refusal.message), refusal.status
    flash(_("Your request is sent. You are told by mail when it is answered."), "good")
    own_page = "visitor_meetings.visitor_page" if _is_visitor(asking) else "exhibitor_meetings.page"
    db.session.commit()
    return redirect(url_for(own_page), 303)


def _ask_page(asking: Exhibitor | Registration, exhibitor: Exhibitor, form: WishForm, **context: Any) -> str:
    company = exhibitor.company
    return render_template("meetings/ask.html", asking_name=_name(asking), company=company, form=form, **context)


def _exhibitor(slug: str, ref: str) -> tuple[Fair, Exhibitor]:
    fair = access.fetch(Fair, slug=slug, to="see")
    pages.show(fair)
    company = db.session.scalars(select(Company).filter_by(public_ref=ref)).one_or_none()
    exhibitor = queries.exhibitor_at(fair, company.id) if company else None
    if exhibitor is None or not slots.takes_requests(fair.id):
        abort(404)
    return fair, own.with_company(exhibitor)


def _technology(exhibitor: Exhibitor) -> Technology | None:
    """The offer that the wish is about, if the address names one of this exhibitor's."""
    wanted = request.args.get("technology")
    offers = select(Technology).filter_by(public_ref=wanted, company_id=exhibitor.company_id, state="published")
    return db.session.scalars(offers).one_or_none() if wanted else None


def _who_asks(fair: Fair) -> Exhibitor | Registration | None:
    """Who is asking in this browser: a signed-in exhibitor of the fair, else the person of a mailed link."""
    if current_user.is_authenticated and (exhibitor := companies.exhibitor_of(current_user, fair)):
        return exhibitor
    registration = visitor_own.known_registration()
    is_of_fair = registration is not None and registration.fair_id == fair.id and registration.state == "confirmed"
    return registration if is_of_fair else None


def _is_visitor(asking: Exhibitor | Registration) -> bool:
    return isinstance(asking, Registration)


def _name(asking: Exhibitor | Registration) -> str:
    if isinstance(asking, Registration):
        return asking.full_name
    return db.session.get_one(Company, asking.company_id).name


def _actor(asking: Exhibitor | Registration) -> Any:
    return "visitor" if _is_visitor(asking) else current_user


@exhibitor_bp.get("")
def page() -> ResponseReturnValue:
    """The exhibitor's requests and meetings."""
    return exhibitor_page()


def exhibitor_page(**context: Any) -> str:
    """The page of the company that this person works for now; ``context`` says what was refused."""
    front.show_own_rail("exhibitor_meetings.page")
    exhibitor = own.current_exhibitor()
    if exhibitor is None:
        return render_template("meetings/no_exhibitor.html")
    seat = seats.Seat(exhibitor, g.fair, current_user, "exhibitor")
    found = meeting_queries.connections_of(exhibitor.company_id, g.fair)
    shown = {"place": "exhibitor_meetings", "company_id": exhibitor.company_id, "connections": found, "seat": seat}
    noted = {one.meeting_id for one in found}
    return mine.page(
        "meetings/exhibitor.html", g.fair, seat.participant, noted=noted, states=CONNECTION_STATES, **shown, **context
    )


@exhibitor_bp.post("/requests/<int:id>/<deed>")
def answer(id: int, deed: str) -> ResponseReturnValue:
    """Accept, decline or withdraw a request."""
    exhibitor = own.current_exhibitor()
    participant = participants.known_exhibitor(exhibitor) if exhibitor else None
    if participant is None:
        abort(404)
    if refusal := mine.answer(participant, id, deed, current_user):
        return exhibitor_page(refused=id, refusal=refusal.message), refusal.status
    db.session.commit()
    return redirect(url_for(".page"), 303)


@exhibitor_bp.post("/times")
def choose_times() -> ResponseReturnValue:
    """Say in which of the coming times the exhibitor can meet."""
    exhibitor = own.current_exhibitor()
    if exhibitor is None:
        abort(404)
    mine.choose_times(participants.of_exhibitor(exhibitor), current_user)
    db.session.commit()
    return redirect(url_for(".page"), 303)


@visitor_bp.get("")
def visitor_page() -> ResponseReturnValue:
    """The visitor's requests and meetings."""
    return _visitor_page()


def _visitor_page(**context: Any) -> str:
    registration = visitor_own.current_registration()
    seat = seats.Seat(registration, registration.fair, "visitor", "visitor")
    place = {"place": "visitor_meetings", "registration": registration, "seat": seat}
    return mine.page("meetings/visitor.html", registration.fair, seat.participant, **place, **context)


@visitor_bp.post("/requests/<int:id>/<deed>")
def visitor_answer(id: int, deed: str) -> ResponseReturnValue:
    """Accept, decline or withdraw a request."""
    participant = participants.known_registration(visitor_own.current_registration())
    if participant is None:
        abort(404)
    if refusal := mine.answer(participant, id, deed, "visitor"):
        return _visitor_page(refused=id, refusal=refusal.message), refusal.status
    db.session.commit()
    return redirect(url_for(".visitor_page"), 303)


@visitor_bp.post("/times")
def visitor_times() -> ResponseReturnValue:
    """Say in which of the coming times the visitor can meet."""
    mine.choose_times(participants.of_registration(visitor_own.current_registration()), "visitor")
    db.session.commit()
    return redirect(url_for(".visitor_page"), 303)

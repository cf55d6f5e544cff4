"""Own pages of those who come to one's meetings, for exhibitors and registered people alike."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from techfair.core.errors import TechfairError
from techfair.core.phones import show_phone
from techfair.extensions import db
from techfair.meetings import mine, participants, slots
from techfair.meetings.models import Meeting, MeetingParty, Participant
from techfair.meetings.programme import seats
from techfair.meetings.programme.seats import Seat
from techfair.meetings.staff import coming, naming
from techfair.meetings.staff.forms import StandInForm, UsualForm
from techfair.meetings.staff.models import StandIn


@seats.page("/people", methods=("GET", "POST"))
def people(seat: Seat) -> ResponseReturnValue:
    """Who usually comes, and who may stand in."""
    form = UsualForm(data={"comes": seat.participant.comes if seat.participant else ""})
    if not seat.is_exhibitor or not form.validate_on_submit():
        ahead = {slot.id for slot in slots.ahead(seat.fair)}
        page = render_template(
            "meetings/staff/people.html",
            seat=seat,
            form=form,
            named=naming.of(seat.participant),
            apart=coming.apart(seat.participant),
            ahead=ahead,
            most=naming.MOST,
            show_phone=show_phone,
        )
        return page, 422 if form.errors else 200
    naming.name_usual(participants.of_party(seat.party), form.comes.data or "", seat.by)
    flash(_("Saved."), "good")
    db.session.commit()
    return redirect(seat.url("people"), 303)


@seats.page("/people/new", methods=("GET", "POST"))
def name_person(seat: Seat) -> ResponseReturnValue:
    """Name somebody who may stand in."""
    return _person_page(seat, None)


@seats.page("/people/<int:id>", methods=("GET", "POST"))
def person(seat: Seat, id: int) -> ResponseReturnValue:
    """Change what was said of somebody."""
    return _person_page(seat, _own(seat, id))


def _person_page(seat: Seat, known: StandIn | None) -> ResponseReturnValue:
    form = StandInForm([slot.id for slot in slots.ahead(seat.fair)], known)
    if form.validate_on_submit():
        try:
            party = participants.of_party(seat.party)
            naming.keep(party, known, form.said(), seat.by)
        except TechfairError as refusal:
            db.session.rollback()
            seat, known = seat.again(), None
            field = form.phone if isinstance(refusal, naming.NamedElsewhere) else form.full_name
            field.errors = [refusal.message]
        else:
            flash(_("Saved. Where somebody else comes to a meeting now, its sides are told by mail."), "good")
            db.session.commit()
            return redirect(seat.url("people"), 303)
    days = mine.by_day(seat.fair)
    page = render_template("meetings/staff/person.html", seat=seat, form=form, is_new=known is None, days=days)
    return page, 422 if form.errors else 200


@seats.page("/people/<int:id>/remove", methods=("POST",))
def remove_person(seat: Seat, id: int) -> ResponseReturnValue:
    """Name somebody no longer."""
    known = _own(seat, id)
    naming.drop(_participant(seat), known, seat.by)
    flash(_("Taken off the list."), "good")
    db.session.commit()
    return redirect(seat.url("people"), 303)


@seats.page("/comes/<int:id>", methods=("POST",))
def choose_who_comes(seat: Seat, id: int) -> ResponseReturnValue:
    """Let one of those who can come to one meeting."""
    meeting = _own_meeting(_participant(seat), id)
    wanted = request.form.get("person", "")
    try:
        naming.choose(_participant(seat), meeting, int(wanted) if wanted.isdecimal() else None, seat.by)
    except naming.CannotCome as refusal:
        db.session.rollback()
        flash(refusal.message, "bad")
        return redirect(seat.home, 303)
    flash(_("Saved. The other side is told by mail who comes."), "good")
    db.session.commit()
    return redirect(seat.home, 303)


def _participant(seat: Seat) -> Participant:
    if seat.participant is None:
        abort(404)
    return seat.participant


def _own(seat: Seat, id: int) -> StandIn:
    return next((one for one in naming.of(seat.participant) if one.id == id), None) or abort(404)


def _own_meeting(participant: Participant, id: int) -> Meeting:
    those = select(Meeting).join(MeetingParty).where(MeetingParty.participant_id == participant.id, Meeting.id == id)
    found: Sequence[Meeting] = db.session.scalars(those.where(Meeting.state == "scheduled")).all()
    return found[0] if found else abort(404)

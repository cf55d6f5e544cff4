"""Wishes to meet: asked, accepted, declined, withdrawn; an accepted one is a meeting that waits for a time."""

from datetime import datetime
from typing import Any

from blinker import Signal
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from techfair.core import audit, clock
from techfair.core.database import insert_new
from techfair.core.errors import TechfairError
from techfair.core.vietnamese import clean_text
from techfair.exhibitors.models import Technology
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import letters, slots
from techfair.meetings.models import Meeting, MeetingParty, MeetingRequest, Participant, pair_of
from techfair.meetings.programme import rules

meeting_agreed = Signal("A request was accepted. Sent before the commit: a listener writes rows, never calls out.")


class AlreadyAsked(TechfairError):
    code, status = "already_asked", 409
    message = _l("There is an open request between the two of you already. You find it among your meetings.")


class WithOneself(TechfairError):
    code, status, message = "with_oneself", 422, _l("This is your own company.")


class ReasonMissing(TechfairError):
    code, status, message = "reason_missing", 422, _l("Say in a few words why; the other side reads it.")


class MeetingsClosed(TechfairError):
    code, status, message = "meetings_closed", 409, _l("This fair takes no requests for meetings now.")


def ask(
    asking: Participant,
    asked: Participant,
    by: Any,
    message: str = "",
    technology: Technology | None = None,
    at: datetime | None = None,
) -> MeetingRequest:
    """Wish to meet somebody of the same fair; they are told by mail. ``at``: when, if a phone kept the wish.

    Raises MeetingsClosed, WithOneself, HasLeft, KindsApart, QuotaReached, or AlreadyAsked while a wish between
    the two is open, whoever had it.
    """
    if not slots.takes_requests(asking.fair_id):
        raise MeetingsClosed
    if asking.id == asked.id:
        raise WithOneself
    if open_between(asking, asked):
        raise AlreadyAsked
    rules.check(db.session.get_one(Fair, asking.fair_id), asking, asked)
    row = {
        "fair_id": asking.fair_id,
        "from_id": asking.id,
        "to_id": asked.id,
        "pair": pair_of(asking.id, asked.id),
        "technology_id": technology and technology.id,
        "state": "sent",
        "message": clean_text(message),
        "answer": "",
        "sent_at": at or clock.now(),
    }
    made = insert_new(MeetingRequest, [row], returning=MeetingRequest.id)
    if not made:  # pressed twice, or by both at once: the first one stands
        raise AlreadyAsked
    request = db.session.get_one(MeetingRequest, made[0])
    audit.record("meeting_request.sent", request, by=by)
    if not rules.is_turned_away(asking, asked):
        letters.tell(asked.id, "meeting_asked", about=asking.id, request=request)
    return request


def open_between(one: Participant, other: Participant) -> MeetingRequest | None:
    """The wish of one to meet the other that is not over, in either direction."""
    ends = or_(
        (MeetingRequest.from_id == one.id) & (MeetingRequest.to_id == other.id),
        (MeetingRequest.from_id == other.id) & (MeetingRequest.to_id == one.id),
    )
    over = select(Meeting.request_id).where(Meeting.state.in_(("held", "no_show", "cancelled")))
    waiting = select(MeetingRequest).where(ends, MeetingRequest.state.in_(("sent", "accepted")))
    return db.session.scalars(waiting.where(MeetingRequest.id.not_in(over)).limit(1)).one_or_none()


def accept(request: MeetingRequest, by: Any) -> Meeting:
    """Agree to meet; the meeting waits for the organizer's schedule. Raises StepSkipped."""
    _answer(request, "accepted", by)
    meeting = Meeting(fair_id=request.fair_id, request_id=request.id)
    db.session.add(meeting)
    db.session.flush()
    pair = (request.from_id, request.to_id)
    db.session.add_all(MeetingParty(meeting_id=meeting.id, participant_id=party) for party in pair)
    letters.tell(request.from_id, "meeting_accepted", about=request.to_id, request=request)
    meeting_agreed.send(meeting)
    return meeting


def decline(request: MeetingRequest, by: Any, reason: str) -> None:
    """Say no, and why. Raises ReasonMissing, StepSkipped."""
    if not reason.strip():
        raise ReasonMissing
    _answer(request, "declined", by)
    request.answer = clean_text(reason)
    letters.tell(request.from_id, "meeting_declined", about=request.to_id, request=request)


def withdraw(request: MeetingRequest, by: Any) -> None:
    """Take a wish back before it was answered. Raises StepSkipped."""
    _answer(request, "withdrawn", by)


def _answer(request: MeetingRequest, state: str, by: Any) -> None:
    db.session.refresh(request, ["state"], with_for_update=True)  # of two answers at once, the second is told
    request.move_to(state)
    request.answered_at = clock.now()
    audit.record(f"meeting_request.{state}", request, by=by)

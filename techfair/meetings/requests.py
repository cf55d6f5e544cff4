"""Wishes to meet: asked, accepted, declined, withdrawn; an accepted one is a meeting that waits for a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from blinker import Signal
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from techfair.core import audit, clock
from techfair.core.database import insert_new
from techfair.core.errors import StepSkipped, TechfairError
from techfair.core.vietnamese import clean_line, clean_text
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import letters, participants, slots
from techfair.meetings.models import Meeting, MeetingParty, MeetingRequest, Participant, RequestParty, pair_of
from techfair.meetings.programme import rules

MOST_PARTIES = 6
meeting_agreed = Signal("A request was accepted. Sent before the commit: a listener writes rows, never calls out.")


class AlreadyAsked(TechfairError):
    code, status = "already_asked", 409
    message = _l("There is an open request between the two of you already. You find it among your meetings.")


class WithOneself(TechfairError):
    code, status, message = "with_oneself", 422, _l("This is your own company.")


class ReasonMissing(TechfairError):
    code, status, message = "reason_missing", 422, _l("Say in a few words why; the other side reads it.")


class GroupTooLarge(TechfairError):
    code, status, message = "group_too_large", 422, _l("A meeting has six parties at most.")


class GroupStands(TechfairError):
    code, status = "group_stands", 409
    message = _l("Several are asked to this meeting: accept or decline it as it is.")


class MeetingsClosed(TechfairError):
    code, status, message = "meetings_closed", 409, _l("This fair takes no requests for meetings now.")


@dataclass(frozen=True)
class Wish:
    """What a request says beside whom it goes to."""

    message: str = ""
    technology: Technology | None = None
    time_wish: str = ""
    level: str = ""

    def columns(self) -> dict[str, Any]:
        return {
            "message": clean_text(self.message),
            "technology_id": self.technology.id if self.technology else None,
            "time_wish": clean_line(self.time_wish),
            "level": self.level,
        }


def ask(
    asking: Participant,
    asked: Participant,
    by: Any,
    wish: Wish,
    *,
    others: Sequence[Participant] = (),
    at: datetime | None = None,
    is_on_behalf: bool = False,
) -> MeetingRequest:
    """Wish to meet somebody of the same fair; they are told by mail. ``at``: when, if a phone kept the wish.

    With ``others`` it is a meeting of up to six, which all must accept. ``is_on_behalf``: the organizer asks.

    Raises MeetingsClosed, WithOneself, GroupTooLarge, HasLeft, KindsApart, QuotaReached, or AlreadyAsked while a
    wish between the two is open, whoever had it.
    """
    if not slots.takes_requests(asking.fair_id):
        raise MeetingsClosed
    everyone = {one.id for one in (asking, asked, *others)}
    if len(everyone) < 2 + len(others):
        raise WithOneself
    if len(everyone) > MOST_PARTIES:
        raise GroupTooLarge
    if open_between(asking, asked):
        raise AlreadyAsked
    rules.check(db.session.get_one(Fair, asking.fair_id), asking, asked, *others)
    request = _send(asking, asked, by, wish, at=at, is_on_behalf=is_on_behalf)
    if others:
        db.session.add_all(RequestParty(request_id=request.id, participant_id=one.id) for one in (asked, *others))
        db.session.flush()
    for one in (asked, *others):
        if not rules.is_turned_away(asking, one):
            letters.tell(one.id, "meeting_asked", about=asking.id, request=request)
    return request


def _send(
    asking: Participant, asked: Participant, by: Any, wish: Wish, at: datetime | None = None, **values: Any
) -> MeetingRequest:
    sent_at = at or clock.now()
    ends = rules.ends(db.session.get_one(Fair, asking.fair_id), sent_at)
    row = {"fair_id": asking.fair_id, "from_id": asking.id, "to_id": asked.id, "pair": pair_of(asking.id, asked.id)}
    row |= {"state": "sent", "answer": "", "sent_at": sent_at, "is_on_behalf": False}
    row |= {"expires_at": ends.expires_at, "remind_at": ends.remind_at} | wish.columns() | values
    made = insert_new(MeetingRequest, [row], returning=MeetingRequest.id)
    if not made:  # pressed twice, or by both at once: the first one stands
        raise AlreadyAsked
    request = db.session.get_one(MeetingRequest, made[0])
    if request.is_on_behalf:
        audit.record("meeting_request.sent_for", request, by=by, participant=asking.id)
    else:
        audit.record("meeting_request.sent", request, by=by)
    return request


def change(request: MeetingRequest, by: Any, wish: Wish) -> None:
    """Say something else while nobody has answered. Raises StepSkipped."""
    db.session.refresh(request, ["state"], with_for_update=True)
    if request.state != "sent":
        raise StepSkipped
    for name, value in wish.columns().items():
        if name != "technology_id" or value is not None:
            setattr(request, name, value)
    audit.record("meeting_request.changed", request, by=by)


def counter(request: MeetingRequest, by: Any, wish: Wish) -> MeetingRequest:
    """Propose something else instead: the request is answered, and a new one goes the other way, linked to it.

    Raises ReasonMissing without a message, StepSkipped, and GroupStands for a meeting of several.
    """
    if not wish.message.strip():
        raise ReasonMissing
    if group_of(request):
        raise GroupStands
    _answer(request, "declined", by)
    asking, asked = participants.whole(request.to_id), participants.whole(request.from_id)
    made = _send(asking, asked, by, wish, counters_id=request.id)
    made.technology_id = made.technology_id or request.technology_id
    letters.tell(asked.id, "meeting_countered", about=asking.id, request=made)
    return made


def group_of(request: MeetingRequest) -> Sequence[RequestParty]:
    """Those asked to a meeting of several; nobody for one of two."""
    return db.session.scalars(select(RequestParty).filter_by(request_id=request.id)).all()


def open_between(one: Participant, other: Participant) -> MeetingRequest | None:
    """The wish of one to meet the other that is not over, in either direction."""
    ends = or_(
        (MeetingRequest.from_id == one.id) & (MeetingRequest.to_id == other.id),
        (MeetingRequest.from_id == other.id) & (MeetingRequest.to_id == one.id),
    )
    over = select(Meeting.request_id).where(Meeting.state.in_(("held", "no_show", "cancelled")))
    waiting = select(MeetingRequest).where(ends, MeetingRequest.state.in_(("sent", "accepted")))
    return db.session.scalars(waiting.where(MeetingRequest.id.not_in(over)).limit(1)).one_or_none()


def accept(request: MeetingRequest, by: Any, as_: int | None = None) -> Meeting | None:
    """Agree to meet; the meeting waits for the organizer's schedule. Raises StepSkipped.

    Of several who are asked, ``as_`` (a participant) says who agrees; there is a meeting once all have.
    """
    db.session.refresh(request, ["state"], with_for_update=True)
    group = group_of(request)
    for one in group:
        if one.participant_id == (as_ or request.to_id):
            one.accepted_at = one.accepted_at or clock.now()
    if any(one.accepted_at is None for one in group):
        if request.state != "sent":
            raise StepSkipped
        audit.record("meeting_request.accepted_by_one", request, by=by)
        return None
    _answer(request, "accepted", by)
    meeting = Meeting(fair_id=request.fair_id, request_id=request.id)
    db.session.add(meeting)
    db.session.flush()
    sides = {request.from_id, request.to_id, *(one.participant_id for one in group)}
    db.session.add_all(MeetingParty(meeting_id=meeting.id, participant_id=party) for party in sorted(sides))
    letters.tell(request.from_id, "meeting_accepted", about=request.to_id, request=request)
    meeting_agreed.send(meeting)
    return meeting


def decline(request: MeetingRequest, by: Any, reason: str, as_: int | None = None) -> None:
    """Say no, and why; of several who are asked, one no (``as_``) ends it for all.

    Raises ReasonMissing, StepSkipped.
    """
    if not reason.strip():
        raise ReasonMissing
    _answer(request, "declined", by)
    request.answer = clean_text(reason)
    who = as_ or request.to_id
    told = {request.from_id, *(one.participant_id for one in group_of(request) if one.accepted_at)} - {who}
    for one in sorted(told):
        letters.tell(one, "meeting_declined", about=who, request=request)


def withdraw(request: MeetingRequest, by: Any) -> None:
    """Take a wish back before it was answered. Raises StepSkipped."""
    _answer(request, "withdrawn", by)


def _answer(request: MeetingRequest, state: str, by: Any) -> None:
    db.session.refresh(request, ["state"], with_for_update=True)  # of two answers at once, the second is told
    request.move_to(state)
    request.answered_at = clock.now()
    audit.record(f"meeting_request.{state}", request, by=by)

"""Saying what came of a meeting; what both say settles whether it was held."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from techfair.core import audit, clock
from techfair.core.database import upsert
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.meetings import outcomes
from techfair.meetings.models import Meeting, MeetingParty, Participant, Slot
from techfair.meetings.results.models import MeetingResult

AFTER = ("scheduled", "held", "no_show")


class TooEarly(TechfairError):
    code, status, message = "meeting_not_begun", 409, _l("This meeting has not begun yet.")


def say(meeting: Meeting, participant: Participant, by: Any, **values: Any) -> None:
    """Keep what one side says. The first who met makes the meeting held; if nobody did, all must say so.

    Raises TooEarly.
    """
    if not may_say(meeting):
        raise TooEarly
    if not values["met"]:
        values |= {"interest": "none", "next_step": "none", "value": "unknown", "follow_up_on": None}
    row = {"meeting_id": meeting.id, "participant_id": participant.id, "said_at": clock.now()} | values
    upsert(MeetingResult, [row], by=("meeting_id", "participant_id"))
    audit.record("meeting.result_said", meeting, by=by)
    if meeting.state == "scheduled" and (values["met"] or _all_say_no(meeting)):
        outcomes.note_held(meeting, by, values["met"])


def may_say(meeting: Meeting) -> bool:
    """Whether its time has come; a meeting noted as held or not needs no time."""
    if meeting.state in ("held", "no_show"):
        return True
    slot = db.session.get(Slot, meeting.slot_id) if meeting.slot_id else None
    return meeting.state == "scheduled" and slot is not None and slot.starts_at <= clock.now()


def _all_say_no(meeting: Meeting) -> bool:
    sides = select(func.count()).where(MeetingParty.meeting_id == meeting.id)
    absent = select(func.count()).where(MeetingResult.meeting_id == meeting.id, MeetingResult.met.is_(False))
    return db.session.scalar(sides) == db.session.scalar(absent)


def of_side(meeting_id: int, participant: Participant) -> MeetingResult | None:
    return db.session.get(MeetingResult, (meeting_id, participant.id))


def own_meeting(participant: Participant | None, id: int, *options: Any) -> Meeting | None:
    """A meeting of the participant's own that had a time."""
    if participant is None:
        return None
    mine = select(Meeting).join(MeetingParty).where(MeetingParty.participant_id == participant.id)
    mine = mine.where(Meeting.id == id, Meeting.state.in_(AFTER))
    return db.session.scalars(mine.options(*options)).unique().one_or_none()

"""What becomes of a meeting: it is held or not, or it is cancelled."""

from functools import partial
from typing import Any

from sqlalchemy import delete, update

from techfair.core import audit
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import letters
from techfair.meetings.calendars import entries
from techfair.meetings.interpreters.models import MeetingInterpreter
from techfair.meetings.limits import ordering
from techfair.meetings.models import Meeting, MeetingParty, Slot
from techfair.meetings.timetable import drafts


def cancel(meeting: Meeting, by: Any, reason: str = "") -> None:
    """Cancel a meeting; its time and table are free again, and both sides are told. Raises StepSkipped."""
    entry = _removal(meeting)
    _move(meeting, "cancelled")
    meeting.slot_id = meeting.table_id = meeting.booth_id = None
    db.session.execute(update(MeetingParty).filter_by(meeting_id=meeting.id).values(slot_id=None))
    db.session.execute(delete(MeetingInterpreter).filter_by(meeting_id=meeting.id))
    drafts.forget(meeting.id)
    ordering.forget(meeting.id)
    audit.record("meeting.cancelled", meeting, by=by, reason=reason)
    letters.tell_sides(meeting, "meeting_cancelled", entry=entry, reason=reason)


def _removal(meeting: Meeting) -> letters.Entry | None:
    """What takes the meeting out of calendars, if it ever stood in one."""
    slot = db.session.get(Slot, meeting.slot_id) if meeting.slot_id is not None else None
    if slot is None:
        return None
    meeting.sequence += 1
    fair = db.session.get_one(Fair, meeting.fair_id)
    return partial(entries.removal, fair, meeting, slot.starts_at, slot.ends_at)


def note_held(meeting: Meeting, by: Any, took_place: bool = True) -> None:
    """Note whether a meeting took place. Raises StepSkipped for one without a time."""
    _move(meeting, "held" if took_place else "no_show")
    audit.record(f"meeting.{meeting.state}", meeting, by=by)


def _move(meeting: Meeting, state: str) -> None:
    db.session.refresh(meeting, ["state"], with_for_update=True)  # the schedule may be settled at this moment
    meeting.move_to(state)

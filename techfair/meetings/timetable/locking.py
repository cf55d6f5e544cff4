"""Locks: what a run must leave where the plan has it; one meeting, everything of a person, or a day."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import func, select, update

from techfair.core import audit, clock
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.models import Meeting, MeetingParty
from techfair.meetings.timetable import drafts, gathering
from techfair.meetings.timetable.gathering import MOVABLE


def lock_meeting(fair: Fair, meeting_id: int, is_locked: bool, by: Any) -> int:
    return _set(fair, [meeting_id], is_locked, by)


def lock_participant(fair: Fair, participant_id: int, is_locked: bool, by: Any) -> int:
    """Lock or unlock every meeting of a person; answer how many changed."""
    theirs = select(MeetingParty.meeting_id).where(MeetingParty.participant_id == participant_id)
    return _set(fair, db.session.scalars(theirs).all(), is_locked, by)


def lock_day(fair: Fair, day: date, is_locked: bool, by: Any) -> int:
    """Lock or unlock every meeting that the plan has on a day."""
    now = gathering.standing(fair, drafts.open_draft(fair))
    of_day = {slot.id for slot in now.coming if clock.local_day(slot.starts_at, fair.timezone) == day}
    return _set(fair, [id for id, place in now.places.items() if place.slot_id in of_day], is_locked, by)


def _set(fair: Fair, ids: Collection[int], is_locked: bool, by: Any) -> int:
    """Only what has a place can be locked to it; nothing is unlocked that was not locked."""
    if is_locked:
        ids = gathering.standing(fair, drafts.open_draft(fair)).places.keys() & set(ids)
    those = update(Meeting).where(Meeting.fair_id == fair.id, Meeting.id.in_(ids), Meeting.state.in_(MOVABLE))
    changed = those.where(Meeting.is_locked.is_(not is_locked)).values(is_locked=is_locked).returning(Meeting.id)
    count = len(db.session.scalars(changed.execution_options(synchronize_session="fetch")).all())
    audit.record("timetable.locked" if is_locked else "timetable.unlocked", fair, by=by, meetings=count)
    return count


def count(fair: Fair) -> int:
    """How many meetings that may still move are locked."""
    held = select(func.count()).select_from(Meeting).where(Meeting.fair_id == fair.id, Meeting.state.in_(MOVABLE))
    return db.session.scalar(held.where(Meeting.is_locked)) or 0

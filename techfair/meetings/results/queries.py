"""Reads of what both sides said, for the organizer."""

from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager

from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.models import Meeting, Slot
from techfair.meetings.queries import WHOLE_MEETING
from techfair.meetings.results.models import MeetingResult

COMPARED = ("met", "interest", "next_step", "value")


def _said(fair: Fair) -> Select[int]:
    said = select(MeetingResult.meeting_id).join(MeetingResult.meeting).where(Meeting.fair_id == fair.id)
    return said.group_by(MeetingResult.meeting_id)


def _different(fair: Fair) -> Select[int]:
    columns = (getattr(MeetingResult, name) for name in COMPARED)
    return _said(fair).having(or_(*(func.count(column.distinct()) > 1 for column in columns)))


def meetings_said(fair: Fair, only_different: bool) -> Select[Meeting]:
    """The meetings of which somebody said something, or of which the sides differ, by their time."""
    those = _different(fair) if only_different else _said(fair)
    listed = select(Meeting).outerjoin(Meeting.slot).where(Meeting.id.in_(those))
    listed = listed.options(contains_eager(Meeting.slot), *WHOLE_MEETING)
    return listed.order_by(Slot.starts_at.desc(), Meeting.id.desc())


def counts(fair: Fair) -> tuple[int, int]:
    """Of how many meetings somebody said something, and of how many the sides differ."""
    both = select(
        select(func.count()).select_from(_said(fair).subquery()).scalar_subquery(),
        select(func.count()).select_from(_different(fair).subquery()).scalar_subquery(),
    )
    said, different = db.session.execute(both).one()
    return said, different


def said_of(meetings: Sequence[Meeting]) -> dict[int, dict[int, MeetingResult]]:
    """What was said of these meetings, by meeting and participant."""
    those = select(MeetingResult).where(MeetingResult.meeting_id.in_([one.id for one in meetings]))
    found: dict[int, dict[int, MeetingResult]] = {}
    for one in db.session.scalars(those):
        found.setdefault(one.meeting_id, {})[one.participant_id] = one
    return found


def differing(results: dict[int, MeetingResult]) -> set[str]:
    """In which of their answers the sides of one meeting differ."""
    return {name for name in COMPARED if len({getattr(one, name) for one in results.values()}) > 1}

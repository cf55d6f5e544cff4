"""What is laid down of numbers and order, as timetables, boards and the day read it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select

from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.limits.models import MeetingLimit, MeetingOrder
from techfair.meetings.models import Meeting, MeetingParty, Participant, Slot
from techfair.meetings.timetable.models import PlannedMeeting, TimetableDraft

MOVABLE = ("agreed", "scheduled")
COUNTS = ("scheduled", "held")  # against the most that somebody has

Pairs = Sequence[tuple[int, int]]  # the earlier meeting, the later one


def most(ids: Any) -> dict[int, int]:
    """The most meetings of each of these participants (ids, or a statement of them) who have such a number."""
    rows = db.session.scalars(select(MeetingLimit).where(MeetingLimit.participant_id.in_(ids)))
    return {row.participant_id: row.most for row in rows if row.most is not None}


def orders(fair: Fair) -> Pairs:
    """What comes before what, among the fair's meetings that are not over."""
    earlier = select(MeetingOrder.earlier_id, MeetingOrder.later_id).join(
        Meeting, Meeting.id == MeetingOrder.earlier_id
    )
    those = earlier.where(Meeting.fair_id == fair.id, Meeting.state.in_(MOVABLE))
    rows = db.session.execute(those.order_by(MeetingOrder.set_at, MeetingOrder.earlier_id, MeetingOrder.later_id))
    return [(row[0], row[1]) for row in rows]


def held(ids: Collection[int], beside: Collection[int]) -> dict[int, int]:
    """How many meetings these participants have had, or have now, beside those that a run plans."""
    if not ids:
        return {}
    mine = select(MeetingParty.participant_id, func.count()).join(MeetingParty.meeting)
    mine = mine.where(MeetingParty.participant_id.in_(ids), Meeting.state.in_(COUNTS), Meeting.id.not_in(beside))
    rows = db.session.execute(mine.group_by(MeetingParty.participant_id))
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True)
class Bounds:
    """How a plan stands to what is laid down: who has as many meetings as they may, and when the others are."""

    full: Mapping[int, int]  # the most of each participant who has as many
    starts: Mapping[int, datetime]  # of the meetings that an order names, as far as they have a time
    before: Mapping[int, Sequence[int]]  # by meeting those that come before it
    after: Mapping[int, Sequence[int]]

    def not_yet(self, meeting_id: int, at: datetime) -> int | None:
        """Which meeting must come before this one, and is not over before it begins then."""
        return next((one for one in self.before.get(meeting_id, ()) if self.starts.get(one, at) >= at), None)

    def too_late(self, meeting_id: int, at: datetime) -> int | None:
        """Which meeting must come after this one, and begins by then."""
        timed = (one for one in self.after.get(meeting_id, ()) if one in self.starts)
        return next((one for one in timed if self.starts[one] <= at), None)

    def who_is_full(self, people: Iterable[int]) -> int | None:
        """Who of these can have no further meeting."""
        return next((one for one in people if one in self.full), None)


def bounds(fair: Fair, draft: TimetableDraft | None = None) -> Bounds:
    """The same for the open draft, else for what is in force."""
    pairs = orders(fair)
    limits = most(select(Participant.id).filter_by(fair_id=fair.id))
    before, after = defaultdict(list), defaultdict(list)
    for earlier, later in pairs:
        before[later].append(earlier)
        after[earlier].append(later)
    counts: Counter[int] = Counter()
    starts: dict[int, datetime] = {}
    for meeting_id, starts_at, participant_id in (
        _timed(fair, draft, {*before, *after}, limits) if limits or pairs else ()
    ):
        starts[meeting_id] = starts_at
        counts[participant_id] += 1
    full = {id: number for id, number in limits.items() if counts[id] >= number}
    return Bounds(full, starts, before, after)


def _timed(fair: Fair, draft: TimetableDraft | None, ids: Collection[int], people: Collection[int]) -> Any:
    """The meetings concerned that the plan has at a time, a row for each side."""
    is_here = (PlannedMeeting.meeting_id == Meeting.id) & (PlannedMeeting.draft_id == (draft.id if draft else None))
    is_planned = PlannedMeeting.meeting_id.is_not(None) & Meeting.state.in_(MOVABLE)
    slot_id = case((is_planned, PlannedMeeting.slot_id), else_=Meeting.slot_id)
    rows = select(Meeting.id, Slot.starts_at, MeetingParty.participant_id).join(Meeting.parties)
    rows = rows.outerjoin(PlannedMeeting, is_here).join(Slot, Slot.id == slot_id)
    rows = rows.where(Meeting.fair_id == fair.id, Meeting.state.in_((*MOVABLE, "held")))
    return db.session.execute(rows.where(Meeting.id.in_(ids) | MeetingParty.participant_id.in_(people)))

"""Which meeting comes before which: set by the organizer, refused at once where it can never be kept."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from graphlib import CycleError, TopologicalSorter
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, or_, select
from sqlalchemy.orm import contains_eager

from techfair.core import audit, formats
from techfair.core.database import insert_new
from techfair.core.errors import TechfairError
from techfair.core.languages import language
from techfair.core.vietnamese import reading_key
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import queries
from techfair.meetings.limits import feeding
from techfair.meetings.limits.feeding import Pairs
from techfair.meetings.limits.models import MeetingOrder
from techfair.meetings.models import Meeting, MeetingParty, Slot
from techfair.meetings.participants import short_name_of
from techfair.meetings.timetable import drafts, gathering


class OrderRefused(TechfairError):
    """These two cannot come in this order; the message says why, with the records to blame."""

    code, status = "meeting_order_refused", 422


@dataclass(frozen=True)
class Ordered:
    """Two meetings in their order, each with the time that the plan has for it."""

    earlier: Meeting
    later: Meeting
    earlier_at: datetime | None
    later_at: datetime | None

    @property
    def is_kept(self) -> bool | None:
        """Whether the plan keeps the order; None while one of the two has no time."""
        return self.earlier_at < self.later_at if self.earlier_at and self.later_at else None


def of_fair(fair: Fair) -> list[Ordered]:
    """What is laid down of meetings that are not over, as the open draft, or what is in force, has them."""
    pairs = feeding.orders(fair)
    meetings = {one.id: one for one in with_names({id for pair in pairs for id in pair})} if pairs else {}
    starts = feeding.bounds(fair, drafts.open_draft(fair)).starts if pairs else {}
    return [Ordered(meetings[one], meetings[other], starts.get(one), starts.get(other)) for one, other in pairs]


def choosable(fair: Fair, participant_id: int | None = None) -> list[tuple[int, str]]:
    """The meetings that may still get a time or another one, by name; of one participant if asked for."""
    those = select(Meeting.id).where(Meeting.fair_id == fair.id, Meeting.state.in_(feeding.MOVABLE))
    if participant_id is not None:
        those = those.join(Meeting.parties).where(MeetingParty.participant_id == participant_id)
    named = [(one.id, label(one)) for one in with_names(db.session.scalars(those).all())]
    return sorted(named, key=lambda pair: reading_key(pair[1]))


def label(meeting: Meeting) -> str:
    return " – ".join(short_name_of(party.participant) for party in meeting.parties)


def with_names(ids: Collection[int]) -> Sequence[Meeting]:
    """These meetings with their people and times."""
    those = select(Meeting).outerjoin(Meeting.slot).where(Meeting.id.in_(ids))
    return db.session.scalars(those.options(contains_eager(Meeting.slot), *queries.WHOLE_MEETING)).unique().all()


def put(fair: Fair, earlier: Meeting, later: Meeting, by: Any) -> None:
    """Let one meeting come before another, where both are held; setting it twice changes nothing.

    Raises OrderRefused for a meeting with itself, for a circle, and where no times are left for it.
    """
    if earlier.id == later.id:
        raise OrderRefused(_("Choose two different meetings."))
    pairs = [*feeding.orders(fair), (earlier.id, later.id)]
    _refuse_circle(pairs)
    _refuse_impossible(fair, pairs)
    row = {"earlier_id": earlier.id, "later_id": later.id}
    if insert_new(MeetingOrder, [row], returning=MeetingOrder.later_id):
        audit.record("meeting.order_set", earlier, by=by, later=later.id)


def drop(earlier: Meeting, later_id: int, by: Any) -> None:
    """Let two meetings come in any order again."""
    mine = delete(MeetingOrder).filter_by(earlier_id=earlier.id, later_id=later_id).returning(MeetingOrder.later_id)
    if db.session.scalars(mine).all():
        audit.record("meeting.order_dropped", earlier, by=by, later=later_id)


def forget(meeting_id: int) -> None:
    """Take a meeting that is cancelled out of all orders."""
    mine = or_(MeetingOrder.earlier_id == meeting_id, MeetingOrder.later_id == meeting_id)
    db.session.execute(delete(MeetingOrder).where(mine))


def _before(pairs: Pairs) -> dict[int, list[int]]:
    before: dict[int, list[int]] = defaultdict(list)
    for earlier, later in pairs:
        before[later].append(earlier)
    return before


def _refuse_circle(pairs: Pairs) -> None:
    try:
        TopologicalSorter(_before(pairs)).prepare()
    except CycleError as error:
        circle = list(dict.fromkeys(error.args[1]))
        names = "; ".join(_names(circle))
        raise OrderRefused(
            _("Then none of these could be first, for each would wait for another: %(names)s.", names=names)
        ) from error


def _names(ids: Sequence[int]) -> list[str]:
    called = {one.id: label(one) for one in with_names(ids)}
    return [called[id] for id in ids]


def _refuse_impossible(fair: Fair, pairs: Pairs) -> None:
    """Say so where a meeting would have to wait longer than its people have times, locks and hands counted."""
    now = gathering.standing(fair, drafts.open_draft(fair))
    number = {slot.id: t for t, slot in enumerate(now.coming)}
    could = {one.id: _times(now, one, number) for one in now.meetings}
    before, soonest = _before(pairs), dict[int, int]()
    for id in TopologicalSorter(before).static_order():
        if not could.get(id):
            continue  # over, or never at all: named elsewhere
        waits_for = max((one for one in before.get(id, ()) if one in soonest), key=soonest.__getitem__, default=None)
        left = [t for t in could[id] if waits_for is None or t > soonest[waits_for]]
        if not left and waits_for is not None:
            raise OrderRefused(_no_time(fair, now.coming, (waits_for, soonest[waits_for]), (id, could[id][-1])))
        soonest[id] = left[0]


def _times(now: gathering.Standing, meeting: Meeting, number: Mapping[int, int]) -> list[int]:
    """When a meeting could be, by the number of the slot: where it is, if a person pinned it."""
    place = now.places.get(meeting.id)
    if place is not None and now.is_pinned(meeting):
        return [number[place.slot_id]]
    away: Iterable[int] = frozenset().union(*(now.blocked[party.participant_id] for party in meeting.parties))
    return [t for id, t in number.items() if id not in away]


def _no_time(fair: Fair, coming: Sequence[Slot], first: tuple[int, int], second: tuple[int, int]) -> str:
    earlier, later = _names([first[0], second[0]])
    told: str = _(
        "There is no time for this order: %(earlier)s can be at %(soonest)s at the earliest, and %(later)s at "
        "%(latest)s at the latest, as people are free and as meetings are locked.",
        earlier=earlier,
        later=later,
        soonest=_at(fair, coming[first[1]]),
        latest=_at(fair, coming[second[1]]),
    )
    return told


def _at(fair: Fair, slot: Slot) -> str:
    day = formats.format_date(slot.starts_at.astimezone(fair.zone).date(), language())
    return f"{formats.format_time(slot.starts_at, fair.timezone, language())}, {day}"

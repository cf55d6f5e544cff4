"""What the scheduler needs to know: who meets whom, when they can, what has a place and what must keep it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair
from techfair.meetings import participants, scheduler, slots
from techfair.meetings.interpreters import feeding as interpreting
from techfair.meetings.limits.planning import Limits
from techfair.meetings.models import Meeting, Participant, Slot, Table
from techfair.meetings.participants import WITH_PARTY
from techfair.meetings.programme import feeding as programme
from techfair.meetings.ranking import choosing as ranking
from techfair.meetings.rooms import feeding as rooms
from techfair.meetings.scheduler import Assignment, Fixed, Instance
from techfair.meetings.staff import coming
from techfair.meetings.swapping.models import SwapWish
from techfair.meetings.times import choosing
from techfair.meetings.timetable.models import PlannedMeeting, TimetableDraft

Way = Literal["anew", "rest", "repair"]
MOVABLE = ("agreed", "scheduled")
FALLBACK = ("vi",)  # where nobody said which languages they speak


class Place(NamedTuple):
    """When and where: ids of a slot and of a table or a booth."""

    slot_id: int
    table_id: int | None = None
    booth_id: int | None = None


@dataclass(frozen=True)
class Standing:
    """Meetings that wait for a time or hold one ahead, where the plan has them, and when their people cannot."""

    meetings: Sequence[Meeting]
    coming: Sequence[Slot]
    tables: Sequence[Table]  # those that can be used
    shut: Mapping[int, frozenset[int]]  # by table when its room is closed
    places: Mapping[int, Place]  # by meeting: in the open draft, else in force
    by_hand: frozenset[int]
    blocked: Mapping[int, frozenset[int]]  # by participant, among the coming

    def must_stay(self, meeting: Meeting, way: Way) -> bool:
        """Whether a run leaves the meeting where the plan has it."""
        place = self.places.get(meeting.id)
        if place is None:
            return False
        if meeting.is_locked or meeting.id in self.by_hand or meeting.state not in MOVABLE:
            return True
        return way == "rest" and (place.table_id is None or self.is_open(place.table_id, place.slot_id))

    def is_open(self, table_id: int, slot_id: int) -> bool:
        """Whether a table can be used at a time, as far as tables and rooms are lost."""
        return table_id in {table.id for table in self.tables} and slot_id not in self.shut.get(table_id, ())

    def is_pinned(self, meeting: Meeting) -> bool:
        """Whether a person laid down where the meeting is, so that what contradicts it is a person's to mend."""
        return meeting.is_locked or meeting.id in self.by_hand

    def is_hopeless(self, meeting: Meeting) -> bool:
        """Whether somebody in it is there at no time at all."""
        return any(len(self.blocked[party.participant_id]) == len(self.coming) for party in meeting.parties)


@dataclass(frozen=True)
class Gathered:
    """An instance whose meetings and people are called as people call them, and what its names stand for."""

    instance: Instance
    meeting_of: Mapping[str, int]
    table_of: Mapping[str, int]
    booth_of: Mapping[str, int]

    def place(self, found: Assignment) -> Place:
        where = found.place
        return Place(int(found.slot), self.table_of.get(where), self.booth_of.get(where))


def standing(fair: Fair, draft: TimetableDraft | None, lock: bool = False) -> Standing:
    """What the next run builds on: the open draft, where there is one; else what is in force."""
    ahead = slots.ahead(fair)
    starts = {slot.id for slot in ahead}
    has_place = or_(Meeting.table_id.is_not(None), Meeting.booth_id.is_not(None))
    stands = or_(Meeting.state == "agreed", Meeting.slot_id.in_(starts) & has_place)
    rows = select(Meeting).where(Meeting.fair_id == fair.id, stands)
    if lock:  # nobody cancels one while it is given its time
        rows = rows.with_for_update().execution_options(populate_existing=True)
    meetings = db.session.scalars(rows.options(selectinload(Meeting.parties)).order_by(Meeting.id)).all()
    planned = planned_in(draft)
    places = {one.id: place for one in meetings if (place := _place(one, planned)) and place.slot_id in starts}
    return Standing(
        meetings=meetings,
        coming=ahead,
        tables=rooms.usable_tables(fair),
        shut=rooms.shut(fair, ahead),
        places=places,
        by_hand=frozenset(id for id, row in planned.items() if row.is_by_hand and id in places),
        blocked=_blocked(meetings, starts),
    )


def planned_in(draft: TimetableDraft | None) -> dict[int, PlannedMeeting]:
    """The rows of a draft by meeting."""
    if draft is None:
        return {}
    return {row.meeting_id: row for row in db.session.scalars(select(PlannedMeeting).filter_by(draft_id=draft.id))}


def place_of(row: Meeting | PlannedMeeting) -> Place | None:
    """Where a meeting is by what was published last, or by a draft's row."""
    if row.slot_id is None or (row.table_id is None and row.booth_id is None):
        return None
    return Place(row.slot_id, row.table_id, row.booth_id)


def _place(meeting: Meeting, planned: Mapping[int, PlannedMeeting]) -> Place | None:
    row = planned.get(meeting.id)
    return place_of(meeting if row is None or meeting.state not in MOVABLE else row)


def _blocked(meetings: Iterable[Meeting], starts: set[int]) -> dict[int, frozenset[int]]:
    return coming.blocked({party.participant_id for one in meetings for party in one.parties}, starts)


def gather(fair: Fair, way: Way, draft: TimetableDraft | None) -> Gathered:
    """The instance of a run.

    ``anew``: whatever is not locked may go anywhere. ``rest``: what has a place keeps it. ``repair``: what
    can stay as published stays, unless something else has to give way.
    """
    now = standing(fair, draft)
    stays = {one.id: now.places[one.id] for one in now.meetings if now.must_stay(one, way)}
    meetings = [one for one in now.meetings if one.id in stays or not now.is_hopeless(one)]
    return _Gathering(fair, now, meetings, stays).gathered(way)


class _Gathering:
    """The names of one instance: what people read in a reason is what they know from the lists."""

    def __init__(self, fair: Fair, now: Standing, meetings: Sequence[Meeting], stays: Mapping[int, Place]) -> None:
        self.fair, self.now, self.meetings, self.stays = fair, now, meetings, stays
        self.people = _names({party.participant_id for one in meetings for party in one.parties})
        pairs = {one.id: " – ".join(self.people[party.participant_id] for party in one.parties) for one in meetings}
        self.called = _each_its_own(pairs)
        self.tables = {table.id: table.code for table in slots.tables(fair)}
        self.own_booths = programme.booths(fair, list(self.people))
        self.booths = self._booths()
        self.helpers = interpreting.of_fair(fair, now.coming)
        self.preferred = self._preferred()
        self.weights = ranking.weights(meetings)
        self.rather = choosing.preferred(list(self.people), [slot.id for slot in now.coming])
        self.served = interpreting.of_meetings(self.called) if self.helpers else {}
        self.limits = self._limits()

    def _limits(self) -> Limits:
        number = {slot.id: t for t, slot in enumerate(self.now.coming)}
        stays = {id: number[place.slot_id] for id, place in self.stays.items()}
        pinned = {one.id for one in self.meetings if self.now.is_pinned(one)}
        return Limits(self.fair, self.now.meetings, stays, pinned)

    def _booths(self) -> dict[int, str]:
        """Booths by the codes that people know; where a table has the same, it says which it is."""
        stood_at = [place.booth_id for place in self.stays.values() if place.booth_id is not None]
        known = {booth.id: booth.code for booth in self.own_booths.values()}
        known |= {row.id: row.code for row in db.session.scalars(select(Booth).where(Booth.id.in_(stood_at)))}
        taken = set(self.tables.values())
        return {id: f"{code} (booth)" if code in taken else code for id, code in known.items()}

    def _spots(self) -> dict[str, scheduler.Point]:
        found = programme.spots(self.fair, self.own_booths.values())
        tables = rooms.spots(self.fair, self.now.tables)
        return {self.booths[id]: point for id, point in found.items()} | {
            self.tables[id]: point for id, point in tables.items()
        }

    def _preferred(self) -> dict[int, frozenset[int]]:
        """When each meeting would suit better, by what its people said of the draft."""
        said = select(SwapWish.meeting_id, SwapWish.slot_id).where(SwapWish.state == "open")
        times: dict[int, frozenset[int]] = {}
        for id, slot_id in db.session.execute(said.where(SwapWish.meeting_id.in_(self.called))):
            if slot_id is not None:
                times[id] = times.get(id, frozenset()) | {slot_id}
        return times

    def gathered(self, way: Way) -> Gathered:
        return Gathered(
            instance=Instance(
                name=self.fair.slug,
                slots=tuple(scheduler.Slot(slot.id, slot.session, _shown(self.fair, slot)) for slot in self.now.coming),
                tables=tuple(table.code for table in self.now.tables),
                participants=self._participants(),
                meetings=tuple(self._wish(one) for one in self.meetings),
                interpreters=self.helpers,
                previous=tuple(self._previous()) if way == "repair" else (),
                goals=programme.goals(self.fair),
                spots=self._spots(),
                closed={self.tables[id]: frozenset(times) for id, times in self.now.shut.items() if times},
            ),
            meeting_of={label: id for id, label in self.called.items()},
            table_of={code: id for id, code in self.tables.items()},
            booth_of={code: id for id, code in self.booths.items()},
        )

    def _participants(self) -> tuple[scheduler.Participant, ...]:
        """A time that was given before somebody blocked it stands, unless it is locked: then a person must choose."""
        granted: dict[int, set[int]] = {id: set() for id in self.people}
        for one in self.meetings:
            if one.id in self.stays and not (one.is_locked and one.state in MOVABLE):
                for party in one.parties:
                    granted[party.participant_id].add(self.stays[one.id].slot_id)
        spoken = self._spoken()
        return tuple(
            scheduler.Participant(
                name,
                spoken[id],
                self.now.blocked[id] - granted[id],
                self.booths[self.own_booths[id].id] if id in self.own_booths else None,
                self.limits.most(id),
                preferred=self.rather.get(id, frozenset()),
                held=self.limits.held.get(id, 0),
            )
            for id, name in self.people.items()
        )

    def _spoken(self) -> dict[int, frozenset[str]]:
        """Each one's languages. Who said nothing is taken to speak all: the two agreed to meet, and know why.

        So is everyone at a fair without interpreters. A meeting that stands without one keeps its time: its
        people share what no other meeting knows of.
        """
        told = programme.languages(list(self.people)) if self.helpers else {}
        every = frozenset(FALLBACK).union(*told.values(), *(pair for helper in self.helpers for pair in helper.pairs))
        spoken = {id: told.get(id, every) for id in self.people}
        there = {int(helper.id): helper for helper in self.helpers}
        for one in self.meetings:
            helper = there.get(self.served.get(one.id, 0))
            stays = self.stays.get(one.id)
            if self.helpers and stays and (helper is None or stays.slot_id in helper.unavailable):
                for party in one.parties:
                    spoken[party.participant_id] |= {f"meeting {one.id}"}
        return spoken

    def _wish(self, meeting: Meeting) -> scheduler.Meeting:
        pair = tuple(self.people[party.participant_id] for party in meeting.parties)
        stays = self.stays.get(meeting.id)
        fixed = Fixed(stays.slot_id, self._where(stays)) if stays else None
        better = self.preferred.get(meeting.id, frozenset())
        weight = self.weights[meeting.id]
        after = [self.called[id] for id in self.limits.before(meeting.id) if id in self.called]
        return scheduler.Meeting(self.called[meeting.id], pair, weight, None, fixed, tuple(after), better)

    def _where(self, place: Place) -> str:
        return self.tables[place.table_id] if place.table_id is not None else self.booths[place.booth_id or 0]

    def _previous(self) -> Iterable[Assignment]:
        for one in self.meetings:
            place = place_of(one)
            if place and (place.table_id is not None or place.booth_id in self.booths):
                helper = self.served.get(one.id)
                yield Assignment(
                    self.called[one.id], place.slot_id, self._where(place), str(helper) if helper else None
                )


def _names(ids: Collection[int]) -> dict[int, str]:
    """A name of its own for everyone who meets, for the sentences in which the scheduler explains itself."""
    those = select(Participant).where(Participant.id.in_(ids)).options(*WITH_PARTY).order_by(Participant.id)
    return _each_its_own({row.id: participants.short_name_of(row) for row in db.session.scalars(those)})


def _each_its_own(names: Mapping[int, str]) -> dict[int, str]:
    """Two of one name are told apart by a number."""
    seen: Counter[str] = Counter()
    unique = {}
    for id, name in names.items():
        seen[name] += 1
        unique[id] = name if seen[name] == 1 else f"{name} ({seen[name]})"
    return unique


def _shown(fair: Fair, slot: Slot) -> str:
    return slot.starts_at.astimezone(fair.zone).replace(tzinfo=None).isoformat()

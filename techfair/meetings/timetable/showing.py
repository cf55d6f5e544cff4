"""A draft as a page shows it: meetings with what they have now and would have, in words people use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from flask import abort
from flask_babel import gettext as _
from sqlalchemy import select

from techfair.core.formats import format_number
from techfair.core.languages import language, pick
from techfair.core.vietnamese import reading_key
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair
from techfair.meetings import queries, slots
from techfair.meetings.models import Meeting, MeetingParty, Participant, Slot, Table
from techfair.meetings.participants import WITH_PARTY, short_name_of
from techfair.meetings.timetable.drafts import Difference
from techfair.meetings.timetable.gathering import Place
from techfair.meetings.timetable.models import Figured
from techfair.meetings.timetable.words import REACHED

PAGE = 50


@dataclass(frozen=True)
class Shown:
    """A place with the slot and the table or booth themselves."""

    slot: Slot
    table: Table | None
    booth: Booth | None


@dataclass(frozen=True)
class Row:
    """A meeting of the page, with what the draft would do to it."""

    meeting: Meeting
    difference: Difference
    old: Shown | None
    new: Shown | None

    @property
    def reason(self) -> str:
        return pick(self.difference.reason_vi, self.difference.reason_en)


@dataclass(frozen=True)
class Page:
    """Some of the differences of one kind."""

    items: Sequence[Row]
    page: int
    pages: int
    total: int

    @classmethod
    def of(cls, fair: Fair, changes: Sequence[Difference], page: int) -> Self:
        pages = max(1, -(-len(changes) // PAGE))
        if not 1 <= page <= pages:
            abort(404)
        shown = changes[(page - 1) * PAGE : page * PAGE]
        return cls(_rows(fair, shown), page, pages, len(changes))


def _rows(fair: Fair, changes: Sequence[Difference]) -> list[Row]:
    those = select(Meeting).where(Meeting.id.in_([one.meeting_id for one in changes])).options(*queries.WHOLE_MEETING)
    meetings = {meeting.id: meeting for meeting in db.session.scalars(those).unique()}
    places = Places.of(fair, [place for one in changes for place in (one.old, one.new) if place])
    return [Row(meetings[one.meeting_id], one, places.shown(one.old), places.shown(one.new)) for one in changes]


@dataclass(frozen=True)
class Reached:
    """What a timetable has of a goal, and what is proven of it, in words."""

    goal: str
    value: int
    bound: int | None

    @property
    def label(self) -> str:
        return str(REACHED[self.goal])

    @property
    def proof(self) -> str:
        """Much is wanted of weight, little of everything else."""
        if self.goal == "weight":
            return self._proof_of_weight()
        if self.bound is not None and self.bound >= self.value:
            return str(_("Proven: fewer is not possible"))
        if self.bound:
            return str(_("Proven: not fewer than %(bound)s", bound=format_number(self.bound, language())))
        return str(_("Fewer may be possible"))

    def _proof_of_weight(self) -> str:
        if self.bound is None:
            return ""
        if self.bound <= self.value:
            return str(_("Proven: more is not possible"))
        return str(_("At most %(more)s more may be possible", more=format_number(self.bound - self.value, language())))


def reached(row: Figured | None) -> list[Reached]:
    """What a run or a draft has reached of each goal, in their order."""
    return [Reached(one["goal"], one["value"], one["bound"]) for one in row.reached] if row else []


@dataclass(frozen=True)
class Places:
    """Slots, tables and booths by id."""

    times: Mapping[int, Slot]
    tables: Mapping[int, Table]
    booths: Mapping[int, Booth]

    @classmethod
    def of(cls, fair: Fair, places: Sequence[Place]) -> Self:
        ids = {place.booth_id for place in places if place.booth_id is not None}
        booths = db.session.scalars(select(Booth).where(Booth.id.in_(ids))).all() if ids else []
        return cls(
            times={slot.id: slot for slot in slots.all_slots(fair)},
            tables={table.id: table for table in slots.tables(fair)},
            booths={booth.id: booth for booth in booths},
        )

    def shown(self, place: Place | None) -> Shown | None:
        if place is None:
            return None
        return Shown(
            self.times[place.slot_id], self.tables.get(place.table_id or 0), self.booths.get(place.booth_id or 0)
        )

    def code(self, place: Place) -> str:
        """The code of the table or booth."""
        shown = self.shown(place)
        where = shown and (shown.table or shown.booth)
        return where.code if where else ""


def who_meets(fair: Fair) -> list[tuple[int, str]]:
    """Everyone with a meeting that may still move, by name."""
    ids = (
        select(MeetingParty.participant_id)
        .join(Meeting, Meeting.id == MeetingParty.meeting_id)
        .where(Meeting.fair_id == fair.id, Meeting.state.in_(("agreed", "scheduled")))
    )
    rows = db.session.scalars(select(Participant).where(Participant.id.in_(ids)).options(*WITH_PARTY))
    return sorted(((row.id, short_name_of(row)) for row in rows), key=lambda pair: reading_key(pair[1]))

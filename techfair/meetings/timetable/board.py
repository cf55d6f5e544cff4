"""The board of a day: what the draft has, or what is in force, by table and by participant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from techfair.core import clock
from techfair.core.vietnamese import reading_key
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair
from techfair.meetings import queries, slots
from techfair.meetings.limits import feeding as limiting
from techfair.meetings.limits import ordering
from techfair.meetings.limits.feeding import Bounds
from techfair.meetings.models import Meeting, Slot, Table
from techfair.meetings.participants import short_name_of
from techfair.meetings.programme import feeding as programme
from techfair.meetings.rooms import feeding as rooms
from techfair.meetings.staff import coming
from techfair.meetings.timetable import drafts, trouble
from techfair.meetings.timetable.gathering import MOVABLE, Place, place_of, planned_in
from techfair.meetings.timetable.models import TimetableDraft


@dataclass(frozen=True)
class Card:
    """A meeting as it lies on the board."""

    meeting: Meeting
    names: tuple[str, ...]
    people: tuple[int, ...]
    slot_id: int | None
    where: str  # "t5" a table, "b7" a booth, nothing for one without a place
    is_movable: bool
    code: str = ""

    @property
    def label(self) -> str:
        return " – ".join(self.names)


@dataclass(frozen=True)
class Row:
    """A line of the board: a table, a booth or a participant, with the cards by slot."""

    key: str
    name: str
    is_closed: bool
    cards: Mapping[int, Card]
    room: str = ""  # of a table, where they stand in several
    shut: frozenset[int] = frozenset()  # when it cannot be used


@dataclass(frozen=True)
class Board:
    """What the page shows of one day."""

    draft: TimetableDraft | None
    days: Sequence[date]
    day: date | None
    slots: Sequence[Slot]
    ahead: frozenset[int]
    rows: Sequence[Row]
    waiting: Sequence[Card]
    names: Mapping[int, str]
    blocked: Mapping[int, Sequence[int]]  # by slot
    orders: Mapping[int, Mapping[str, Sequence[tuple[str, str]]]]  # by meeting: others that come "before", "after"
    full: Mapping[int, int]  # the most of each participant who has as many


def of(fair: Fair, wanted: date | None, by: str) -> Board:
    """The board of the day asked for, else of the next; ``by``: ``table`` or ``person``."""
    every = slots.all_slots(fair)
    days = sorted({_day(fair, slot) for slot in every}, key=lambda day: (day < fair.today, day))
    day = wanted if wanted in days else next((day for day in days if day >= fair.today), max(days, default=None))
    of_day = [slot for slot in every if _day(fair, slot) == day]
    draft = drafts.open_draft(fair)
    limits = limiting.bounds(fair, draft)
    cards = _cards(fair, draft, {slot.id for slot in of_day})
    placed = [card for card in cards if card.slot_id is not None]
    names = {id: name for card in cards for id, name in zip(card.people, card.names, strict=True)}
    rows = _by_table(fair, placed, of_day) if by == "table" else _by_person(placed, names)
    return Board(
        draft=draft,
        days=days,
        day=day,
        slots=of_day,
        ahead=frozenset(slot.id for slot in slots.ahead(fair)),
        rows=rows,
        waiting=[card for card in cards if card.slot_id is None],
        names=names,
        blocked=_blocked(names, of_day),
        orders=_orders(fair, limits, cards),
        full=limits.full,
    )


def _day(fair: Fair, slot: Slot) -> date:
    return clock.local_day(slot.starts_at, fair.timezone)


def _cards(fair: Fair, draft: TimetableDraft | None, times: set[int]) -> list[Card]:
    """The meetings that the plan has at these times, and those that wait for one."""
    planned = planned_in(draft)
    here = {id for id, row in planned.items() if row.slot_id is None or row.slot_id in times}
    those = select(Meeting).where(
        Meeting.fair_id == fair.id,
        Meeting.state.in_(("agreed", "scheduled", "held", "no_show")),
        Meeting.id.in_(here) | Meeting.slot_id.in_(times) | (Meeting.state == "agreed"),
    )
    meetings = db.session.scalars(those.options(*queries.WHOLE_MEETING).order_by(Meeting.id)).unique().all()
    own = programme.booths(fair, {party.participant_id for one in meetings for party in one.parties})
    codes = {table.id: table.code for table in slots.tables(fair)}
    plans = [(one, place_of(planned.get(one.id, one) if one.state in MOVABLE else one)) for one in meetings]
    return [_card(one, place, own, codes) for one, place in plans if place is None or place.slot_id in times]


def _card(meeting: Meeting, place: Place | None, own: Mapping[int, Booth], codes: Mapping[int, str]) -> Card:
    people = tuple(party.participant_id for party in meeting.parties)
    stands = next((own[id].id for id in people if id in own), None)
    table_id, booth_id = (place.table_id, place.booth_id) if place else (None, stands)
    return Card(
        meeting=meeting,
        names=tuple(short_name_of(party.participant) for party in meeting.parties),
        people=people,
        slot_id=place.slot_id if place else None,
        where=f"t{table_id}" if table_id is not None else f"b{booth_id}" if booth_id is not None else "",
        is_movable=meeting.state in MOVABLE and not meeting.is_locked,
        code=codes.get(table_id or 0, ""),
    )


def _orders(fair: Fair, limits: Bounds, cards: Sequence[Card]) -> dict[int, dict[str, list[tuple[str, str]]]]:
    """Of each meeting on the board those, also of other days, that it must follow or precede: when, and who meets."""
    here = {card.meeting.id: card.label for card in cards}
    named = {id for both in (limits.before, limits.after) for one in here if one in both for id in both[one]}
    away = [id for id in named if id in limits.starts and id not in here]
    labels = here | ({one.id: ordering.label(one) for one in ordering.with_names(away)} if away else {})

    def told(ids: Sequence[int]) -> list[tuple[str, str]]:
        return [(limits.starts[id].isoformat(), labels[id]) for id in ids if id in limits.starts]

    return {
        id: {"before": told(limits.before.get(id, ())), "after": told(limits.after.get(id, ()))}
        for id in here
        if id in limits.before or id in limits.after
    }


def _by_table(fair: Fair, cards: Sequence[Card], of_day: Sequence[Slot]) -> list[Row]:
    closed = trouble.closed_tables(fair)
    in_rooms = sorted(slots.tables(fair), key=lambda table: (table.room_id, table.code))
    booth_ids = {int(card.where[1:]) for card in cards if card.where.startswith("b")}
    booths = db.session.scalars(select(Booth).where(Booth.id.in_(booth_ids)).order_by(Booth.code)).all()
    places: list[tuple[str, Table | Booth]] = [(f"t{table.id}", table) for table in in_rooms]
    shut = rooms.shut(fair, of_day)
    several = len({table.room_id for table in in_rooms}) > 1
    places += [(f"b{booth.id}", booth) for booth in booths]
    return [
        Row(
            key,
            place.code,
            isinstance(place, Table) and place.id in closed,
            {card.slot_id: card for card in cards if card.where == key and card.slot_id is not None},
            place.place if isinstance(place, Table) and several else "",
            shut.get(place.id, frozenset()) if isinstance(place, Table) else frozenset(),
        )
        for key, place in places
    ]


def _by_person(cards: Sequence[Card], names: Mapping[int, str]) -> list[Row]:
    theirs: dict[int, dict[int, Card]] = {}
    for card in cards:
        for id in card.people:
            if card.slot_id is not None:
                theirs.setdefault(id, {})[card.slot_id] = card
    order = sorted(theirs, key=lambda id: reading_key(names[id]))
    return [Row(f"p{id}", names[id], False, theirs[id]) for id in order]


def _blocked(names: Mapping[int, str], of_day: Sequence[Slot]) -> dict[int, list[int]]:
    blocked: dict[int, list[int]] = {}
    for participant_id, times in coming.blocked(list(names), [slot.id for slot in of_day]).items():
        for slot_id in times:
            blocked.setdefault(slot_id, []).append(participant_id)
    return blocked

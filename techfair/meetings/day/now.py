"""Reads of this moment: what goes on, who is late, which pair could use a table that is free."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from techfair.core import clock
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.day.models import MeetingArrival
from techfair.meetings.interpreters import feeding as interpreting
from techfair.meetings.limits import feeding as limiting
from techfair.meetings.models import Meeting, MeetingParty, Participant, Slot, Table
from techfair.meetings.participants import WITH_PARTY
from techfair.meetings.programme import feeding
from techfair.meetings.queries import WHOLE_MEETING
from techfair.meetings.rooms import feeding as rooms
from techfair.meetings.scheduler import Interpreter
from techfair.meetings.staff import coming

LATE = timedelta(minutes=5)
EARLY = timedelta(minutes=20)  # before its time one may be checked in
USEFUL = timedelta(minutes=10)  # so much of a slot must be left to give its table away
MOST_WAITING, MOST_OFFERS = 200, 5
STANDING = ("scheduled", "held")


def around(fair: Fair) -> list[Slot]:
    """The slots that go on, and the next that begin on this day."""
    now = clock.now()
    rest = select(Slot).where(Slot.fair_id == fair.id, Slot.ends_at > now).order_by(Slot.starts_at)
    rows = list(db.session.scalars(rest.limit(12)))
    present = [slot for slot in rows if slot.starts_at <= now]
    later = [slot for slot in rows if slot.starts_at > now]
    nearest = later[0].starts_at if later else None
    return [*present, *(slot for slot in later if slot.starts_at == nearest)]


def meetings_in(those: Iterable[Slot]) -> Sequence[Meeting]:
    """The meetings of these times that take or took place, by time and table."""
    listed = select(Meeting).join(Meeting.slot).where(Meeting.slot_id.in_([slot.id for slot in those]))
    listed = listed.where(Meeting.state.in_((*STANDING, "no_show")))
    listed = listed.options(contains_eager(Meeting.slot), *WHOLE_MEETING)
    return db.session.scalars(listed.order_by(Slot.starts_at, Meeting.table_id, Meeting.id)).unique().all()


def arrived(meetings: Iterable[Meeting]) -> dict[int, set[int]]:
    """Who came to each of these meetings."""
    rows = select(MeetingArrival).where(MeetingArrival.meeting_id.in_([one.id for one in meetings]))
    came: dict[int, set[int]] = {}
    for row in db.session.scalars(rows):
        came.setdefault(row.meeting_id, set()).add(row.participant_id)
    return came


def is_late(meeting: Meeting, came: set[int], now: datetime) -> bool:
    """Whether somebody should have come by now and has not."""
    waits = meeting.state == "scheduled" and meeting.slot is not None and meeting.slot.starts_at + LATE <= now
    return waits and any(party.participant_id not in came for party in meeting.parties)


@dataclass(frozen=True)
class Offer:
    """A table that is free in a slot, and a pair that waits for a time and could come."""

    slot: Slot
    table: Table
    meeting: Meeting


def offers(fair: Fair) -> list[Offer]:
    """Who could meet at once at the tables that are free: each table and each pair once."""
    now = clock.now()
    useful = [slot for slot in around(fair) if slot.ends_at - max(slot.starts_at, now) >= USEFUL]
    waiting = _waiting(fair) if useful else []
    if not waiting:
        return []
    people = {party.participant_id for one in waiting for party in one.parties}
    limits = limiting.bounds(fair)
    busy, spoken, helpers = _busy(people, useful), feeding.languages(people), interpreting.free(fair, useful)
    found: list[Offer] = []
    for slot in useful:
        given = {offer.meeting.id for offer in found}
        there = helpers[slot.id]
        able = [one for one in waiting if one.id not in given and may_be(one, slot, limits)]
        able = [one for one in able if _could(one, busy[slot.id], spoken, there)]
        for table, meeting in zip(_free_tables(fair, slot), _apart(able), strict=False):
            found.append(Offer(slot, table, meeting))
    return found[:MOST_OFFERS]


def may_be(meeting: Meeting, slot: Slot, limits: limiting.Bounds) -> bool:
    """Whether what the organizer laid down of numbers and order lets a meeting that waits be held then."""
    full = limits.who_is_full(party.participant_id for party in meeting.parties)
    at = slot.starts_at
    return full is None and limits.not_yet(meeting.id, at) is None and limits.too_late(meeting.id, at) is None


def _waiting(fair: Fair) -> Sequence[Meeting]:
    those = select(Meeting).filter_by(fair_id=fair.id, state="agreed").order_by(Meeting.agreed_at, Meeting.id)
    sides = selectinload(Meeting.parties).joinedload(MeetingParty.participant).options(*WITH_PARTY)
    return db.session.scalars(those.options(sides).limit(MOST_WAITING)).all()


def _busy(people: set[int], those: Sequence[Slot]) -> dict[int, set[int]]:
    """Who cannot in each slot: they meet somebody, or said so."""
    ids = [slot.id for slot in those]
    blocked = coming.blocked(people, ids)
    found = {id: {person for person, times in blocked.items() if id in times} for id in ids}
    rows = select(MeetingParty.slot_id, MeetingParty.participant_id)
    for slot_id, person in db.session.execute(
        rows.where(MeetingParty.slot_id.in_(ids), MeetingParty.participant_id.in_(people))
    ):
        found[slot_id or 0].add(person)
    return found


def _could(meeting: Meeting, busy: set[int], spoken: dict[int, frozenset[str]], helpers: Sequence[Interpreter]) -> bool:
    """Whether all are free, and can talk as far as is known, alone or with one of those who interpret."""
    if any(party.participant_id in busy for party in meeting.parties):
        return False
    return not needs_interpreter(meeting, spoken) or helper_of(meeting, spoken, helpers) is not None


def needs_interpreter(meeting: Meeting, spoken: dict[int, frozenset[str]]) -> bool:
    """Whether its people, as far as they said what they speak, share no language."""
    known = [spoken[party.participant_id] for party in meeting.parties if party.participant_id in spoken]
    return bool(known) and not frozenset.intersection(*known)


def helper_of(
    meeting: Meeting, spoken: dict[int, frozenset[str]], helpers: Sequence[Interpreter]
) -> Interpreter | None:
    """The first of those who are free that connects the meeting's people."""
    known = [spoken[party.participant_id] for party in meeting.parties if party.participant_id in spoken]
    return next((one for one in helpers if one.connects(known)), None)


def _apart(meetings: Iterable[Meeting]) -> list[Meeting]:
    """As many of them as have nobody in common, the longest waiting first."""
    kept: list[Meeting] = []
    taken: set[int] = set()
    for meeting in meetings:
        people = {party.participant_id for party in meeting.parties}
        if not people & taken:
            kept.append(meeting)
            taken |= people
    return kept


def _free_tables(fair: Fair, slot: Slot) -> list[Table]:
    used = set(db.session.scalars(select(Meeting.table_id).where(Meeting.slot_id == slot.id)))
    return [table for table in rooms.usable_tables(fair, slot) if table.id not in used]


def next_of(participants: Iterable[Participant]) -> Meeting | None:
    """The next meeting ahead of any of these participants."""
    ids = [one.id for one in participants]
    mine = select(Meeting).join(Meeting.parties).join(Meeting.slot).where(MeetingParty.participant_id.in_(ids))
    mine = mine.where(Meeting.state == "scheduled", Slot.ends_at > clock.now())
    mine = mine.options(contains_eager(Meeting.slot), *WHOLE_MEETING).order_by(Slot.starts_at).limit(1)
    return db.session.scalars(mine).unique().first()

"""The schedule: agreed meetings get a day, a time and a table; what has a place keeps it."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Event
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from techfair.core import audit, jobs
from techfair.core.errors import TechfairError
from techfair.core.jobs import Job
from techfair.extensions import db
from techfair.fairs.models import Booth, Fair
from techfair.meetings import letters, queries, scheduler, slots
from techfair.meetings.interpreters import feeding as interpreting
from techfair.meetings.models import Meeting, Slot, Table, Unavailability
from techfair.meetings.programme import feeding as programme
from techfair.meetings.scheduler import Fixed, Instance, Limits, Progress, Schedule

LIMITS = Limits(seconds=30, workers=2)
FALLBACK = ("vi",)  # where nobody said which languages they speak
BEAT = 1.0  # seconds between two reports of a search
NEVER_FREE = {
    "vi": "Một bên không gặp được vào khung giờ nào còn lại.",
    "en": "One side is free at none of the times that are left.",
}

Report = Callable[[int, int], bool]


class NotReady(TechfairError):
    code, status = "meetings_not_ready", 409
    message = _l("Set the tables and the times of the meetings first.")


def schedule(fair: Fair, by: Any) -> Job:
    """Start to schedule all agreed meetings in the background; a run under way is answered instead of a second.

    Raises NotReady without tables or times.
    """
    present = queries.last_scheduling(fair)
    if present is not None and not present.is_over:
        return present
    slots.open_again(fair)
    if not slots.is_ready(fair):
        raise NotReady
    audit.record("meetings.scheduling", fair, by=by)
    return jobs.start("schedule_meetings", by=by, fair_id=fair.id)


@dataclass(frozen=True)
class Standing:
    """Meetings that wait for a time or hold one ahead, and the times ahead in which their people cannot."""

    meetings: Sequence[Meeting]
    coming: Sequence[Slot]
    blocked: dict[int, set[int]]  # by participant

    def is_hopeless(self, meeting: Meeting) -> bool:
        """Whether somebody in it is free at no time at all."""
        return any(len(self.blocked[party.participant_id]) == len(self.coming) for party in meeting.parties)


def _standing(fair: Fair, lock: bool = False) -> Standing:
    coming = slots.ahead(fair)
    starts = {slot.id for slot in coming}
    has_place = or_(Meeting.table_id.is_not(None), Meeting.booth_id.is_not(None))
    stands = or_(Meeting.state == "agreed", Meeting.slot_id.in_(starts) & has_place)
    rows = select(Meeting).where(Meeting.fair_id == fair.id, stands).order_by(Meeting.id)
    if lock:
        rows = rows.with_for_update().execution_options(populate_existing=True)
    meetings = db.session.scalars(rows.options(selectinload(Meeting.parties))).all()
    parties = [party for meeting in meetings for party in meeting.parties]
    blocked: dict[int, set[int]] = {party.participant_id: set() for party in parties}
    for row in db.session.scalars(select(Unavailability).where(Unavailability.participant_id.in_(blocked))):
        blocked[row.participant_id] |= {row.slot_id} & starts
    for party in parties:  # a time that was given before somebody blocked it stands
        blocked[party.participant_id] -= {party.slot_id}
    return Standing(meetings, coming, blocked)


def gather(fair: Fair) -> Instance:
    """What the scheduler needs to know now."""
    standing, tables = _standing(fair), slots.tables(fair)
    meetings = [meeting for meeting in standing.meetings if meeting.slot_id or not standing.is_hopeless(meeting)]
    people = {party.participant_id for meeting in meetings for party in meeting.parties}
    helpers = interpreting.of_fair(fair, standing.coming)
    booths = {id: place_of_booth(booth.id) for id, booth in programme.booths(fair, people).items()}
    codes = {table.id: table.code for table in tables}
    spoken = _spoken(people, meetings, helpers)
    return Instance(
        name=fair.slug,
        slots=tuple(scheduler.Slot(slot.id, slot.session, _shown(fair, slot)) for slot in standing.coming),
        tables=tuple(codes.values()),
        participants=tuple(
            scheduler.Participant(str(id), spoken[id], frozenset(standing.blocked[id]), booths.get(id))
            for id in sorted(people)
        ),
        meetings=tuple(_wish(meeting, codes) for meeting in meetings),
        interpreters=helpers,
    )


def place_of_booth(id: int) -> str:
    """A booth as the scheduler's place; no table has such a code."""
    return f"booth {id}"


def _spoken(
    people: Iterable[int], meetings: Iterable[Meeting], helpers: Sequence[scheduler.Interpreter]
) -> dict[int, frozenset[str]]:
    """Each one's languages. Who said nothing is taken to speak all: the two agreed to meet, and know why.

    So is everyone at a fair without interpreters. A meeting that stands without one keeps its time: its people
    share what no other meeting knows of.
    """
    told = programme.languages(list(people)) if helpers else {}
    every = frozenset(FALLBACK).union(*told.values(), *(pair for helper in helpers for pair in helper.pairs))
    spoken = {id: told.get(id, every) for id in people}
    there = {int(helper.id): helper for helper in helpers}
    served = interpreting.of_meetings(meeting.id for meeting in meetings) if helpers else {}
    for meeting in meetings:
        helper = there.get(served.get(meeting.id, 0))
        if helpers and meeting.slot_id and (helper is None or meeting.slot_id in helper.unavailable):
            for party in meeting.parties:
                spoken[party.participant_id] |= {f"meeting {meeting.id}"}
    return spoken


def _wish(meeting: Meeting, codes: dict[int, str]) -> scheduler.Meeting:
    pair = tuple(str(party.participant_id) for party in meeting.parties)
    if meeting.slot_id is not None and meeting.booth_id is not None:
        return scheduler.Meeting(str(meeting.id), pair, fixed=Fixed(meeting.slot_id, place_of_booth(meeting.booth_id)))
    if meeting.slot_id is None or meeting.table_id is None:
        return scheduler.Meeting(str(meeting.id), pair)
    return scheduler.Meeting(str(meeting.id), pair, fixed=Fixed(meeting.slot_id, codes[meeting.table_id]))


def _shown(fair: Fair, slot: Slot) -> str:
    return slot.starts_at.astimezone(fair.zone).replace(tzinfo=None).isoformat()


def search(instance: Instance, report: Report) -> Schedule:
    """The best schedule; ``report(placed, of all)`` hears of it every second and answers whether to go on.

    The search runs in a thread of its own, so that ``report`` may use the database in the caller's.
    """
    fixed = sum(1 for meeting in instance.meetings if meeting.fixed)
    placed, stop = [0], Event()

    def note(progress: Progress) -> None:
        placed[0] = max(0, progress.figures.placed - fixed)

    with ThreadPoolExecutor(max_workers=1) as thread:
        found = thread.submit(scheduler.solve, instance, LIMITS, on_progress=note, should_stop=stop.is_set)
        while not found.done():
            wait([found], timeout=BEAT)
            if not report(placed[0], len(instance.meetings) - fixed):
                stop.set()
    return found.result()


def settle(fair: Fair, found: Schedule, by: Any = None) -> int:
    """Give the found times to the meetings that still wait, tell both sides, and answer how many got one.

    A meeting that finds none keeps the reason, in both languages. The database refuses a time or table that
    somebody took since the schedule was made.
    """
    standing = _standing(fair, lock=True)  # nobody cancels one while it is given its time
    waiting = {str(meeting.id): meeting for meeting in standing.meetings if meeting.state == "agreed"}
    by_slot = {slot.id: slot for slot in standing.coming}
    places: dict[str, Table | Booth] = {table.code: table for table in slots.tables(fair)}
    people = {party.participant_id for meeting in waiting.values() for party in meeting.parties}
    places |= {place_of_booth(booth.id): booth for booth in programme.booths(fair, people).values()}
    reasons = {left_out.meeting: left_out.message for left_out in found.unplaced}
    reasons |= {id: NEVER_FREE for id, meeting in waiting.items() if standing.is_hopeless(meeting)}
    for id, reason in reasons.items():
        if id in waiting:
            waiting[id].reason_unplaced_vi, waiting[id].reason_unplaced_en = reason["vi"], reason["en"]
    placed = 0
    for assignment in found.assignments:
        meeting, slot = waiting.get(assignment.meeting), by_slot.get(int(assignment.slot))
        if meeting is not None and slot is not None:
            _place(meeting, slot, places[assignment.place], by)
            placed += 1
    db.session.flush()
    _hand_out_interpreters(standing, found)
    return placed


def _hand_out_interpreters(standing: Standing, found: Schedule) -> None:
    """All anew: which of two who can is at which meeting may have changed with those that were added."""
    stands = {str(meeting.id): meeting for meeting in standing.meetings if meeting.slot_id}
    given = {one.meeting: int(one.interpreter) for one in found.assignments if one.interpreter}
    interpreting.assign(
        {
            meeting.id: (given[id], meeting.slot_id) if id in given and meeting.slot_id else None
            for id, meeting in stands.items()
        }
    )


def _place(meeting: Meeting, slot: Slot, place: Table | Booth, by: Any) -> None:
    meeting.move_to("scheduled")
    table, booth = (place, None) if isinstance(place, Table) else (None, place)
    meeting.slot_id = slot.id
    meeting.table_id, meeting.booth_id = table.id if table else None, booth.id if booth else None
    meeting.reason_unplaced_vi = meeting.reason_unplaced_en = ""
    for party in meeting.parties:
        party.slot_id = slot.id
    audit.record("meeting.scheduled", meeting, by=by, slot=slot.starts_at.isoformat(), place=place.code)
    letters.tell_sides(meeting, "meeting_scheduled", slot=slot, table=table, booth=booth)

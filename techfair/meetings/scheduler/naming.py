"""From a plan that counts to assignments with names: which table or booth, and who interprets."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from techfair.meetings.scheduler.instance import Assignment
from techfair.meetings.scheduler.pools import match
from techfair.meetings.scheduler.problem import Problem
from techfair.meetings.scheduler.timetable import Timetable


def assignments(timetable: Timetable) -> tuple[Assignment, ...]:
    """Every placed meeting with its place and interpreter, in the instance's order.

    A meeting that stays in its slot keeps its place and interpreter if they are still to be had. Others are
    where one of their people was last in the session, or near there: few change tables, and nobody walks far.
    """
    problem = timetable.problem
    by_slot: dict[int, list[int]] = defaultdict(list)
    for m, t in timetable.slot_of.items():
        by_slot[t].append(m)
    place: dict[int, str] = {}
    helper: dict[int, str] = {}
    last: dict[tuple[int, str], str] = {}  # where a person was last in a session
    for t, meetings in sorted(by_slot.items()):
        place |= _places(problem, t, meetings, last)
        last |= {(p, problem.session[t]): place[m] for m in meetings for p in problem.people[m]}
        helper |= _interpreters(problem, t, meetings)
    slots, wishes = problem.instance.slots, problem.instance.meetings
    return tuple(
        Assignment(wishes[m].id, slots[t].id, place[m], helper.get(m)) for m, t in sorted(timetable.slot_of.items())
    )


def _places(problem: Problem, t: int, meetings: Iterable[int], last: Mapping[tuple[int, str], str]) -> dict[int, str]:
    """Who may go nowhere else chooses first, then who can stay, then who has a booth, then who comes from a place."""
    before = {m: old.place for m, old in _before(problem, t).items()}
    stays = {m for m in meetings if problem.previous.get(m) == t}
    session = problem.session[t]
    left = {m: Counter(last[p, session] for p in problem.people[m] if (p, session) in last) for m in meetings}
    order = sorted(
        meetings,
        key=lambda m: (len(problem.places[m]) > 1, m not in stays, len(problem.places[m]), -left[m].total(), m),
    )
    return match({m: _nearest(problem, before.get(m, problem.venue.get(m)), left[m], problem.places[m]) for m in order})


def _nearest(problem: Problem, wish: str | None, left: Counter[str], places: Iterable[str]) -> list[str]:
    """The place wished for, then those that most come from, then tables near one of these, as they are numbered."""
    row = problem.table_row
    from_rows = [row[place] for place in left if place in row]

    def distance(place: str) -> int:
        return min((abs(row[place] - one) for one in from_rows), default=0) if place in row else 0

    return sorted(places, key=lambda place: (place != wish, -left[place], distance(place)))


def _interpreters(problem: Problem, t: int, meetings: Iterable[int]) -> dict[int, str]:
    before = {m: old.interpreter for m, old in _before(problem, t).items()}
    absent = {i.id for i in problem.instance.interpreters if problem.instance.slots[t].id in i.unavailable}
    able = {m: sorted(wanted - absent) for m in sorted(meetings) if (wanted := problem.interpreters[m]) is not None}
    return match({m: _first(before.get(m), names) for m, names in able.items()})


def _before(problem: Problem, t: int) -> dict[int, Assignment]:
    """The assignments of the schedule in force in this slot."""
    return {
        m: old
        for old in problem.instance.previous
        if (m := problem.meeting.get(old.meeting, -1)) >= 0 and problem.slot.get(old.slot) == t
    }


def _first(wish: str | None, names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: name != wish)

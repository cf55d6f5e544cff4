"""From a plan that counts to assignments with names: which table or booth, and who interprets."""

from collections import defaultdict
from collections.abc import Iterable

from techfair.meetings.scheduler import tables
from techfair.meetings.scheduler.instance import Assignment
from techfair.meetings.scheduler.pools import match
from techfair.meetings.scheduler.problem import Problem
from techfair.meetings.scheduler.timetable import Timetable


def assignments(timetable: Timetable) -> tuple[Assignment, ...]:
    """Every placed meeting with its place and interpreter, in the instance's order.

    A meeting that stays in its slot keeps its place and interpreter if they are still to be had.
    """
    problem, place = timetable.problem, timetable.places
    by_slot: dict[int, list[int]] = defaultdict(list)
    for m, t in timetable.slot_of.items():
        by_slot[t].append(m)
    helper: dict[int, str] = {}
    for t, meetings in sorted(by_slot.items()):
        helper |= _interpreters(problem, t, meetings)
    slots, wishes = problem.instance.slots, problem.instance.meetings
    return tuple(
        Assignment(wishes[m].id, slots[t].id, place[m], helper.get(m)) for m, t in sorted(timetable.slot_of.items())
    )


def _interpreters(problem: Problem, t: int, meetings: Iterable[int]) -> dict[int, str]:
    before = {m: old.interpreter for m, old in tables.in_force(problem, t).items()}
    absent = {i.id for i in problem.instance.interpreters if problem.instance.slots[t].id in i.unavailable}
    able = {m: sorted(wanted - absent) for m in sorted(meetings) if (wanted := problem.interpreters[m]) is not None}
    return match({m: _first(before.get(m), names) for m, names in able.items()})


def _first(wish: str | None, names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: name != wish)

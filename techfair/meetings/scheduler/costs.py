"""What a chain of swaps costs or saves by the goals that are neither placing nor staying, without making it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from techfair.meetings.scheduler import comfort
from techfair.meetings.scheduler.instance import Goal

if TYPE_CHECKING:
    from techfair.meetings.scheduler.problem import Problem
    from techfair.meetings.scheduler.timetable import Timetable

Move = dict[int, int | None]  # the slot to which each meeting goes, None if it is left out

COUNTED = (Goal.GAPS, Goal.WISHES, Goal.TIMES, Goal.WALKS)
STEEP = 3.0  # so many times as much as one of the next goal counts one of a goal


def counted(problem: "Problem") -> tuple[Goal, ...]:
    """The goals whose cost a walk by swaps knows, in their order."""
    return tuple(goal for goal in problem.goals if goal in COUNTED)


def factors(problem: "Problem") -> tuple[float, ...]:
    """What one of each counts: of the first one, of each further one less; walks by the length of a usual one."""
    usual = max(1.0, sum(comfort.extent(problem)) / 3) if Goal.WALKS in problem.goals else 1.0
    return tuple(STEEP**-place / (usual if goal is Goal.WALKS else 1.0) for place, goal in enumerate(counted(problem)))


def of_wishes(plan: "Timetable", move: Move) -> int:
    preferred, slot_of = plan.problem.preferred, plan.slot_of
    return sum(
        _is_against(to, preferred[m]) - _is_against(slot_of.get(m), preferred[m])
        for m, to in move.items()
        if m in preferred
    )


def _is_against(t: int | None, slots: frozenset[int]) -> bool:
    return t is not None and t not in slots


def of_times(plan: "Timetable", move: Move) -> int:
    disliked, slot_of = plan.problem.disliked, plan.slot_of
    return sum(
        _counts(disliked[m], to) - _counts(disliked[m], slot_of.get(m)) for m, to in move.items() if m in disliked
    )


def _counts(counts: Mapping[int, int], t: int | None) -> int:
    return 0 if t is None else counts.get(t, 0)


def of_walks(plan: "Timetable", move: Move) -> int:
    """Only those walk another way who have a meeting of the move at a place of the plan."""
    people, spots = plan.problem.people, plan.problem.spots
    changes: dict[int, dict[int, int]] = {}
    for m, to in move.items():
        if m in spots and to is not None:
            for p in people[m]:
                changes.setdefault(p, {})[to] = m
    concerned = {p for m in move if m in spots for p in people[m]}
    return sum(_walk_made(plan, p, move, changes.get(p, {})) for p in concerned)


def _walk_made(plan: "Timetable", p: int, move: Move, comes: Mapping[int, int]) -> int:
    busy = plan.busy[p]
    after = {t: m for t, m in busy.items() if m not in move} | dict(comes)
    return comfort.walk_through(plan.problem, after) - comfort.walk_through(plan.problem, busy)

"""A first plan in one pass: what a simple product would ship, and where the search starts."""

from techfair.meetings.scheduler.problem import Problem
from techfair.meetings.scheduler.timetable import Timetable


def plan(problem: Problem) -> Timetable:
    """Place what is fixed, then what can stay where it was, then the heaviest and hardest first.

    Each takes the slot in which it makes the fewest gaps, among those the emptiest.
    """
    timetable = Timetable(problem)
    for m, stays in problem.previous.items():
        if stays is not None and m not in timetable.slot_of and timetable.can(m, stays):
            timetable.put(m, stays)
    fill(timetable)
    return timetable


def fill(timetable: Timetable) -> None:
    """Place whatever is left and still fits somewhere."""
    problem = timetable.problem
    held = [0] * len(problem.session)
    for t in timetable.slot_of.values():
        held[t] += 1
    left = (m for m in range(len(problem.weight)) if m not in timetable.slot_of)
    for m in sorted(left, key=lambda m: _urgency(problem, m)):
        slots = [t for t in problem.options[m] if timetable.can(m, t)]
        if slots:
            best = min(slots, key=lambda t: (_gaps_made(timetable, m, t), held[t], t))
            timetable.put(m, best)
            held[best] += 1


def _urgency(problem: Problem, m: int) -> tuple[int, int, int]:
    wanted = max(len(problem.meetings_of[p]) for p in problem.people[m])
    return -problem.weight[m], len(problem.options[m]) - wanted, m


def _gaps_made(timetable: Timetable, m: int, t: int) -> int:
    people = timetable.problem.people[m]
    before = sum(timetable.gaps_of(p) for p in people)
    timetable.put(m, t)
    after = sum(timetable.gaps_of(p) for p in people)
    timetable.take(m)
    return after - before

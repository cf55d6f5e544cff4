"""What people would rather have: meetings at times they named, and short walks from one to the next.

Walks are measured in squares of the plan, along its lines, between the meetings of a person that follow one
another in a session. Where a place is not on the plan it counts as on the way; so does a table while it is not
known which, where tables stand in several rooms.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from techfair.meetings.scheduler.instance import Goal, Point

if TYPE_CHECKING:
    from techfair.meetings.scheduler.model import Model
    from techfair.meetings.scheduler.problem import Problem
    from techfair.meetings.scheduler.timetable import Timetable

AXES = (0, 1)


def disliked(problem: "Problem") -> dict[int, dict[int, int]]:
    """For each meeting that is not fixed, by slot, how many of its people named other times; no noughts."""
    named = [
        frozenset(problem.slot[id] for id in person.preferred if id in problem.slot)
        for person in problem.instance.participants
    ]
    found = {}
    for m, people in enumerate(problem.people):
        choosy = [named[p] for p in people if named[p]]
        if choosy and m not in problem.fixed:
            counts = {t: sum(t not in slots for slots in choosy) for t in problem.options[m]}
            found[m] = {t: count for t, count in counts.items() if count}
    return {m: counts for m, counts in found.items() if counts}


def against_times(plan: "Timetable") -> int:
    """People at meetings, counted once a meeting, who named other times."""
    return sum(counts.get(plan.slot_of.get(m, -1), 0) for m, counts in plan.problem.disliked.items())


def spots(problem: "Problem") -> dict[int, Point]:
    """Where meetings are held that have one place on the plan; see Problem.venue."""
    on_plan = problem.instance.spots
    found = {m: on_plan[place] for m, place in problem.venue.items() if place in on_plan}
    if Goal.WALKS in problem.instance.goals and len({on_plan.get(table) for table in problem.instance.tables}) == 1:
        at_tables = [m for m, places in enumerate(problem.places) if places == problem.instance.tables]
        found |= {m: point for m in at_tables if (point := on_plan.get(problem.instance.tables[0]))}
    return found | _fixed_at_tables(problem)


def _fixed_at_tables(problem: "Problem") -> dict[int, Point]:
    """Meetings that stay at a table of the plan."""
    if Goal.WALKS not in problem.instance.goals:
        return {}
    fixed = [(m, places[0]) for m, places in enumerate(problem.places) if m in problem.fixed and len(places) == 1]
    return {m: problem.instance.spots[place] for m, place in fixed if place in problem.instance.spots}


def venues(problem: "Problem") -> dict[int, str]:
    """The booth of each meeting at booths: of several, where it was in the schedule in force, else the first.

    A walk is counted before places are given, so it must be sure where a meeting will be: one that could be at
    a booth that several share, or elsewhere, has none.
    """
    before = {problem.meeting.get(old.meeting, -1): old.place for old in problem.instance.previous}
    tables, ample = set(problem.instance.tables), problem.ample_booths
    return {
        m: before[m] if before.get(m) in places else places[0]
        for m, places in enumerate(problem.places)
        if not tables.intersection(places) and (len(places) == 1 or ample.issuperset(places))
    }


def walked(plan: "Timetable") -> int:
    """What all people walk."""
    return sum(walk for p in range(len(plan.busy)) for walk in walks(plan, p).values())


def walks(plan: "Timetable", p: int) -> dict[str, int]:
    """What one person walks, by session."""
    return _by_session(plan.problem, plan.busy[p])


def walk_through(problem: "Problem", busy: Mapping[int, int]) -> int:
    """What somebody walks who has these meetings, by slot."""
    return sum(_by_session(problem, busy).values())


def _by_session(problem: "Problem", busy: Mapping[int, int]) -> dict[str, int]:
    on_way: dict[str, list[Point]] = {}
    for t, m in sorted(busy.items()):
        if m in problem.spots:
            on_way.setdefault(problem.session[t], []).append(problem.spots[m])
    return {session: sum(apart(a, b) for a, b in pairwise(points)) for session, points in on_way.items()}


def apart(one: Point, other: Point) -> int:
    return sum(abs(one[axis] - other[axis]) for axis in AXES)


def extent(problem: "Problem") -> Point:
    """The farthest point, where the plan begins at 0, 0."""
    points = list(problem.spots.values())
    return max((x for x, _ in points), default=0), max((y for _, y in points), default=0)


class Walks:
    """The walks of a model's people: where each is at each time, and what lies between.

    A position is free where the person has no meeting then. By way of free ones it is never shorter, so that
    the least sum of steps is what the person walks: no Boolean for each pair of meetings is needed.
    """

    def __init__(self, model: "Model") -> None:
        self.model = model
        self.problem = model.problem
        self.reach = extent(self.problem)
        self.sessions: set[tuple[int, str]] = set()  # what is counted here, not beside the model
        self.positions: dict[tuple[int, int], list[Any]] = {}  # by person and slot, a variable for each axis
        self.steps: list[tuple[int, int, int, int, Any]] = []  # person, axis, from slot, to slot, variable
        self.total = sum(self._of(p, session) for p in model.people for session in self._moving(p))

    def _moving(self, p: int) -> list[str]:
        """The sessions in which a loose meeting of the person may be at a place of the plan."""
        loose = [m for m in self.model.people[p] if m in self.problem.spots]
        return sorted({self.problem.session[t] for m in loose for t in self.model.at[m]})

    def _of(self, p: int, session: str) -> Any:
        self.sessions.add((p, session))
        loose: dict[int, list[tuple[Any, Point]]] = {}
        for m in self.model.people[p]:
            if m in self.problem.spots:
                for t, here in self.model.at[m].items():
                    if self.problem.session[t] == session:
                        loose.setdefault(t, []).append((here, self.problem.spots[m]))
        held = {t: m for t, m in self.model.held.busy[p].items() if self.problem.session[t] == session}
        sure = {t: self.problem.spots[m] for t, m in held.items() if m in self.problem.spots}
        slots = sorted(loose.keys() | sure.keys())
        places = [[self._position(p, t, axis, loose, sure) for t in slots] for axis in AXES]
        return sum(self._step(p, axis, slots, i, places[axis]) for axis in AXES for i in range(1, len(slots)))

    def _position(
        self,
        p: int,
        t: int,
        axis: int,
        loose: Mapping[int, Sequence[tuple[Any, Point]]],
        sure: Mapping[int, Point],
    ) -> Any:
        if t in sure:
            return sure[t][axis]
        most = self.reach[axis]
        position = self.model.cp.new_int_var(0, most, "")
        self.model.cp.add(position >= sum(point[axis] * here for here, point in loose[t]))
        self.model.cp.add(position <= most - sum((most - point[axis]) * here for here, point in loose[t]))
        self.positions.setdefault((p, t), []).append(position)
        return position

    def _step(self, p: int, axis: int, slots: Sequence[int], i: int, places: Sequence[Any]) -> Any:
        before, here = places[i - 1], places[i]
        if isinstance(before, int) and isinstance(here, int):
            return abs(here - before)
        step = self.model.cp.new_int_var(0, self.reach[axis], "")
        self.model.cp.add(step >= here - before)
        self.model.cp.add(step >= before - here)
        self.steps.append((p, axis, slots[i - 1], slots[i], step))
        return step

    def most(self) -> int:
        """No two plans differ by more: nobody has more meetings than they wish for."""
        legs = sum(
            len(self.model.people[p]) + len(self.model.held.busy[p]) for p in {person for person, _ in self.sessions}
        )
        return legs * sum(self.reach)

    def hint(self, plan: "Timetable") -> None:
        """Start from a plan: who has no meeting stays where they were."""
        at = {p: self._whereabouts(plan, p) for p in {person for person, _ in self.sessions}}
        for (p, t), variables in self.positions.items():
            for axis, variable in enumerate(variables):
                self.model.cp.add_hint(variable, at[p][t][axis])
        for p, axis, before, here, step in self.steps:
            self.model.cp.add_hint(step, abs(at[p][here][axis] - at[p][before][axis]))

    def _whereabouts(self, plan: "Timetable", p: int) -> list[Point]:
        spots, session = self.problem.spots, self.problem.session
        known = [spots.get(plan.busy[p].get(t, -1)) for t in range(len(session))]
        at: list[Point] = []
        for t, point in enumerate(known):
            goes_on = bool(at) and session[t] == session[t - 1]
            at.append(point or (at[-1] if goes_on else _first(known[t:])))
        return at


def _first(points: Iterable[Point | None]) -> Point:
    return next((point for point in points if point), (0, 0))

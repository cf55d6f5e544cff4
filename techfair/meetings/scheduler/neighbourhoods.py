"""Which meetings to plan anew beside all others: some tens around what is not yet good.

The whole of a large fair is too much for one model; parts of it, each solved to its best, one after the
other, are not. A part is worth looking at where somebody waits, where a meeting could be placed or stay, or
where a table is short.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from random import Random
from typing import TypeVar

from techfair.meetings.scheduler import tables
from techfair.meetings.scheduler.instance import Goal
from techfair.meetings.scheduler.problem import Problem
from techfair.meetings.scheduler.timetable import Timetable

Key = TypeVar("Key", bound=Hashable)

SMALLEST, FIRST = 15, 40  # meetings in a neighbourhood
HOPE = 15.0
SEEDS = 3  # of the meetings left out in one neighbourhood, at most
GROWTH, SHRINKAGE = 1.12, 0.93  # when it was solved to its end without gain; when it was not solved in time


class Neighbourhoods:
    """Chooses them by a seed, and learns how many meetings a neighbourhood of each kind can hold."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem = problem
        self.random = Random(seed)  # noqa: S311, a schedule is no secret and must come out the same again
        self.movable = [m for m, slots in enumerate(problem.options) if slots and m not in problem.fixed]
        self.placeable = set(self.movable)
        self.ways: dict[str, Callable[[Timetable, int], list[int]]] = {
            "left_out": self._around_left_out,
            "moved": self._around_moved,
            "people": self._around_gaps,
            "slots": self._of_slots,
            "tables": self._of_tables,
        }
        self.hope = HOPE  # that more can be placed
        self.size = dict.fromkeys(self.ways, float(FIRST))

    def choose(self, plan: Timetable, apart_from: Collection[int]) -> tuple[str, list[int]]:
        """A way and the meetings it chose, none of which are in ``apart_from``; few or none where all are."""
        way = self._way(plan)
        size = round(self.size[way])
        chosen = self.movable if size >= len(self.movable) else self.ways[way](plan, size)
        return way, [m for m in chosen if m not in apart_from]

    def learn(self, way: str, is_solved: bool, is_better: bool) -> None:
        if way == "left_out":
            self.hope = HOPE if is_better else max(1.0, self.hope * SHRINKAGE)
        if is_solved and not is_better:
            self.size[way] = min(self.size[way] * GROWTH, float(len(self.movable)))
        elif not is_solved:
            self.size[way] = max(self.size[way] * SHRINKAGE, float(SMALLEST))

    def _way(self, plan: Timetable) -> str:
        worth = {"people": 3.0, "slots": 3.0}
        if Goal.CHANGES in self.problem.goals:
            worth["tables"] = 3.0
        if len(plan.slot_of) < len(self.movable) + len(self.problem.fixed):
            worth["left_out"] = self.hope
        if self.problem.previous:
            worth["moved"] = 6.0
        return self.random.choices(list(worth), list(worth.values()))[0]

    def _around_left_out(self, plan: Timetable, size: int) -> list[int]:
        left_out = [m for m in self.movable if m not in plan.slot_of]
        if not left_out:
            return self._around_gaps(plan, size)
        seeds = self.random.sample(left_out, min(self.random.randint(1, SEEDS), len(left_out)))
        return self._spread(seeds, dict.fromkeys(p for m in seeds for p in self.problem.people[m]), size)

    def _around_moved(self, plan: Timetable, size: int) -> list[int]:
        moved = [m for m, stays in self.problem.previous.items() if m in plan.slot_of and plan.slot_of[m] != stays]
        moved = [m for m in moved if m in self.placeable and self.problem.previous[m] is not None]
        if not moved:
            return self._around_gaps(plan, size)
        seed = self.random.choice(moved)
        return self._spread([seed], self.problem.people[seed], size)

    def _around_gaps(self, plan: Timetable, size: int) -> list[int]:
        return self._spread([], [self._who_waits(plan)], size)

    def _who_waits(self, plan: Timetable) -> int:
        gaps = [plan.gaps_of(p) for p in range(len(plan.busy))]
        if any(gaps):
            return self.random.choices(range(len(gaps)), gaps)[0]
        return self.random.randrange(len(gaps))

    def _spread(self, meetings: Iterable[int], people: Iterable[int], size: int) -> list[int]:
        """From these on to the meetings of those whom they meet, until there are enough."""
        chosen = dict.fromkeys(meetings)
        queue, seen = list(people), set(people)
        for p in queue:
            mine = [m for m in self.problem.meetings_of[p] if m in self.placeable]
            self.random.shuffle(mine)
            for m in mine:
                if len(chosen) >= size:
                    return list(chosen)
                chosen[m] = None
                fresh = [other for other in self.problem.people[m] if other not in seen]
                seen.update(fresh)
                queue.extend(fresh)
        return list(chosen)

    def _of_slots(self, plan: Timetable, size: int) -> list[int]:
        """Everything in a few slots of a session in which somebody waits: where tables are short, only a swap helps."""
        p = self._who_waits(plan)
        sessions = [self.problem.session[t] for t in plan.busy[p]] or self.problem.session
        session = self.random.choice(sessions)
        slots = [t for t, name in enumerate(self.problem.session) if name == session]
        held: dict[int, list[int]] = {t: [] for t in slots}
        for m, t in plan.slot_of.items():
            if t in held and m in self.placeable:
                held[t].append(m)
        return self._fill(held, self._from_here(slots, plan, p), size)

    def _of_tables(self, plan: Timetable, size: int) -> list[int]:
        """Everything at a few tables in a session in which somebody changes: those of one person, then any."""
        changes = [tables.changes_of(plan, p, plan.places) for p in range(len(plan.busy))]
        counts = [sum(mine.values()) for mine in changes]
        if not any(counts):
            return self._of_slots(plan, size)
        p = self.random.choices(range(len(counts)), counts)[0]
        session = self.random.choice([name for name, count in changes[p].items() if count])
        here = [m for m, t in sorted(plan.slot_of.items()) if self.problem.session[t] == session]
        here = [m for m in here if m in self.placeable and self.problem.is_at_table[m]]
        held: dict[str, list[int]] = defaultdict(list)
        for m in here:
            held[plan.places[m]].append(m)
        own = [plan.places[m] for m in here if p in self.problem.people[m]]
        others = sorted(held)
        self.random.shuffle(others)
        return self._fill(held, dict.fromkeys([*own, *others]), size)

    def _from_here(self, slots: Sequence[int], plan: Timetable, p: int) -> list[int]:
        """The slots in the order of their distance from one of the person's, or in any."""
        mine = [t for t in slots if t in plan.busy[p]]
        start = self.random.choice(mine or list(slots))
        if self.random.random() < 0.5:
            return sorted(slots, key=lambda t: (abs(t - start), t))
        others = [t for t in slots if t != start]
        self.random.shuffle(others)
        return [start, *others]

    def _fill(self, held: Mapping[Key, list[int]], keys: Iterable[Key], size: int) -> list[int]:
        chosen: list[int] = []
        for key in keys:
            if len(chosen) + len(held[key]) > size and chosen:
                break
            chosen += held[key]
        return chosen[: 4 * size]

"""The mathematical model, for CP-SAT: some meetings are to be placed, all others stay where they are.

What makes it provable at the size of a fair (after Bofill et al., JAIR 2022): one Boolean for each
person, session and *window* from their first to their last meeting there, which costs its length;
one for each idle slot proves nothing (``windows``).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from typing import Any

from ortools.sat.python import cp_model

from techfair.meetings.scheduler.changing import Changes
from techfair.meetings.scheduler.comfort import Walks, walks
from techfair.meetings.scheduler.instance import Goal
from techfair.meetings.scheduler.timetable import Timetable
from techfair.meetings.scheduler.windows import Windows

PLACING = (Goal.WEIGHT, Goal.ALONE)  # settled once every meeting is placed

LARGEST_SUM = 2**60  # what the solver can hold in one objective

Booleans = list[Any]  # of cp_model.IntVar; ortools is not typed


class Model:
    """Every plan for the ``loose`` meetings beside those that the timetable ``held`` has placed."""

    def __init__(
        self, held: Timetable, loose: Collection[int], *, all_placed: bool = False, near: Timetable | None = None
    ) -> None:
        """``all_placed`` leaves out the plans that leave out a meeting; ``near`` those in which somebody's
        window in a session grows by more than a little over what it is there.
        """
        self.near = near
        self.problem = held.problem
        self.held = held
        self.all_placed = all_placed
        self.aims_at: list[Goal] = []
        self.cp = cp_model.CpModel()
        self.at = {m: {t: self.cp.new_bool_var("") for t in self.problem.options[m] if held.can(m, t)} for m in loose}
        self._place_once()
        self._keep_people()
        self._keep_pools()
        self._keep_order()

    def _place_once(self) -> None:
        for slots in self.at.values():
            (self.cp.add_exactly_one if self.all_placed else self.cp.add_at_most_one)(slots.values())

    @cached_property
    def people(self) -> dict[int, list[int]]:
        """Who is concerned, each with their loose meetings."""
        people: dict[int, list[int]] = defaultdict(list)
        for m in self.at:
            for p in self.problem.people[m]:
                people[p].append(m)
        return people

    def busy(self, p: int) -> dict[int, Booleans]:
        """For each slot in which a person may have a loose meeting, the Booleans of those meetings."""
        busy: dict[int, Booleans] = defaultdict(list)
        for m in self.people[p]:
            for t, here in self.at[m].items():
                busy[t].append(here)
        return busy

    def _keep_people(self) -> None:
        for p, meetings in self.people.items():
            for here in self.busy(p).values():
                if len(here) > 1:
                    self.cp.add_at_most_one(here)
            quota = self.problem.quota[p]
            if quota is not None and quota - len(self.held.busy[p]) < len(meetings):
                anywhere = [here for m in meetings for here in self.at[m].values()]
                self.cp.add(sum(anywhere) <= max(0, quota - len(self.held.busy[p])))

    def _keep_pools(self) -> None:
        for number, pool in enumerate(self.problem.pools):
            wanting: dict[int, dict[int, Booleans]] = defaultdict(lambda: defaultdict(list))
            for m, slots in self.at.items():
                if (c := pool.class_of[m]) is not None:
                    for t, here in slots.items():
                        wanting[t][c].append(here)
            for t, by_class in wanting.items():
                self._keep_pool(number, t, by_class)

    def _keep_pool(self, number: int, t: int, by_class: dict[int, Booleans]) -> None:
        pool, load = self.problem.pools[number], self.held.load[number][t]
        for c, here in by_class.items():
            if len(here) + load[c] > pool.most(c, t):
                self.cp.add(sum(here) <= pool.most(c, t) - load[c])
        mixed = {c for c in range(len(load)) if (c in by_class or load[c]) and not pool.stands_alone(c)}
        if len(mixed) > 1 and not pool.holds([len(by_class.get(c, ())) + n for c, n in enumerate(load)], t):
            self._share_pool(number, t, mixed, by_class)

    def _share_pool(self, number: int, t: int, mixed: set[int], by_class: dict[int, Booleans]) -> None:
        """Members serve several classes: count how many of each kind go to each class."""
        pool, load = self.problem.pools[number], self.held.load[number][t]
        given: dict[int, Booleans] = defaultdict(list)
        for k, serves in enumerate(pool.serves):
            capacity = pool.capacity[k][t]
            shares = {c: self.cp.new_int_var(0, capacity, "") for c in serves if c in mixed and capacity}
            for c, share in shares.items():
                given[c].append(share)
            if len(shares) > 1:
                self.cp.add(sum(shares.values()) <= capacity)
        for c in mixed:
            self.cp.add(sum(by_class.get(c, ())) + load[c] <= sum(given[c]))

    def _keep_order(self) -> None:
        """For each slot: not the later meeting up to it and the earlier one from it on."""
        for m, slots in self.at.items():
            for before in self.problem.earlier[m]:
                for t in slots if before in self.at else ():
                    late = [here for u, here in slots.items() if u <= t]
                    early = [here for u, here in self.at[before].items() if u >= t]
                    self.cp.add_at_most_one(late + early)

    @cached_property
    def weight(self) -> Any:
        """The weight of the loose meetings placed."""
        return sum(self.problem.weight[m] * sum(slots.values()) for m, slots in self.at.items())

    @cached_property
    def moved(self) -> Any:
        """How many loose meetings of the schedule in force are held elsewhere or at another time."""
        previous = self.problem.previous
        return sum(
            here for m, slots in self.at.items() if m in previous for t, here in slots.items() if t != previous[m]
        )

    @cached_property
    def idle(self) -> Windows:
        """The idle slots of the people concerned, in the sessions that loose meetings can reach."""
        return Windows(self)

    @cached_property
    def alone(self) -> Any:
        """How many of the people concerned have no meeting at all."""
        return sum(self._alone(p) for p in self.people if not self.held.busy[p])

    def _alone(self, p: int) -> Any:
        alone = self.cp.new_bool_var("")
        self.cp.add_bool_or([alone, *(here for at in self.busy(p).values() for here in at)])
        self.lonely[p] = alone
        return alone

    @cached_property
    def lonely(self) -> dict[int, Any]:
        """For each person that nobody meets yet the Boolean of that; filled when it is first asked for."""
        return {}

    @cached_property
    def against_wishes(self) -> Any:
        """How many loose meetings are held at another time than was wished for them."""
        preferred = self.problem.preferred
        return sum(
            here for m, slots in self.at.items() if m in preferred for t, here in slots.items() if t not in preferred[m]
        )

    @cached_property
    def against_times(self) -> Any:
        """How many people of loose meetings would rather meet at another time."""
        disliked = self.problem.disliked
        return sum(
            disliked[m][t] * here
            for m, slots in self.at.items()
            if m in disliked
            for t, here in slots.items()
            if t in disliked[m]
        )

    @cached_property
    def walks(self) -> Walks:
        """What the people concerned walk, in the sessions that loose meetings can reach."""
        return Walks(self)

    @cached_property
    def changes(self) -> Changes:
        """How often the people concerned change table, in the sessions that loose meetings can reach."""
        return Changes(self)

    def cost(self, goal: Goal) -> Any:
        """What the goal wants little of, among the loose meetings and their people."""
        if goal is Goal.WEIGHT:
            return -self.weight
        sums = {Goal.GAPS: "idle", Goal.WALKS: "walks", Goal.CHANGES: "changes"}
        if goal in sums:
            return getattr(self, sums[goal]).total
        names = {Goal.ALONE: "alone", Goal.MOVED: "moved", Goal.WISHES: "against_wishes", Goal.TIMES: "against_times"}
        return getattr(self, names[goal])

    def elsewhere(self, goal: Goal) -> int:
        """What the plan held has of a goal beside the loose meetings and their people."""
        if goal is Goal.ALONE:
            return sum(bool(self.problem.meetings_of[p]) for p, busy in enumerate(self.held.busy) if not busy) - sum(
                not self.held.busy[p] for p in self.people
            )
        if goal is Goal.WALKS:
            theirs = [(p, *walk) for p in range(len(self.held.busy)) for walk in walks(self.held, p).items()]
            return sum(walk for p, session, walk in theirs if (p, session) not in self.walks.sessions)
        if goal is Goal.GAPS:
            return self.idle.elsewhere(self.held)
        if goal is Goal.CHANGES:
            return self.changes.elsewhere(self.held)
        return self.held.value(goal)

    def aim(self, goals: Iterable[Goal]) -> None:
        """Seek the best by several goals at once, whatever of a later one it costs to reach more of an earlier.

        Where they are too many for one sum, the last ones are left out: ``aims_at`` says what is sought.
        """
        self.aims_at = self._fitting([goal for goal in goals if not (self.all_placed and goal in PLACING)])
        total, factor = 0, 1
        for goal in reversed(self.aims_at):
            total += factor * self.cost(goal)
            factor *= 1 + self._most(goal)
        self.cp.minimize(total)

    def _fitting(self, goals: Sequence[Goal]) -> list[Goal]:
        fitting, factor = [], 1
        for goal in goals:
            factor *= 1 + self._most(goal)
            if factor > LARGEST_SUM:
                break
            fitting.append(goal)
        return fitting

    def settles(self, goals: Iterable[Goal]) -> bool:
        """Whether a plan that is proven the best of the model is so by all these goals."""
        wanted = [goal for goal in goals if not (self.all_placed and goal in PLACING)]
        return all(goal in self.aims_at for goal in wanted) and (Goal.CHANGES not in wanted or self.changes.is_exact)

    def _most(self, goal: Goal) -> int:
        """By how much two plans of the model can differ in a goal at most."""
        if goal is Goal.WEIGHT:
            return sum(self.problem.weight[m] for m in self.at)
        if goal is Goal.GAPS:
            return len(self.people) * len(self.problem.session)
        if goal is Goal.TIMES:
            return sum(max(self.problem.disliked.get(m, {0: 0}).values()) for m in self.at)
        if goal is Goal.WALKS:
            return self.walks.most()
        if goal is Goal.CHANGES:
            return self.changes.most()
        return len(self.people) if goal is Goal.ALONE else len(self.at)

    def places(self, is_true: Callable[[Any], bool]) -> dict[int, str]:
        """The tables in a plan of the solver, where ``is_true`` tells what is so; empty where they do not count."""
        return self.changes.found(is_true) if "changes" in self.__dict__ else {}

    def hint(self, timetable: Timetable) -> None:
        """Start the search from a plan that the model contains."""
        for m, slots in self.at.items():
            for t, here in slots.items():
                self.cp.add_hint(here, timetable.slot_of.get(m) == t)
        for p, alone in self.lonely.items():
            self.cp.add_hint(alone, not timetable.busy[p])
        for part in ("idle", "walks", "changes"):
            if part in self.__dict__:  # only where somebody asked for them
                getattr(self, part).hint(timetable)

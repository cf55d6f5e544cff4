"""A plan under way: which meeting is in which slot, and what that leaves free."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial

from techfair.meetings.scheduler import comfort, tables
from techfair.meetings.scheduler.instance import Goal
from techfair.meetings.scheduler.problem import Problem

Score = tuple[int, ...]  # one number a goal, in their order; of two plans the better has the greater


class Timetable:
    """Slots given to meetings so far; ``can`` keeps every hard rule, so a plan made by it breaks none."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.slot_of: dict[int, int] = {}
        self.busy: list[dict[int, int]] = [{} for _ in problem.quota]
        self.load = [[[0] * len(pool.served_by) for _ in problem.session] for pool in problem.pools]
        self._places: dict[int, str] | None = None
        for m, t in problem.fixed.items():
            self.put(m, t)

    @classmethod
    def of(cls, problem: Problem, slots: Mapping[int, int]) -> "Timetable":
        """The plan with these slots, which are known to break no rule."""
        plan = cls(problem)
        for m, t in slots.items():
            if m not in problem.fixed:
                plan.put(m, t)
        return plan

    def can(self, m: int, t: int) -> bool:
        """True if the meeting may be put there beside all others."""
        problem = self.problem
        return (
            t in problem.options[m]
            and all(t not in self.busy[p] for p in problem.people[m])
            and not self.full_people(m)
            and self.in_order(m, t)
            and all(self.is_served(pool, m, t) for pool in range(len(problem.pools)))
        )

    def full_people(self, m: int) -> list[int]:
        """Who of the meeting's people already has as many meetings as they want."""
        quota = self.problem.quota
        return [p for p in self.problem.people[m] if (most := quota[p]) is not None and len(self.busy[p]) >= most]

    def in_order(self, m: int, t: int) -> bool:
        """True if the slot is later than all that come before the meeting, earlier than all after it."""
        earlier = [self.slot_of[e] for e in self.problem.earlier[m] if e in self.slot_of]
        later = [self.slot_of[o] for o in self.problem.later[m] if o in self.slot_of]
        return all(before < t for before in earlier) and all(after > t for after in later)

    def is_served(self, number: int, m: int, t: int) -> bool:
        """True if the pool of that number (see Problem.pools) has one more for the meeting in slot t."""
        pool = self.problem.pools[number]
        c = pool.class_of[m]
        if c is None:
            return True
        counts = self.load[number][t]
        if pool.stands_alone(c):
            return counts[c] < pool.most(c, t)
        return pool.holds([count + (k == c) for k, count in enumerate(counts)], t)

    @property
    def places(self) -> Mapping[int, str]:
        """Where each meeting is held: as it was found with the plan, else given out anew."""
        if self._places is None:
            self._places = tables.given_out(self)
        return self._places

    def put(self, m: int, t: int) -> None:
        self.slot_of[m] = t
        self._places = None
        for p in self.problem.people[m]:
            self.busy[p][t] = m
        self._count(m, t, 1)

    def take(self, m: int) -> int:
        """Take a meeting out, and say where it was."""
        t = self.slot_of.pop(m)
        self._places = None
        for p in self.problem.people[m]:
            del self.busy[p][t]
        self._count(m, t, -1)
        return t

    def _count(self, m: int, t: int, change: int) -> None:
        for pool, load in zip(self.problem.pools, self.load, strict=True):
            if (c := pool.class_of[m]) is not None:
                load[t][c] += change

    def without(self, meetings: Iterable[int]) -> "Timetable":
        """The same plan with these meetings still to be placed; fixed ones stay."""
        rest = Timetable(self.problem)
        left_out = set(meetings) | set(self.problem.fixed)
        for m, t in self.slot_of.items():
            if m not in left_out:
                rest.put(m, t)
        if Goal.CHANGES in self.problem.goals:  # then the others keep their places
            rest._places = {m: place for m, place in self.places.items() if m in rest.slot_of}
        return rest

    def with_changes(
        self, slots: Mapping[int, int], loose: Collection[int], places: Mapping[int, str] | None = None
    ) -> "Timetable | None":
        """The same plan with the loose meetings at these slots; None if they do not fit beside the others.

        ``places`` are those found with the slots, the other meetings keeping theirs; taken if they are better.
        """
        changed = self.without(loose)
        kept = changed._places or {}
        for m, t in slots.items():
            if m in self.problem.fixed:
                continue
            if not changed.can(m, t):
                return None
            changed.put(m, t)
        if places:
            changed._take_better({**changed.places, **kept, **places})
        return changed

    def _take_better(self, places: dict[int, str]) -> None:
        """Take these places, unless the other plan gave one of them away meanwhile or others are no worse."""
        taken = {(t, places[m]) for m, t in self.slot_of.items()}
        if len(taken) == len(self.slot_of) and tables.changed(self, places) < self.changes():
            self._places = places

    def weight(self) -> int:
        return sum(self.problem.weight[m] for m in self.slot_of)

    def moved(self) -> int:
        """Meetings of the schedule in force that are held, but elsewhere or at another time."""
        return sum(self.slot_of.get(m, stays) != stays for m, stays in self.problem.previous.items())

    def alone(self) -> int:
        """People with wishes and without a meeting."""
        return sum(bool(wishes) and not busy for wishes, busy in zip(self.problem.meetings_of, self.busy, strict=True))

    def against_wishes(self) -> int:
        """Meetings held at another time than was wished for them."""
        return sum(m in self.slot_of and self.slot_of[m] not in slots for m, slots in self.problem.preferred.items())

    def changes(self) -> int:
        """How often somebody changes table from one meeting to the next."""
        return tables.changed(self, self.places)

    def idle(self, p: int) -> dict[str, int]:
        """Idle slots between a person's first and last meeting, by session."""
        by_session: dict[str, list[int]] = defaultdict(list)
        for t in self.busy[p]:
            by_session[self.problem.session[t]].append(t)
        return {name: max(slots) - min(slots) + 1 - len(slots) for name, slots in by_session.items()}

    def gaps_of(self, p: int) -> int:
        return sum(self.idle(p).values())

    def gaps(self) -> int:
        return sum(self.gaps_of(p) for p in range(len(self.busy)))

    def value(self, goal: Goal) -> int:
        """What the plan reaches of a goal; see there which is to be much and which few."""
        reached: dict[Goal, Callable[[], int]] = {
            Goal.WEIGHT: self.weight,
            Goal.ALONE: self.alone,
            Goal.MOVED: self.moved,
            Goal.GAPS: self.gaps,
            Goal.WISHES: self.against_wishes,
            Goal.TIMES: partial(comfort.against_times, self),
            Goal.WALKS: partial(comfort.walked, self),
            Goal.CHANGES: self.changes,
        }
        return reached[goal]()

    def score(self) -> Score:
        return tuple(self.value(goal) if goal is Goal.WEIGHT else -self.value(goal) for goal in self.problem.goals)

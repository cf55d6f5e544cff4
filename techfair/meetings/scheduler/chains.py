"""Chains of swaps: a meeting goes to another slot, whoever stands in its way there comes back for it, and so on.

Named after Kempe, who swapped colours so. The meetings of two slots form chains along the people they share, and
to swap all of one chain keeps everybody in one meeting at a time. So a plan can walk far without breaking a rule,
some ten thousand swaps a second, and each costs or saves idle slots only at the ends of its chain.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from operator import add
from random import Random

from techfair.meetings.scheduler import costs
from techfair.meetings.scheduler.costs import Move
from techfair.meetings.scheduler.instance import Goal
from techfair.meetings.scheduler.timetable import Timetable

Made = tuple[int, ...]  # by how much each goal that is counted changes, in their order

EVEN = 0.1  # how often a meeting may take the place of others of the same weight


class Chains:
    """A plan that walks by such swaps; ``weight`` and ``values``, of the goals that are counted, are kept with it."""

    def __init__(self, start: Timetable, random: Random) -> None:
        self.plan = start.without(())
        self.problem = start.problem
        self.random = random
        self.weight = start.weight()
        self.goals = costs.counted(self.problem)
        self.values = tuple(start.value(goal) for goal in self.goals)
        self._first, *self._others = map(self._cost_of, self.goals)
        self.left_out = [m for m, slots in enumerate(self.problem.options) if slots and m not in self.plan.slot_of]
        self._allowed = [_mask(slots) for slots in self.problem.options]
        self._busy = [_mask(slots) for slots in self.plan.busy]
        sessions: dict[str, int] = defaultdict(int)
        for t, name in enumerate(self.problem.session):
            sessions[name] |= 1 << t
        self._session = [sessions[name] for name in self.problem.session]
        self._counts_alone = Goal.ALONE in self.problem.goals

    def _cost_of(self, goal: Goal) -> Callable[[Move], int]:
        if goal is Goal.GAPS:
            return self.gaps_made
        others = {Goal.WISHES: costs.of_wishes, Goal.TIMES: costs.of_times, Goal.WALKS: costs.of_walks}
        return partial(others[goal], self.plan)

    def swap(self, m: int, to: int) -> tuple[Move, Made] | None:
        """The chain by which a placed meeting gets to a slot, and what that makes; None if somebody cannot."""
        chain = self._chain(m, self.plan.slot_of[m], to)
        return None if chain is None else (chain, self.made(chain))

    def made(self, move: Move) -> Made:
        """By how much the move changes what the plan has of each goal."""
        if self._others:
            return (self._first(move), *[cost(move) for cost in self._others])
        return (self._first(move),)  # most often, and ten thousand times a second

    def entrance(self, m: int) -> Move | None:
        """How one that is left out could get in somewhere: by a chain, or instead of others that weigh no more."""
        to = self.random.choice(self.problem.options[m])
        move = None if self.plan.full_people(m) else self._entering_chain(m, to)
        if move is None or not self.is_allowed(move):
            move = self._instead(m, to)
        return move if move is not None and self.is_allowed(move) else None

    def _chain(self, m: int, of: int, to: int) -> dict[int, int | None] | None:
        busy, people, allowed = self.plan.busy, self.problem.people, self._allowed
        goes: Move = {m: to}
        queue = [(m, to, of)]
        for x, there, back in queue:
            if not allowed[x] >> there & 1:
                return None
            for p in people[x]:
                y = busy[p].get(there)
                if y is not None and y not in goes:
                    goes[y] = back
                    queue.append((y, back, there))
        return goes

    def _entering_chain(self, m: int, to: int) -> Move | None:
        """Those in the way go to some other slot; the chain must not come back to the meeting's own people."""
        other = self.random.randrange(len(self._session))
        chain = self._chain(m, other, to) if other != to else None
        if chain is None or any(self.plan.busy[p].get(other) in chain for p in self.problem.people[m]):
            return None
        return chain

    def _instead(self, m: int, to: int) -> Move | None:
        problem, busy = self.problem, self.plan.busy
        out = {busy[p][to] for p in problem.people[m] if to in busy[p]}
        lost = sum(problem.weight[y] for y in out)
        if lost > problem.weight[m] or (lost == problem.weight[m] and self.random.random() > EVEN):
            return None
        if not out.isdisjoint(problem.fixed) or self._leaves_alone(out) or self._is_too_much(m, out):
            return None
        return {m: to, **dict.fromkeys(sorted(out))}

    def _leaves_alone(self, out: set[int]) -> bool:
        return self._counts_alone and any(len(self.plan.busy[p]) <= 1 for y in out for p in self.problem.people[y])

    def _is_too_much(self, m: int, out: set[int]) -> bool:
        return any(all(p not in self.problem.people[y] for y in out) for p in self.plan.full_people(m))

    def gaps_made(self, move: Move) -> int:
        """How many idle slots more than now, or fewer, the move makes."""
        flips, slots = self._flips(move)
        sessions = {self._session[t] for t in slots}
        busy = self._busy
        return sum(
            _idle((busy[p] ^ flip) & session) - _idle(busy[p] & session)
            for p, flip in flips.items()
            if flip
            for session in sessions
        )

    def _flips(self, move: Move) -> tuple[dict[int, int], set[int]]:
        """For each person the slots that become free or busy, as bits; and all slots concerned."""
        slot_of, people = self.plan.slot_of, self.problem.people
        flips: dict[int, int] = {}
        slots: set[int] = set()
        for m, to in move.items():
            bits = 0
            for t in (slot_of.get(m), to):
                if t is not None:
                    bits ^= 1 << t
                    slots.add(t)
            for p in people[m]:
                flips[p] = flips.get(p, 0) ^ bits
        return flips, slots

    def is_allowed(self, move: Move) -> bool:
        """True if there are places and interpreters for it, and what must come later does."""
        return self._keeps_order(move) and all(self._is_served(number, move) for number in range(len(self.plan.load)))

    def _is_served(self, number: int, move: Move) -> bool:
        pool, load, slot_of = self.problem.pools[number], self.plan.load[number], self.plan.slot_of
        counts: dict[int, list[int]] = {}
        for m, to in move.items():
            if (c := pool.class_of[m]) is not None:
                for t, change in ((slot_of.get(m), -1), (to, 1)):
                    if t is not None:
                        counts.setdefault(t, load[t].copy())[c] += change
        return all(now == load[t] or pool.holds(now, t) for t, now in counts.items())

    def _keeps_order(self, move: Move) -> bool:
        for m, to in move.items():
            if to is not None and (self.problem.earlier[m] or self.problem.later[m]):
                if any(t is not None and t >= to for t in self._slots(self.problem.earlier[m], move)):
                    return False
                if any(t is not None and t <= to for t in self._slots(self.problem.later[m], move)):
                    return False
        return True

    def _slots(self, meetings: Mapping[int, int] | tuple[int, ...] | list[int], move: Move) -> list[int | None]:
        return [move[m] if m in move else self.plan.slot_of.get(m) for m in meetings]

    def go(self, move: Move, made: Made) -> None:
        """Make a move that is allowed."""
        flips, _ = self._flips(move)
        held = [m for m in move if m in self.plan.slot_of]
        for m in held:
            self.plan.take(m)
        for m, to in move.items():
            if to is not None:
                self.plan.put(m, to)
        for p, flip in flips.items():
            self._busy[p] ^= flip
        self.values = tuple(map(add, self.values, made))
        if len(held) < len(move):
            self._count(move)

    def _count(self, move: Move) -> None:
        out = [m for m, to in move.items() if to is None]
        self.left_out = [m for m in self.left_out if m not in move] + out
        self.weight = self.plan.weight()


def _mask(slots: Mapping[int, int] | tuple[int, ...]) -> int:
    return sum(1 << t for t in slots)


def _idle(busy: int) -> int:
    """Idle slots between the first and the last, of slots given as bits."""
    return busy.bit_length() - (busy & -busy).bit_length() + 1 - busy.bit_count() if busy else 0

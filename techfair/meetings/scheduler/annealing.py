"""Annealing: a plan walks by chains of swaps, at first nearly anywhere, then ever less uphill, until it settles.

A minute of it in plain Python betters most days to their optimum or near it, from wherever it starts; what
remains is for the neighbourhoods. It counts its steps, never the clock, and goes the same way for the same seed.
"""

import math
from collections.abc import Iterator
from operator import mul, neg
from random import Random

from techfair.meetings.scheduler import costs, greedy
from techfair.meetings.scheduler.chains import Chains
from techfair.meetings.scheduler.problem import Problem
from techfair.meetings.scheduler.timetable import Timetable

HOT, COLD = 0.4, 0.1  # of the first goal that a step may cost, with a chance of one in e
ENTERING, LEAST_ENTERING = 0.2, 0.01  # so many of the steps try to place one that is left out
FORGETTING = 0.9995  # what remains of that share after a try in vain
SLICE = 1000  # steps between two looks of the caller


def is_apt(problem: Problem) -> bool:
    """True where more counts than placing; where meetings should stay, walking far is no help."""
    return bool(costs.counted(problem)) and not problem.previous


def cool(start: Timetable, random: Random, steps: int, hot: float = HOT) -> Iterator[Timetable | None]:
    """After each slice of the steps the best plan so far if the slice brought a better one, else None."""
    walk = Walk(start, random)
    cold = COLD * costs.STEEP ** (1 - len(walk.factors))  # the goals settle one after the other, in their order
    for done in range(0, steps, SLICE):
        walk.steps(hot * (cold / hot) ** (done / steps))
        yield walk.take_best()


class Walk:
    """One walk from hot to cold, and the best plan on its way."""

    def __init__(self, start: Timetable, random: Random) -> None:
        self.chains = Chains(start, random)
        self.random = random
        problem = self.problem = start.problem
        self.movable = [m for m, slots in enumerate(problem.options) if len(slots) > 1]
        self.factors = costs.factors(problem)
        self.score = self._score()
        self.best: dict[int, int] | None = None
        self.entering = ENTERING

    def take_best(self) -> Timetable | None:
        """The best plan since it was last asked for, with whatever else still fits into it."""
        best, self.best = self.best, None
        if best is None:
            return None
        plan = Timetable.of(self.problem, best)
        greedy.fill(plan)  # what gave its place to another may fit elsewhere
        return plan

    def steps(self, heat: float, count: int = SLICE) -> None:
        chance = self.random.random
        for _ in range(count if self.movable else 0):
            if self.chains.left_out and chance() < self.entering:
                self._enter()
            else:
                self._swap(heat)

    def _swap(self, heat: float) -> None:
        chains, chance = self.chains, self.random.random
        m = self.movable[int(chance() * len(self.movable))]
        options = self.problem.options[m]
        to = options[int(chance() * len(options))]
        if chains.plan.slot_of.get(m, to) == to:
            return
        found = chains.swap(m, to)
        if found is None:
            return
        move, made = found
        cost: float = sum(map(mul, self.factors, made)) if len(made) > 1 else made[0]  # the usual one counts whole
        if (cost <= 0 or chance() < math.exp(-cost / heat)) and chains.is_allowed(move):
            chains.go(move, made)
            self._note()

    def _enter(self) -> None:
        before = self.chains.weight
        move = self.chains.entrance(self.random.choice(self.chains.left_out))
        if move is not None:
            self.chains.go(move, self.chains.made(move))
            self._note()
        is_better = self.chains.weight > before
        self.entering = ENTERING if is_better else max(LEAST_ENTERING, self.entering * FORGETTING)

    def _score(self) -> tuple[int, ...]:
        return (self.chains.weight, *map(neg, self.chains.values))

    def _note(self) -> None:
        score = self._score()
        if score > self.score:
            self.score, self.best = score, dict(self.chains.plan.slot_of)

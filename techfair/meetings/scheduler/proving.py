"""Bounds: what no schedule can better, found beside the search by the model of the whole."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from techfair.meetings.scheduler import bounding, changing, search, tables
from techfair.meetings.scheduler.instance import Goal
from techfair.meetings.scheduler.model import PLACING, Model
from techfair.meetings.scheduler.problem import Problem
from techfair.meetings.scheduler.search import Effort, Way
from techfair.meetings.scheduler.timetable import Timetable

BEAT = 0.05  # seconds between two looks whether the goals before are settled
LARGE, HARD = 60_000, 12_000  # of times for meetings
LARGEST = {goal: LARGE if goal in (Goal.WEIGHT, Goal.ALONE, Goal.MOVED) else HARD for goal in Goal}


class Prover(threading.Thread):
    """Proves goal after goal for a plan that the search betters meanwhile.

    ``bound`` holds what is proven so far. ``plan`` is one that is proven the best in all goals, where the
    prover came upon it itself; the search goes its own way, lest the schedule depend on which was faster.
    """

    def __init__(self, problem: Problem, best: Callable[[], Timetable], effort: Effort) -> None:
        super().__init__(daemon=True)
        self.problem = problem
        self.best = best
        self.ended = threading.Event()
        self.effort = effort
        self.bound = {goal: trivial(problem, goal) for goal in problem.goals}
        self.plan: Timetable | None = None

    def settled(self, goal: Goal) -> bool:
        """Whether the best plan so far is proven to be the best by this goal, given those before it."""
        return self.best().value(goal) == self.bound[goal]

    def is_optimal(self) -> bool:
        return all(self.settled(goal) for goal in self.problem.goals)

    def run(self) -> None:
        self._relax()
        times = sum(map(len, self.problem.options))
        for goal in self.problem.goals:
            if goal is Goal.CHANGES:
                self.bound[goal] = max(self.bound[goal], tables.least(self.best()))
            if self.settled(goal):
                continue
            if times > LARGEST[goal] or self.ended.is_set():
                return
            self._prove(goal)
            while not self.settled(goal):
                if self.ended.wait(BEAT):
                    return

    def _relax(self) -> None:
        if Goal.WEIGHT in self.bound and not self.settled(Goal.WEIGHT):
            most = bounding.most_weight(self.problem)
            if most is not None:
                self.bound[Goal.WEIGHT] = min(self.bound[Goal.WEIGHT], most)

    def _prove(self, goal: Goal) -> None:
        model = self._whole(goal)
        if goal is Goal.CHANGES and not changing.fits(model):
            return
        model.cp.minimize(model.cost(goal))
        model.hint(self.best())
        elsewhere = model.elsewhere(goal)  # the model must have its objective for that
        rise = Rise(self._processor_time)

        def note(_: float | None, bound: float | None) -> None:
            if bound is not None and math.isfinite(bound):
                rise.note(bound)
                self._note(goal, bound, elsewhere)

        result = search.run(model, self._effort(rise), note, Way.BOUND)
        if result.objective is not None:  # without a plan its bound means nothing
            note(None, result.bound)
        if result.proven and goal is self.problem.goals[-1]:
            self.plan = model.held.with_changes(result.slot_of, (), result.places)

    def _processor_time(self) -> float:
        """What the proof has had of the processor, which it may share with much else."""
        return time.clock_gettime(time.pthread_getcpuclockid(self.ident or threading.get_ident()))

    def _effort(self, rise: "Rise") -> Effort:
        ends = self.effort.should_stop
        return replace(self.effort, should_stop=lambda: self.ended.is_set() or ends() or rise.is_over())

    def _whole(self, goal: Goal) -> Model:
        """All plans that are as good as the best in the goals before this one."""
        best = self.best()
        held = best.without(range(len(self.problem.weight)))
        loose = [m for m, slots in enumerate(self.problem.options) if slots and m not in held.slot_of]
        everything = all(m in best.slot_of for m in loose)
        model = Model(held, loose, all_placed=everything and goal not in PLACING)
        for before in self.problem.goals[: self.problem.goals.index(goal)]:
            is_sure = model.all_placed and before in PLACING
            if not is_sure and (before is not Goal.CHANGES or changing.fits(model)):
                sign = -1 if before is Goal.WEIGHT else 1
                model.cp.add(model.cost(before) <= sign * (best.value(before) - model.elsewhere(before)))
        return model

    def _note(self, goal: Goal, bound: float, elsewhere: int) -> None:
        proven = math.ceil(bound - 1e-6)
        if goal is Goal.WEIGHT:
            self.bound[goal] = min(self.bound[goal], elsewhere - proven)
        else:
            self.bound[goal] = max(self.bound[goal], elsewhere + proven)


class Rise:
    """When a bound rose last: one that has stood for long is likely to stand, and the search has use for the time."""

    PATIENCE, SHARE = 5.0, 3.0  # so many seconds, and so many times as long as it took to rise

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.began = self.rose = clock()
        self.bound = -math.inf

    def note(self, bound: float) -> None:
        if bound > self.bound:
            self.bound, self.rose = bound, self.clock()

    def is_over(self) -> bool:
        has_begun = math.isfinite(self.bound)
        return has_begun and self.clock() - self.rose > self.PATIENCE + self.SHARE * (self.rose - self.began)


def trivial(problem: Problem, goal: Goal) -> int:
    """What follows if only people's own time were short."""
    if goal is Goal.WEIGHT:
        return sum(weight for weight, slots in zip(problem.weight, problem.options, strict=True) if slots)
    if goal is Goal.ALONE:
        return sum(bool(mine) and not any(problem.options[m] for m in mine) for mine in problem.meetings_of)
    return 0

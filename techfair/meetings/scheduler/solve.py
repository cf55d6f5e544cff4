"""From an instance to the best schedule found, with what is proven about it."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Literal

from techfair.meetings.scheduler import checks, greedy, naming, reasons
from techfair.meetings.scheduler.instance import Bound, Figures, Instance, Schedule
from techfair.meetings.scheduler.problem import Problem
from techfair.meetings.scheduler.timetable import Timetable

if TYPE_CHECKING:  # loading OR-Tools takes a second and much memory: only when solving
    from techfair.meetings.scheduler.model import Model
    from techfair.meetings.scheduler.search import Effort, Result

Goal = Literal["weight", "moved", "gaps"]

WEIGHING = 0.4  # of what is left may go into placing more, when gaps come after


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop. ``work`` counts CP-SAT's deterministic time, which is the same on every machine.

    The same instance, seed and workers give the same schedule where the run ends by proof or by work.
    """

    seconds: float = 60.0
    work: float = math.inf
    workers: int = 8
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: the best schedule so far, and what is proven."""

    goal: Goal
    figures: Figures
    bound: Bound
    seconds: float


def solve(
    instance: Instance,
    limits: Limits = Limits(),
    *,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Schedule:
    """The best schedule found within the limits: most weight, then fewest moves, then fewest gaps.

    It breaks no hard rule and is at least as good as a greedy one, however early it is stopped.
    ``on_progress`` is called several times a second, from another thread; ``should_stop`` as often.

    Raises ImpossibleInstance, before any search, if the instance contradicts itself.
    """
    checks.require_possible(instance)
    run = Run(Problem(instance), limits, on_progress or _ignore, should_stop or _never)
    run.improve()
    return run.schedule()


def _ignore(_: Progress) -> None:
    return None


def _never() -> bool:
    return False


@dataclass
class Run:
    """One run of the planner: the best plan so far, and a bound for each goal."""

    problem: Problem
    limits: Limits
    on_progress: Callable[[Progress], None]
    should_stop: Callable[[], bool]
    started: float = field(default_factory=time.monotonic)
    work_done: float = 0.0

    def __post_init__(self) -> None:
        self.best = greedy.plan(self.problem)
        self.bound: dict[Goal, int] = {"weight": self._weight_at_most(), "moved": 0, "gaps": 0}

    @property
    def goals(self) -> tuple[Goal, ...]:
        return ("weight", "moved", "gaps") if self.problem.previous else ("weight", "gaps")

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def improve(self) -> None:
        """One goal after the other; each holds what was reached for those before it."""
        for goal in self.goals:
            self._tell(goal)
            if self.value(goal) != self.bound[goal] and not self._is_over():
                self._pursue(goal)

    def value(self, goal: Goal) -> int:
        return {"weight": self.best.weight, "moved": self.best.moved, "gaps": self.best.gaps}[goal]()

    def _is_over(self) -> bool:
        return self.should_stop() or self.seconds >= self.limits.seconds or self.work_done >= self.limits.work

    def _pursue(self, goal: Goal) -> None:
        from techfair.meetings.scheduler import search

        model = self._model(goal)
        result = search.run(model, self._effort(goal), partial(self._tell_of, goal))
        self.work_done += result.work
        self._keep(model, goal, result)

    def _model(self, goal: Goal) -> "Model":
        """All plans that are as good as the best one in the goals before this one."""
        from techfair.meetings.scheduler.model import Model

        held = self.best.without(range(len(self.problem.weight)))
        loose = [m for m, slots in enumerate(self.problem.options) if slots and m not in held.slot_of]
        everything = goal != "weight" and len(self.best.slot_of) == len(held.slot_of) + len(loose)
        model = Model(held, loose, all_placed=everything)
        if goal != "weight" and not everything:
            model.cp.add(model.weight >= self.value("weight") - held.weight())
        if goal == "gaps" and self.problem.previous:
            model.cp.add(model.moved <= self.value("moved") - held.moved())
        if goal == "weight":
            model.cp.maximize(model.weight)
        else:
            model.cp.minimize(model.moved if goal == "moved" else model.gaps)
        model.hint(self.best)
        return model

    def _effort(self, goal: Goal) -> "Effort":
        from techfair.meetings.scheduler.search import Effort

        share = 1.0 if goal == "gaps" else WEIGHING
        return Effort(
            seconds=(self.limits.seconds - self.seconds) * share,
            work=(self.limits.work - self.work_done) * share,
            workers=self.limits.workers,
            seed=self.limits.seed,
            should_stop=self.should_stop,
        )

    def _keep(self, model: "Model", goal: Goal, result: "Result") -> None:
        """Take the plan if it is better, and the bound, which the model gives for its loose meetings only."""
        if result.objective is None:
            return
        found = Timetable(self.problem)
        for m, t in (model.held.slot_of | result.slot_of).items():
            if m not in found.slot_of:
                found.put(m, t)
        if found.score() > self.best.score():
            self.best = found
        elsewhere = getattr(found, goal)() - result.objective
        if goal == "weight":
            self.bound[goal] = min(self.bound[goal], math.floor(result.bound + 1e-6) + elsewhere)
        else:
            self.bound[goal] = max(self.bound[goal], math.ceil(result.bound - 1e-6) + elsewhere)

    def _weight_at_most(self) -> int:
        """What could be placed if only people's own time were short."""
        loose = zip(self.problem.weight, self.problem.options, strict=True)
        return sum(weight for weight, slots in loose if slots)

    def _tell_of(self, goal: Goal, reached: float | None, bound: float | None) -> None:
        self._tell(goal)

    def _tell(self, goal: Goal) -> None:
        self.on_progress(Progress(goal, self.figures(), self._proven(), self.seconds))

    def figures(self) -> Figures:
        best = self.best
        return Figures(len(best.slot_of), len(self.problem.weight), best.weight(), best.moved(), best.gaps())

    def _proven(self) -> Bound:
        return Bound(self.bound["weight"], self.bound["moved"] if self.problem.previous else None, self.bound["gaps"])

    def schedule(self) -> Schedule:
        named = naming.assignments(self.best)
        optimal = all(self.value(goal) == self.bound[goal] for goal in self.goals)
        return Schedule(
            instance=self.problem.instance.name,
            status="optimal" if optimal else "feasible",
            bound=self._proven(),
            figures=self.figures(),
            seconds=round(self.seconds, 3),
            assignments=named,
            unplaced=reasons.unplaced(self.best),
        )

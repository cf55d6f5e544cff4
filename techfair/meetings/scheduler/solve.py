"""From an instance to the best schedule found, with what is proven about it."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from techfair.meetings.scheduler import checks, greedy, naming, reasons, tables
from techfair.meetings.scheduler.instance import Bound, Figures, Goal, Instance, Schedule
from techfair.meetings.scheduler.problem import Problem
from techfair.meetings.scheduler.timetable import Timetable

if TYPE_CHECKING:  # loading OR-Tools takes a second and much memory: only when solving
    from techfair.meetings.scheduler.improving import Improver
    from techfair.meetings.scheduler.proving import Prover
    from techfair.meetings.scheduler.search import Effort

BEAT = 0.25  # seconds between two reports
SEATING = 0.5  # deterministic work, beside all other, for few changes of table where they count last


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop. ``work`` counts the search's deterministic time, which is the same on every machine.

    The same instance, seed and workers give the same schedule where the run ends by proof or by work. One
    worker more than those of the search proves beside them.
    """

    seconds: float = 60.0
    work: float = math.inf
    workers: int = 8
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: the best schedule so far, and what is proven; ``goal`` of ``goals`` is what is sought now."""

    goal: Goal
    goals: tuple[Goal, ...]
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
    """The best schedule found within the limits, by the instance's goals in their order.

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
    """One run of the planner: a first plan, its betterment, and beside it the proof of what cannot be bettered."""

    problem: Problem
    limits: Limits
    on_progress: Callable[[Progress], None]
    should_stop: Callable[[], bool]
    started: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.best = greedy.plan(self.problem)
        self.bound: dict[Goal, int] = {}

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def improve(self) -> None:
        """Search and prove until one of them is done, or time, work or patience are at their end."""
        from techfair.meetings.scheduler.improving import Improver
        from techfair.meetings.scheduler.proving import Prover
        from techfair.meetings.scheduler.search import Effort

        def effort(work: float = math.inf) -> Effort:
            return Effort(self.limits.seconds - self.seconds, work, self.limits.seed, self.should_stop)

        improver = Improver(self.problem, self.best, self.limits.seed, self.limits.workers)
        prover = Prover(self.problem, lambda: improver.best, effort())
        self._tell(improver, prover)
        if not self._is_over(improver, prover):
            improver.step(effort(self.limits.work))
        if not self._is_over(improver, prover):
            self._search_and_prove(improver, prover, lambda: effort(self.limits.work - improver.work))
        self._end(improver, prover)
        if self.problem.seats_last:
            self._seat(lambda: effort(min(SEATING, self.limits.work)))

    def _search_and_prove(self, improver: "Improver", prover: "Prover", effort: Callable[[], "Effort"]) -> None:
        """The proof begins with the first plan that was annealed: it takes far longer from a bad one."""

        def is_over() -> bool:
            return self._is_over(improver, prover)

        told = threading.Thread(target=self._tell_on, args=(improver, prover), daemon=True)
        told.start()
        try:
            improver.begin(is_over)
            prover.start()
            improver.run(effort, is_over, lambda: prover.bound)
        finally:
            prover.ended.set()
            if prover.ident is not None:  # it was started
                prover.join()
            told.join()

    def _is_over(self, improver: "Improver", prover: "Prover") -> bool:
        return (
            improver.is_proven
            or prover.is_optimal()
            or self.should_stop()
            or self.seconds >= self.limits.seconds
            or improver.work >= self.limits.work
        )

    def _end(self, improver: "Improver", prover: "Prover") -> None:
        """Take what was found. A plan of the prover's own is the last resort: it may depend on who was faster."""
        self.best = improver.best
        if prover.plan is not None and prover.plan.score() > self.best.score() and math.isinf(self.limits.work):
            self.best = prover.plan
        self.bound = dict(prover.bound)
        if improver.is_proven:
            self.bound = {goal: self.best.value(goal) for goal in self.problem.goals}
        elif Goal.CHANGES in self.bound:
            self.bound[Goal.CHANGES] = max(self.bound[Goal.CHANGES], tables.least(self.best))
        self._tell(improver, prover)

    def _seat(self, effort: Callable[[], "Effort"]) -> None:
        """Few changes of table where they count last: plans as good in all else with fewer, and what is proven."""
        from techfair.meetings.scheduler.improving import Improver

        self.problem = self.problem.with_seats()
        best = Timetable.of(self.problem, self.best.slot_of)
        improver = Improver(self.problem, best, self.limits.seed, self.limits.workers)
        self.bound[Goal.CHANGES] = tables.least(best)
        while not improver.is_proven and improver.best.changes() > self.bound[Goal.CHANGES]:
            left = effort()
            if left.seconds <= 0 or left.should_stop() or improver.work >= left.work:
                break
            improver.step(left)
        self.best = improver.best
        if improver.is_proven:
            self.bound |= {goal: self.best.value(goal) for goal in self.problem.goals}

    def _tell_on(self, improver: "Improver", prover: "Prover") -> None:
        while not prover.ended.wait(BEAT):
            self._tell(improver, prover)

    def _tell(self, improver: "Improver", prover: "Prover") -> None:
        goal = next((goal for goal in self.problem.goals if not prover.settled(goal)), self.problem.goals[-1])
        bound = self.bound or prover.bound
        self.on_progress(Progress(goal, self.problem.goals, figures(improver.best), proven(bound), self.seconds))

    def schedule(self) -> Schedule:
        optimal = all(self.best.value(goal) == self.bound[goal] for goal in self.problem.goals)
        return Schedule(
            instance=self.problem.instance.name,
            status="optimal" if optimal else "feasible",
            bound=proven(self.bound),
            figures=figures(self.best),
            seconds=round(self.seconds, 3),
            goals=self.problem.goals,
            assignments=naming.assignments(self.best),
            unplaced=reasons.unplaced(self.best),
        )


def figures(plan: Timetable) -> Figures:
    meetings = len(plan.problem.weight)
    rest = [plan.value(goal) for goal in (Goal.ALONE, Goal.WISHES, Goal.TIMES, Goal.WALKS)]
    if Goal.CHANGES in plan.problem.goals:  # else tables are not given out yet, or do not matter
        rest.append(plan.changes())
    return Figures(len(plan.slot_of), meetings, plan.weight(), plan.moved(), plan.gaps(), *rest)


def proven(bound: dict[Goal, int]) -> Bound:
    return Bound(**{goal.value: value for goal, value in bound.items()})

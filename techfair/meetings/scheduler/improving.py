"""Bettering a plan in turns: it is annealed as a whole, then bettered part by part.

Of the parts each, a neighbourhood, is solved to its best beside all other meetings, several at a time.

The order of steps depends on the seed and on deterministic work alone, never on the clock, so that the same
run goes the same way again however fast the machine is.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from random import Random

from techfair.meetings.scheduler import annealing, changing, compact, search
from techfair.meetings.scheduler.instance import Goal
from techfair.meetings.scheduler.model import Model
from techfair.meetings.scheduler.neighbourhoods import Neighbourhoods
from techfair.meetings.scheduler.problem import Problem
from techfair.meetings.scheduler.search import Effort, Result
from techfair.meetings.scheduler.timetable import Timetable

WORK = 0.25  # deterministic time for one neighbourhood
PATIENCE = 12  # steps without gain after which a neighbourhood may take twice as long
MOST_WORK = 16.0
SPARE = 0.02  # of the meetings that can stay, so many may move that more can be placed
STEP_WORK, WALKING = 5e-6, 6  # of deterministic time for a step of annealing, as long as it takes; where walks count
STEPS, MOST_STEPS = 200, 1_500_000  # of annealing at first for one meeting, and at most in one turn
COOLER, COOLEST = 0.8, 0.2  # where a longest turn was in vain, the next begins cooler, down to this
SHARE = 0.25  # of the next turn's work so much for neighbourhoods; one share more for each turn in vain
LANES = 4  # neighbourhoods solved at a time, at most


@dataclass(frozen=True, slots=True)
class Part:
    """A neighbourhood with its model."""

    way: str
    loose: list[int]
    model: Model


class Improver:
    """Steps from a plan to better ones; ``best`` is the first of those with the best score, ``work`` what it took."""

    def __init__(self, problem: Problem, start: Timetable, seed: int, workers: int) -> None:
        self.problem = problem
        self.start = self.best = self.plan = start  # the plan wanders among equally good ones
        self.seed = seed
        self.lanes = max(1, min(LANES, workers))
        self.neighbourhoods = Neighbourhoods(problem, seed)
        stays = list(problem.previous.values())
        self.most_moved = stays.count(None) + int(SPARE * (len(stays) - stays.count(None)))
        self.work = 0.0
        self.steps = self.idle_steps = 0
        self.is_proven = not self.neighbourhoods.movable
        self.random = Random(seed)  # noqa: S311, a schedule is no secret and must come out the same again
        self.anneals = annealing.is_apt(problem)
        self.anneal_steps = min(STEPS * len(problem.weight), MOST_STEPS)
        self.step_work = STEP_WORK * (WALKING if Goal.WALKS in problem.goals else 1)
        self.hot = annealing.HOT
        self.turns = self.turns_in_vain = 0

    def begin(self, is_over: Callable[[], bool]) -> None:
        """The first turn of annealing, before a proof runs beside it."""
        if self.anneals:
            self._anneal(is_over)

    def run(
        self, effort: Callable[[], Effort], is_over: Callable[[], bool], bound: Callable[[], Mapping[Goal, int]]
    ) -> None:
        """Better the plan until it is proven the best or the run is over; ``bound`` tells what is proven."""
        with ThreadPoolExecutor(max_workers=self.lanes + 1) as lanes:
            probe = compact.Probe(self.problem, lanes, lambda: is_over() or bound()[Goal.GAPS] > 0)
            while not self.is_proven and not is_over():
                self._better_parts(effort, is_over, lanes)
                if self.anneals:
                    self._anneal(is_over)
                if (found := probe.look(self.work, effort())) is not None:
                    self._go_on_from(found)

    def _better_parts(
        self, effort: Callable[[], Effort], is_over: Callable[[], bool], lanes: ThreadPoolExecutor
    ) -> None:
        """One turn of neighbourhoods."""
        until = self.work + SHARE * (1 + self.turns_in_vain) * self.anneal_steps * self.step_work
        while not self.is_proven and not is_over() and self.work < until:
            self.step(effort(), lanes)

    def _go_on_from(self, found: Timetable) -> None:
        if found.score() > self.best.score():
            self.best = self.plan = found

    def _anneal(self, is_over: Callable[[], bool]) -> None:
        """One turn of annealing; every other is twice as long; after one in vain a short one begins anew."""
        before = self.best
        anew = self.turns_in_vain and self.anneal_steps < MOST_STEPS
        for found in annealing.cool(self.start if anew else self.plan, self.random, self.anneal_steps, self.hot):
            self.work += annealing.SLICE * self.step_work
            if found is not None:
                self._go_on_from(found)
            if is_over():
                return
        self.turns_in_vain = 0 if self.best is not before else self.turns_in_vain + 1
        if self.turns_in_vain and self.anneal_steps == MOST_STEPS:
            self.hot = max(COOLEST, self.hot * COOLER)
        self.turns += 1
        if self.turns % 2 == 0:
            self.anneal_steps = min(2 * self.anneal_steps, MOST_STEPS)

    def step(self, effort: Effort, lanes: ThreadPoolExecutor | None = None) -> None:
        """Solve some neighbourhoods, one where there are no threads for more, and go on from what is found."""
        parts = self._parts(self.lanes if lanes else 1)
        models, efforts = [part.model for part in parts], self._efforts(effort, len(parts))
        found = (lanes.map if lanes else map)(search.run, models, efforts)
        before = self.best
        for part, result in zip(parts, list(found), strict=True):
            self._take(part, result)
        self.steps += 1
        self.idle_steps = 0 if self.best is not before else self.idle_steps + 1

    def _parts(self, count: int) -> list[Part]:
        taken: set[int] = set()
        parts = []
        for _ in range(count):
            way, loose = self.neighbourhoods.choose(self.plan, taken)
            if loose:
                taken.update(loose)
                parts.append(Part(way, loose, self._model(way, loose)))
        return parts

    def _model(self, way: str, loose: list[int]) -> Model:
        is_whole = len(loose) == len(self.neighbourhoods.movable)
        everything = all(m in self.plan.slot_of for m in loose)
        model = Model(self.plan.without(loose), loose, all_placed=everything)
        if not is_whole or (Goal.CHANGES in self.problem.goals and not changing.fits(model)):
            model.near = self.plan
        if self.problem.previous and not is_whole:
            moved = self.plan.moved() - model.held.moved()
            model.cp.add(model.moved <= max(moved, self.most_moved - model.held.moved()))
        looks_at_gaps = is_whole or way != "left_out"  # without them a place for one left out is sooner found
        model.aim([goal for goal in self.problem.goals if looks_at_gaps or goal is not Goal.GAPS])
        model.hint(self.plan)
        return model

    def _efforts(self, effort: Effort, count: int) -> list[Effort]:
        work = min(WORK * 2 ** (self.idle_steps // PATIENCE), MOST_WORK, effort.work)
        first = self.seed * 1_000_003 + self.steps * LANES
        return [replace(effort, work=work, seed=(first + lane) % 2**31) for lane in range(count)]

    def _take(self, part: Part, result: Result) -> None:
        """Go on from what was found if it is no worse; another lane may have taken a place that it needs."""
        self.work += result.work
        found = (
            self.plan.with_changes(result.slot_of, part.loose, result.places) if result.objective is not None else None
        )
        if found is not None and found.score() >= self.plan.score():
            self.plan = found
        is_better = self.plan.score() > self.best.score()
        self.best = self.plan if is_better else self.best
        is_whole = len(part.loose) == len(self.neighbourhoods.movable)
        self.is_proven |= result.proven and is_whole and part.model.settles(self.problem.goals)
        self.neighbourhoods.learn(part.way, result.proven, is_better)

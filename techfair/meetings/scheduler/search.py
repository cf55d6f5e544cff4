"""One run of CP-SAT: limits in, the best plan found and what was proven out."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ortools.sat.python import cp_model

from techfair.meetings.scheduler.model import Model

BEAT = 0.1  # seconds between two looks at the clock and at whether to stop


@dataclass(frozen=True, slots=True)
class Result:
    """``slot_of`` is empty and ``objective`` None unless a plan was found; no plan betters ``bound``."""

    slot_of: dict[int, int]
    objective: int | None
    bound: float
    proven: bool
    work: float
    places: dict[int, str] = field(default_factory=dict)  # of meetings at tables, where changes of table count


@dataclass(frozen=True, slots=True)
class Effort:
    """When to stop: at the latest after so many seconds, after so much deterministic work, or when told."""

    seconds: float
    work: float
    seed: int
    should_stop: Callable[[], bool]


def _to_nobody(_objective: float | None, _bound: float | None) -> None:
    return None


class Watch(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]
    """Looks on while the solver runs: tells the objective and bound so far, and stops it when asked."""

    def __init__(self, solver: Any, effort: Effort, tell: Callable[[float | None, float | None], None]) -> None:
        super().__init__()
        self.solver, self.effort, self.tell = solver, effort, tell
        self.best: float | None = None
        self.bound: float | None = None
        self.ended = threading.Event()
        solver.best_bound_callback = self._note_bound

    def on_solution_callback(self) -> None:
        self.best = self.objective_value

    def _note_bound(self, bound: float) -> None:
        self.bound = bound

    def look(self) -> None:
        while not self.ended.wait(BEAT):
            self.tell(self.best, self.bound)
            if self.effort.should_stop():
                self.solver.stop_search()


class Way(StrEnum):
    """What a run is after."""

    PLAN = "plan"  # a better plan and its proof
    BOUND = "bound"  # the bound before all: it is raised node by node, from the least of a tree
    ANY = "any"  # any plan at all of a model that hardly contains one; relaxing would only cost time


def run(
    model: Model,
    effort: Effort,
    tell: Callable[[float | None, float | None], None] = _to_nobody,
    way: Way = Way.PLAN,
) -> Result:
    """Search until proven, out of time or work, or told to stop; ended by proof or work, the same each time.

    One thread a model: several in a set order are slower than one, and as they come they find another plan
    each time. Relaxing all constraints (level 2) proves in seconds what level 1 does not in minutes.
    """
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(effort.seconds, 0.01)
    solver.parameters.max_deterministic_time = max(effort.work, 0.0001)
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 0 if way is Way.ANY else 2
    solver.parameters.optimize_with_lb_tree_search = way is Way.BOUND
    solver.parameters.random_seed = effort.seed
    watch = Watch(solver, effort, tell)
    looking = threading.Thread(target=watch.look, daemon=True)
    looking.start()
    try:
        return _result(model, solver, solver.solve(model.cp, watch))
    finally:
        watch.ended.set()
        looking.join()


def _result(model: Model, solver: Any, status: Any) -> Result:
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):  # values would be without meaning
        return Result({}, None, solver.best_objective_bound, False, solver.deterministic_time)
    slot_of = {m: t for m, slots in model.at.items() for t, here in slots.items() if solver.boolean_value(here)}
    return Result(
        slot_of,
        round(solver.objective_value),
        solver.best_objective_bound,
        status == cp_model.OPTIMAL,
        solver.deterministic_time,
        model.places(solver.boolean_value),
    )

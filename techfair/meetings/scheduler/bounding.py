"""How much can be placed at most: a linear program that knows sessions but not their single slots.

In a session nobody has more meetings than slots, and places and interpreters serve so many meetings as there are
slots for them. Relaxed so far it is solved in a second even where the whole model is hopeless, and mostly exact.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from ortools.linear_solver import pywraplp

from techfair.meetings.scheduler.pools import Pool
from techfair.meetings.scheduler.problem import Problem

TOLERANCE = 1e-4  # of a linear program; weights are whole

Variables = list[Any]  # of pywraplp.Variable; ortools is not typed


def most_weight(problem: Problem) -> int | None:
    """No schedule places more than this; None in the rare case that the program is not solved."""
    program = Program(problem)
    if program.solver.Solve() != pywraplp.Solver.OPTIMAL:
        return None
    most: float = program.solver.Objective().Value()
    return math.floor(most + TOLERANCE)


class Program:
    """For each meeting and session how much of it is held there."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.solver = pywraplp.Solver.CreateSolver("GLOP")
        self.slots: dict[str, list[int]] = defaultdict(list)
        for t, session in enumerate(problem.session):
            self.slots[session].append(t)
        self.held = [
            {session: self.solver.NumVar(0, 1, "") for session in dict.fromkeys(problem.session[t] for t in options)}
            for options in problem.options
        ]
        for sessions in self.held:
            if len(sessions) > 1:
                self._limit(list(sessions.values()), 1)
        self._keep_people()
        for pool in problem.pools:
            for session, slots in self.slots.items():
                self._keep_pool(pool, session, slots)
        self._seek()

    def _seek(self) -> None:
        goal = self.solver.Objective()
        goal.SetMaximization()
        for weight, sessions in zip(self.problem.weight, self.held, strict=True):
            for held in sessions.values():
                goal.SetCoefficient(held, weight)

    def _limit(self, variables: Iterable[Any], most: int) -> Any:
        row = self.solver.Constraint(-self.solver.infinity(), most)
        for variable in variables:
            row.SetCoefficient(variable, 1)
        return row

    def _keep_people(self) -> None:
        problem = self.problem
        for meetings, quota in zip(problem.meetings_of, problem.quota, strict=True):
            reached = {t for m in meetings for t in problem.options[m]}
            for session, slots in self.slots.items():
                here = [self.held[m][session] for m in meetings if session in self.held[m]]
                most = len(reached.intersection(slots))
                if len(here) > most:
                    self._limit(here, most)
            if quota is not None and quota < len(meetings):
                self._limit([held for m in meetings for held in self.held[m].values()], quota)

    def _keep_pool(self, pool: Pool, session: str, slots: Sequence[int]) -> None:
        """Of each kind of places or interpreters, so many go to each class of meetings that they serve."""
        wanting: dict[int, Variables] = defaultdict(list)
        for c, sessions in zip(pool.class_of, self.held, strict=True):
            if c is not None and session in sessions:
                wanting[c].append(sessions[session])
        given: dict[int, Variables] = defaultdict(list)
        for k, serves in enumerate(pool.serves):
            most = sum(pool.capacity[k][t] for t in slots)
            shares = {c: self.solver.NumVar(0, most, "") for c in serves if c in wanting}
            for c, share in shares.items():
                given[c].append(share)
            if len(shares) > 1:
                self._limit(shares.values(), most)
        for c, here in wanting.items():
            row = self._limit(here, 0)
            for share in given[c]:
                row.SetCoefficient(share, -1)

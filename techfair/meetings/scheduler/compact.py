"""A day without gaps, where there is one: looked for as such it is found in seconds, and needs no proof.

Where everything is placed and nobody waits, each person's meetings are one block; for a day of one session that
leaves little more than where each block begins. Betters from an ordinary plan come near it, and then seldom on.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import replace
from typing import Any

from techfair.meetings.scheduler import search
from techfair.meetings.scheduler.instance import Goal
from techfair.meetings.scheduler.model import Model
from techfair.meetings.scheduler.problem import Problem
from techfair.meetings.scheduler.search import Effort, Result, Way
from techfair.meetings.scheduler.timetable import Timetable

LARGEST = 6_000  # of times for meetings
WORK = 1.6  # deterministic time for it
START, DUE = 0.4, 1.2  # work of the search after which it begins, and after which the search waits for it


class Probe:
    """Looks for such a day beside the search, which takes what is found at a set point of its own work."""

    def __init__(self, problem: Problem, lanes: Executor, is_vain: Callable[[], bool]) -> None:
        """``is_vain`` tells whether the run is over, or a gap is proven: then it may end without a day."""
        self.problem, self.lanes, self.is_vain = problem, lanes, is_vain
        self.waits = is_apt(problem)
        self.model: Model | None = None
        self.result: Future[Result] | None = None

    def look(self, work: float, effort: Effort) -> Timetable | None:
        """The day, if there is one and it is due; ``work`` is what the search has done."""
        if self.waits and work >= START:
            self.waits = False
            if not self.is_vain():
                self.model = whole(self.problem)
                effort = replace(effort, work=WORK, should_stop=self.is_vain)
                self.result = self.lanes.submit(search.run, self.model, effort, way=Way.ANY)
        return self._take() if self.result is not None and work >= DUE else None

    def _take(self) -> Timetable | None:
        result, self.result = self.result, None
        slots = result.result().slot_of if result else None
        return self.model.held.with_changes(slots, ()) if self.model and slots else None


def is_apt(problem: Problem) -> bool:
    times = sum(map(len, problem.options))
    return times <= LARGEST and len(set(problem.session)) == 1 and not problem.previous and Goal.GAPS in problem.goals


def whole(problem: Problem) -> Model:
    """All plans that place everything and leave nobody waiting."""
    held = Timetable(problem)
    loose = [m for m, slots in enumerate(problem.options) if slots and m not in problem.fixed]
    model = Model(held, loose, all_placed=True)
    for (p, _session), span in model.idle.spans.items():
        _keep_together(model, p, span)
    return model


def _keep_together(model: Model, p: int, span: Mapping[tuple[int, int], Any]) -> None:
    """The person's window is as long as they have meetings, and each slot of it holds one."""
    meetings = len(model.people[p]) + len(model.held.busy[p])
    fitting = {(i, j): open for (i, j), open in span.items() if j - i + 1 == meetings}
    for window, open in span.items():
        if window not in fitting:
            model.cp.add(open == 0)
    for t, here in model.busy(p).items():
        model.cp.add(sum(here) >= sum(open for (i, j), open in fitting.items() if i <= t <= j))

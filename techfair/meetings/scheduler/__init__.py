"""The meeting scheduler: an instance in, a schedule out; no Flask, no database.

``solve`` is the whole of it for callers. Inside, one idea a file: the data as a caller sees it
(``instance``), what cannot be scheduled at all (``checks``), the same by number (``problem``), what
is counted while planning and named afterwards (``pools``), a plan under way (``timetable``), a first
plan (``greedy``), its betterment as a whole by chains of swaps (``chains``, ``costs``, ``annealing``) and part by
part (``neighbourhoods``, ``improving``), the mathematical model (``model``) with its idle slots (``windows``), changes
of table (``changing``) and what people would rather have (``comfort``), its run (``search``), days without gaps
(``compact``), what no plan can better (``bounding``, ``proving``), places once times are known (``tables``,
``naming``), and why a meeting is left out (``reasons``).
"""

from techfair.meetings.scheduler.checks import Fault, ImpossibleInstance, find_faults
from techfair.meetings.scheduler.instance import (
    Assignment,
    Bound,
    Figures,
    Fixed,
    Goal,
    Instance,
    Interpreter,
    Meeting,
    Participant,
    Point,
    Reason,
    Schedule,
    Slot,
    Unplaced,
)
from techfair.meetings.scheduler.solve import Limits, Progress, solve

__all__ = [
    "Assignment",
    "Bound",
    "Fault",
    "Figures",
    "Fixed",
    "Goal",
    "ImpossibleInstance",
    "Instance",
    "Interpreter",
    "Limits",
    "Meeting",
    "Participant",
    "Point",
    "Progress",
    "Reason",
    "Schedule",
    "Slot",
    "Unplaced",
    "find_faults",
    "solve",
]

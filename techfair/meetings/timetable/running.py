"""Runs of the scheduler: begun by an organizer, done by the worker; each ends in a draft and changes nothing else."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event
from typing import Any

from flask_babel import lazy_gettext as _l

from techfair.core import audit, jobs
from techfair.core.errors import TechfairError
from techfair.core.jobs import Job
from techfair.core.languages import pick
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import queries, scheduler, slots
from techfair.meetings.scheduler import Instance, Limits, Progress, Schedule
from techfair.meetings.timetable import drafts, gathering
from techfair.meetings.timetable.gathering import Way
from techfair.meetings.timetable.models import Figured, SchedulingRun

LIMITS = Limits(seconds=30, workers=2)
BEAT = 1.0  # seconds between two reports of a search

Heard = Callable[[Progress | None], bool]


class NotReady(TechfairError):
    code, status = "meetings_not_ready", 409
    message = _l("Set the tables and the times of the meetings first.")


class Impossible(TechfairError):
    """What is locked contradicts itself; ``faults`` names the records to blame, a sentence each."""

    code, status = "schedule_impossible", 409
    message = _l("What is locked cannot all be kept. Unlock or change one of these:")

    def __init__(self, faults: list[str]) -> None:
        super().__init__()
        self.faults = faults


def begin(fair: Fair, way: Way, by: Any) -> Job:
    """Start to schedule in the background; a run under way is answered instead of a second.

    Raises NotReady without tables or times, Impossible where the locks contradict one another.
    """
    present = queries.last_scheduling(fair)
    if present is not None and not present.is_over:
        return present
    slots.open_again(fair)
    if not slots.is_ready(fair):
        raise NotReady
    if faults := scheduler.find_faults(gathering.gather(fair, way, drafts.open_draft(fair)).instance):
        raise Impossible([str(pick(fault.message["vi"], fault.message["en"])) for fault in faults])
    audit.record("meetings.scheduling", fair, by=by, way=way)
    job = jobs.start("schedule_meetings", by=by, fair_id=fair.id, way=way)
    db.session.add(SchedulingRun(job_id=job.id, way=way))
    return job


def is_under_way(fair: Fair) -> bool:
    present = queries.last_scheduling(fair)
    return present is not None and not present.is_over


def of(job: Job | None) -> SchedulingRun | None:
    """The figures that a run has reached."""
    return db.session.get(SchedulingRun, job.id) if job else None


def search(instance: Instance, hear: Heard) -> Schedule:
    """The best schedule; ``hear`` is told every second how far it is and answers whether to go on.

    The search runs in a thread of its own, so that ``hear`` may use the database in the caller's.
    """
    told: list[Progress] = []
    stop = Event()
    with ThreadPoolExecutor(max_workers=1) as thread:
        found = thread.submit(scheduler.solve, instance, LIMITS, on_progress=told.append, should_stop=stop.is_set)
        while not found.done():
            wait([found], timeout=BEAT)
            if not hear(told[-1] if told else None):
                stop.set()
    return found.result()


def note(row: Figured, found: Progress | Schedule) -> None:
    """Write down what is reached of each goal and what is proven."""
    figures, bound = found.figures, found.bound
    row.placed, row.meetings, row.seconds = figures.placed, figures.meetings, round(found.seconds, 1)
    row.reached = [
        {"goal": goal.value, "value": getattr(figures, goal.value), "bound": getattr(bound, goal.value)}
        for goal in found.goals
    ]


def do(job: Job, way: Way) -> None:
    """A whole run: gather, search, keep what was found as the draft. Commits, for the search takes its time."""
    fair = db.session.get_one(Fair, job.fair_id)
    gathered = gathering.gather(fair, way, drafts.open_draft(fair))
    db.session.commit()  # meanwhile gates and pages must be able to write

    def hear(progress: Progress | None) -> bool:
        run = db.session.get(SchedulingRun, job.id)
        if run and progress:
            note(run, progress)
        return job.progress(progress.figures.placed if progress else 0, len(gathered.instance.meetings))

    found = search(gathered.instance, hear)
    fair = db.session.get_one(Fair, job.fair_id)
    draft = drafts.keep(fair, gathered, found, way, job.started_by_id)
    note(draft, found)
    job.total, job.done = found.figures.meetings, found.figures.placed
    db.session.commit()

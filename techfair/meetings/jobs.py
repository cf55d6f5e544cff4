"""The background jobs of the timetable: a run of the scheduler, and telling people what was published."""

from techfair.core.jobs import Job, job
from techfair.meetings.timetable import publishing, running
from techfair.meetings.timetable.gathering import Way


@job("schedule_meetings")
def schedule_meetings(job: Job, way: Way = "rest") -> None:
    """Find a timetable for the job's fair and keep it as a draft; doing it again makes a draft again."""
    running.do(job, way)


@job("tell_timetable")
def tell_timetable(job: Job, draft_id: int) -> None:
    """Tell everyone whose meeting a publication added, moved or took away."""
    publishing.tell(job, draft_id)

"""The background job that schedules."""

from techfair.accounts.models import User
from techfair.core.jobs import Job, job
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import planning


@job("schedule_meetings")
def schedule_meetings(job: Job) -> None:
    """Give every agreed meeting of the job's fair a time; a second run finds nothing left to do."""
    fair_id, by = job.fair_id, db.session.get(User, job.started_by_id)
    instance = planning.gather(db.session.get_one(Fair, fair_id))
    db.session.commit()  # the search takes its time; meanwhile gates and pages must be able to write
    found = planning.search(instance, job.progress)
    placed = planning.settle(db.session.get_one(Fair, fair_id), found, by)
    job.total, job.done = placed + len(found.unplaced), placed
    db.session.commit()

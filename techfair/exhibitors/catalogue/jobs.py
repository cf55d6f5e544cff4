"""Work of the catalogue that nobody waits for."""

from techfair.core import jobs
from techfair.exhibitors.catalogue import keeping
from techfair.extensions import db


@jobs.job("catalogue.rebuild")
def rebuild(job: jobs.Job) -> None:
    """Write the index anew; a migration asks for it where records were there before their index."""
    keeping.rebuild()
    db.session.commit()

"""Who sees to which application; the reviewer is told once however many come at a time."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from techfair.accounts.models import User
from techfair.core import audit, clock, mail
from techfair.core.database import upsert
from techfair.core.errors import TechfairError
from techfair.exhibitors.models import Application
from techfair.exhibitors.reviewing import queries
from techfair.exhibitors.reviewing.models import ApplicationReviewer
from techfair.extensions import db
from techfair.fairs.models import Fair

OWN_QUEUE = "/organizer/fairs/{slug}/exhibitors?reviewer=me"


class NoReviewer(TechfairError):
    code, status = "no_reviewer", 422
    message = _l("This person may not decide applications of this fair. Choose another.")


def assign(fair: Fair, applications: Sequence[Application], reviewer: User | None, by: User) -> int:
    """Give applications to a reviewer, or to nobody; answer how many changed hands.

    Raises NoReviewer for somebody who may not decide them.
    """
    if reviewer is not None and reviewer not in queries.staff_of(fair):
        raise NoReviewer
    present = queries.reviewers_of([one.id for one in applications])
    changed = [one for one in applications if present.get(one.id) is not reviewer]
    _store(changed, reviewer)  # all rows before the first entry of the log, which lets one writer in at a time
    for application in changed:
        if reviewer is None:
            audit.record("application.unassigned", application, by=by)
        else:
            audit.record("application.assigned", application, by=by, user=reviewer.email)
    if reviewer is not None and reviewer.id != by.id and changed:
        _tell(fair, changed, reviewer, by)
    return len(changed)


def _store(applications: Sequence[Application], reviewer: User | None) -> None:
    ids = sorted(one.id for one in applications)
    if reviewer is None:
        db.session.execute(delete(ApplicationReviewer).where(ApplicationReviewer.application_id.in_(ids)))
        return
    rows = [{"application_id": id, "user_id": reviewer.id, "assigned_at": clock.now()} for id in ids]
    upsert(ApplicationReviewer, rows, by=("application_id",))


def _tell(fair: Fair, applications: Sequence[Application], reviewer: User, by: User) -> None:
    mail.queue(
        "applications_assigned",
        to=reviewer.email,
        name=reviewer.full_name,
        language=reviewer.language,
        fair=fair,
        applications=applications,
        by=by,
        link=mail.base_url() + OWN_QUEUE.format(slug=fair.slug),
    )

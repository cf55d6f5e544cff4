"""Loading the demo fair: all of it or nothing, and nothing twice."""

from collections.abc import Callable
from typing import Any

from techfair.core import audit
from techfair.core.database import alone
from techfair.demo import (
    accounts,
    agreeing,
    applying,
    exhibiting,
    following,
    meeting,
    organizing,
    preparing,
    source,
    staging,
    visiting,
)
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.tallies import folding

VISITORS = 11_000  # of whom over 10,000 came
LOAD_LOCK = 7_301_019  # the advisory lock under which PostgreSQL lets one loader after another begin

Progress = Callable[[int], Any]


def loaded() -> Fair | None:
    return db.session.scalars(db.select(Fair).filter_by(slug=source.SLUG)).one_or_none()


def is_empty() -> bool:
    """Whether the database has no fair at all."""
    return db.session.scalar(db.select(Fair.id).limit(1)) is None


def load(visitors: int, progress: Progress = lambda visitors: None) -> int:
    """Make the 2019 fair with ``visitors`` visitors, or bring a loaded one to that many; the number added.

    Flushes; whoever calls commits once, so that an interrupted load leaves nothing. ``progress`` is called
    with the number of visitors of each step.
    """
    alone(LOAD_LOCK)
    known = loaded()
    fair = known or _fair()
    before = visiting.count(fair)
    visiting.visit(fair, visitors, progress)
    added = visiting.count(fair) - before
    if added or not known:
        folding.start_anew(fair.id)  # these scans were received long before
        audit.record("demo.loaded", fair, visitors=before + added)
    return added


def _fair() -> Fair:
    fair = organizing.organize()
    companies = exhibiting.exhibit(fair)
    accounts.appoint(fair, companies)
    visiting.send_delegations(fair)
    visiting.staff_booths(fair, companies.values())
    applying.receive(fair)
    preparing.prepare(fair)
    visiting.click_heads(fair)
    meeting.connect(fair, companies)
    agreeing.agree(fair, companies)
    following.follow(fair)
    staging.stage(fair)
    return fair

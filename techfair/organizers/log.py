"""The audit log as people read it, and when its chain was last found whole."""

from typing import Any

from sqlalchemy import Select, func, select

from techfair.core import audit, jobs
from techfair.core.audit import AuditEntry
from techfair.core.database import begin_mode, like
from techfair.core.jobs import Job
from techfair.extensions import db

VERIFY = "verify_audit"


def entries(fair_id: int | None, action: str, person: str) -> Select[AuditEntry]:
    """The deeds of a fair, or all, of one kind and by whom the words name; the newest first."""
    those = select(AuditEntry)
    if fair_id is not None:
        those = those.where(AuditEntry.fair_id == fair_id)
    if action:
        those = those.where(AuditEntry.action == action)
    for word in person.split():
        those = those.where(AuditEntry.actor.ilike(f"%{like(word)}%", escape="\\"))
    return those.order_by(AuditEntry.id.desc())


def last_verification() -> Job | None:
    """The newest walk along the chain that came to its end: whole if ``done`` equals ``total``."""
    over = select(Job).filter_by(name=VERIFY, state="done").order_by(Job.id.desc())
    return db.session.scalars(over.limit(1)).one_or_none()


@jobs.every(minutes=60)
def verify_regularly() -> None:
    """Walk along the chain once an hour."""
    start_verifying()
    db.session.commit()


def start_verifying(by: Any = None) -> Job:
    return jobs.start(VERIFY, by=by)


@jobs.job(VERIFY)
def verify(job: Job) -> None:
    """Count the entries that follow from the one before; reads only, so that no writer waits for it."""
    token = begin_mode.set("DEFERRED")
    try:
        sound, broken = audit.verify()
        total = sound if broken is None else max(db.session.scalar(select(func.count(AuditEntry.id))) or 0, sound + 1)
    finally:
        db.session.rollback()
        begin_mode.reset(token)
    job.done, job.total = sound, total
    db.session.commit()

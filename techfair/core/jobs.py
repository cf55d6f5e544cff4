"""Background jobs: a row in the deed's transaction is the truth, huey only carries its id.

What was rolled back starts nothing; what was committed runs in the end, also after a crash, because the
worker sends again what waits or whose lease ran out. So a job may run twice: it must be idempotent.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app
from huey import Huey, RedisHuey, SqliteHuey
from sqlalchemy import CheckConstraint, Index, event, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from techfair.core import clock
from techfair.core.database import one_of
from techfair.extensions import Model, db
from techfair.settings import Settings

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)  # renewed by every progress report
PAUSES = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
STATES = ("queued", "running", "done", "failed", "stopped")

Work = Callable[..., None]
_works: dict[str, Work] = {}
_periodic: dict[str, tuple[int, Callable[[], None]]] = {}


class Job(Model):
    """One piece of background work, and how far it is."""

    __tablename__ = "job"
    __table_args__ = (
        one_of("state", STATES),
        CheckConstraint("done >= 0 AND (total IS NULL OR done <= total)", name="progress"),
        Index("ix_job_waiting", "state", "not_before_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime]
    not_before_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    error: Mapped[str | None]
    started_by_id: Mapped[int | None]
    fair_id: Mapped[int | None]

    @property
    def is_over(self) -> bool:
        return self.state in {"done", "failed", "stopped"}

    def progress(self, done: int, total: int) -> bool:
        """Report how far the work is, commit it, and answer whether to go on (False: someone stopped it)."""
        self.done, self.total, self.lease_until = done, total, clock.now() + LEASE
        db.session.commit()
        return self.state == "running"


def job(name: str) -> Callable[[Work], Work]:
    """Register ``work(job, **arguments)`` under a name; it commits its own work."""

    def register(work: Work) -> Work:
        _works[name] = work
        return work

    return register


def every(minutes: int) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register work without arguments that the worker does again and again."""

    def register(work: Callable[[], None]) -> Callable[[], None]:
        _periodic[work.__qualname__] = (minutes, work)
        return work

    return register


def start(name: str, *, by: Any = None, fair_id: int | None = None, total: int | None = None, **arguments: Any) -> Job:
    """Queue a job in the present transaction; it starts after the commit. ``arguments`` are plain JSON values."""
    now = clock.now()
    row = Job(name=name, arguments=arguments, queued_at=now, not_before_at=now, total=total)
    row.started_by_id, row.fair_id = getattr(by, "id", None), fair_id
    db.session.add(row)
    db.session.flush()
    db.session.info.setdefault("started_jobs", []).append(row.id)
    return row


def stop(row: Job) -> None:
    """Ask a job to end at its next progress report; one not yet running never starts."""
    if not row.is_over:
        row.state = "stopped"


def run(id: int) -> None:
    """Do a job now if it waits and nobody else has it."""
    row = _claim(id)
    if row is None:
        return
    try:
        _works[row.name](row, **row.arguments)
    except Exception as error:
        db.session.rollback()
        _failed(id, error)
    else:
        _finished(id)


def _claim(id: int) -> Job | None:
    now = clock.now()
    free = (Job.state == "queued") & (Job.not_before_at <= now)
    lost = (Job.state == "running") & (Job.lease_until < now)
    taken = (
        update(Job)
        .where(Job.id == id, or_(free, lost))
        .values(state="running", attempts=Job.attempts + 1, lease_until=now + LEASE)
        .returning(Job.id)
    )
    is_mine = db.session.scalar(taken) is not None
    db.session.commit()
    return db.session.get(Job, id, populate_existing=True) if is_mine else None


def _failed(id: int, error: Exception) -> None:
    row = db.session.get_one(Job, id)
    log.warning("job failed", extra={"job": row.name, "job_id": id, "attempt": row.attempts}, exc_info=error)
    row.error = f"{type(error).__name__}: {error}"[:2000]
    if row.attempts > len(PAUSES):
        row.state, row.finished_at = "failed", clock.now()
    else:
        row.state, row.not_before_at = "queued", clock.now() + PAUSES[row.attempts - 1]
    db.session.commit()


def _finished(id: int) -> None:
    row = db.session.get_one(Job, id)
    if row.state == "running":
        row.state, row.finished_at, row.error = "done", clock.now(), None
    db.session.commit()


def last(name: str, fair_id: int) -> Job | None:
    """The newest job of a name at a fair, for the page that shows how far it is."""
    mine = select(Job).filter_by(name=name, fair_id=fair_id).order_by(Job.id.desc()).limit(1)
    return db.session.scalars(mine).one_or_none()


def due(limit: int = 500) -> list[int]:
    """The ids of the jobs that should run now, oldest first."""
    now = clock.now()
    waiting = (Job.state == "queued") & (Job.not_before_at <= now)
    lost = (Job.state == "running") & (Job.lease_until < now)
    return list(db.session.scalars(select(Job.id).where(or_(waiting, lost)).order_by(Job.id).limit(limit)))


def run_due() -> int:
    """Do all jobs that wait, and those they start; answer how many. For commands and tests."""
    count = 0
    while ids := due():
        for id in ids:
            run(id)
            count += 1
    return count


def make_huey(settings: Settings) -> Huey:
    """The queue that carries ids: SQLite in the instance folder, or Redis by TECHFAIR_REDIS_URL."""
    if settings.redis_url:
        return RedisHuey("techfair", url=settings.redis_url)
    return SqliteHuey("techfair", filename=str(settings.instance.resolve() / "queue.sqlite3"), fsync=True)


def init_app(app: Flask, settings: Settings) -> None:
    queue = make_huey(settings)
    app.extensions["queue"] = queue
    app.extensions["carry_job"] = queue.task(name="carry_job")(lambda id: _in_app(app, run, id))
    queue.periodic_task(lambda _: True, name="send_again")(lambda: _in_app(app, _send_again))
    event.listen(Session, "after_commit", _carry_started)
    event.listen(Session, "after_rollback", _forget_started)


def begin_periodic(app: Flask) -> None:
    """Hand the queue what rooms want done again and again; called once all rooms are imported."""
    for name, (minutes, work) in _periodic.items():
        _every(app.extensions["queue"], app, name, minutes, work)


def _every(queue: Huey, app: Flask, name: str, minutes: int, work: Callable[[], None]) -> None:
    queue.periodic_task(lambda at: at.minute % minutes == 0, name=name)(lambda: _in_app(app, work))


def _in_app(app: Flask, work: Callable[..., Any], *arguments: Any) -> None:
    with app.app_context():
        work(*arguments)


def _send_again() -> None:
    for id in due():
        current_app.extensions["carry_job"](id)


def _carry_started(session: Session) -> None:
    started = session.info.pop("started_jobs", [])
    if not current_app or current_app.config.get("JOBS_BY_HAND"):
        return
    for id in started:
        try:
            current_app.extensions["carry_job"](id)
        except Exception:  # the deed is committed; the worker finds the row within a minute
            log.exception("job not carried", extra={"job_id": id})


def _forget_started(session: Session) -> None:
    session.info.pop("started_jobs", None)

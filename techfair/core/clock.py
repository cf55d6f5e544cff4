"""The present moment, in one place, so that a test can hold it still."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_held: ContextVar[datetime | None] = ContextVar("held", default=None)


def now() -> datetime:
    """The present moment in UTC."""
    return _held.get() or datetime.now(UTC)


def local_day(moment: datetime, zone: str) -> date:
    """The day of ``moment`` where the fair is; it turns at local midnight."""
    return moment.astimezone(ZoneInfo(zone)).date()


def today(zone: str) -> date:
    return local_day(now(), zone)


@contextmanager
def held_at(moment: datetime) -> Iterator[None]:
    """Let ``now`` answer ``moment`` inside the block."""
    token = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(token)

"""Rows in bulk: thousands of people take seconds, and a million the memory of a few thousand."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import func, insert, select

from techfair.extensions import Model, db

CHUNK = 2000

Row = dict[str, Any]
T = TypeVar("T")


def chunks(things: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The things in lists of at most ``size``, one after another."""
    waiting = iter(things)
    while chunk := list(islice(waiting, size)):
        yield chunk


def insert_rows(model: type[Model], rows: Sequence[Row]) -> None:
    """Insert rows of one shape; defaults of the columns hold."""
    if rows:
        db.session.execute(insert(model.__table__), rows)  # type: ignore[arg-type]


def next_id(model: type[Model]) -> int:
    """The first free id: the loader numbers its rows itself, because later rows point at them."""
    identity: Any = model.__table__.c.id
    return (db.session.scalar(select(func.max(identity))) or 0) + 1


def catch_up(*models: type[Model]) -> None:
    """Let PostgreSQL's sequences go on behind the ids that were given here; SQLite does so by itself."""
    if db.engine.dialect.name != "postgresql":
        return
    for model in models:
        identity: Any = model.__table__.c.id
        sequence = func.pg_get_serial_sequence(model.__tablename__, "id")
        highest = select(func.coalesce(func.max(identity), 1)).scalar_subquery()
        db.session.execute(select(func.setval(sequence, highest)))

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


def take_ids(model: type[Model], count: int) -> list[int]:
    """Ids for rows that other rows point at before they are written.

    PostgreSQL gives them from its sequence, so that nobody who registers meanwhile gets the same; on SQLite
    the loader is the only writer.
    """
    if db.engine.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(model.__tablename__, "id")
        return list(db.session.scalars(select(func.nextval(sequence)).select_from(func.generate_series(1, count))))
    identity: Any = model.__table__.c.id
    first = (db.session.scalar(select(func.max(identity))) or 0) + 1
    return list(range(first, first + count))

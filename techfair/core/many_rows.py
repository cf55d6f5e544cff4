"""Many rows at once, without what SQLAlchemy spends on each of their values.

PostgreSQL gets the rows as one value, a JSON that it takes apart itself: a statement with a place for each value is
another one for each number of rows, and splitting, sending and planning two thousand places took longer than storing
a hundred scans. SQLite is quick with places; there making the statement and its values cost most.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from pydantic_core import to_json
from sqlalchemy import (
    ARRAY,
    JSON,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    LargeBinary,
    Table,
    any_,
    bindparam,
    text,
)
from sqlalchemy.orm import InstrumentedAttribute

Row: TypeAlias = Mapping[str, Any]
Change: TypeAlias = Callable[[Any], Any]
PLACES = 32_000  # SQLite takes a few more in one statement


def among(column: InstrumentedAttribute[Any], name: str, dialect: str) -> ColumnElement[bool]:
    """Whether ``column`` holds one of the values given as ``name``; on PostgreSQL they are one value, an array."""
    if dialect == "postgresql":
        return column == any_(bindparam(name, type_=ARRAY(column.type)))
    return column.in_(bindparam(name, expanding=True))


def can_travel(table: Table) -> bool:
    """Whether JSON can say all that rows of the table hold: it has no word for bytes."""
    return not any(isinstance(column.type, LargeBinary) for column in table.c)


def insert_new(connection: Connection, table: Table, rows: Sequence[Row], returning: str) -> list[Any]:
    """Insert the rows, all with the same columns, that meet no unique constraint; answer a column of those inserted."""
    missing = {name: default for name, default in _defaults(table).items() if name not in rows[0]}
    all_changes = _changes(table, connection.dialect)
    changes = {name: all_changes[name] for name in (*rows[0], *missing) if name in all_changes}
    written = [_written(row, missing, changes) for row in rows]
    insert = _on_postgresql if connection.dialect.name == "postgresql" else _on_sqlite
    return insert(connection, table, written, table.c[returning])


def _on_postgresql(
    connection: Connection, table: Table, rows: list[dict[str, Any]], returning: Column[Any]
) -> list[Any]:
    columns = ", ".join(rows[0])
    source = f"SELECT {columns} FROM json_populate_recordset(NULL::{table.name}, CAST(:rows AS json))"  # noqa: S608 - own names
    statement = text(_inserting(table, columns, source, returning)).columns(returning)
    return list(connection.execute(statement, {"rows": to_json(rows).decode()}).scalars())


def _on_sqlite(connection: Connection, table: Table, rows: list[dict[str, Any]], returning: Column[Any]) -> list[Any]:
    columns, at_once = ", ".join(rows[0]), PLACES // len(rows[0])
    places = f"({', '.join('?' * len(rows[0]))})"
    inserted: list[Any] = []
    for start in range(0, len(rows), at_once):
        part = rows[start : start + at_once]
        source = f"VALUES {', '.join([places] * len(part))}"
        values = tuple(value for row in part for value in row.values())
        inserted += connection.exec_driver_sql(_inserting(table, columns, source, returning), values).scalars()
    read = returning.type.dialect_impl(connection.dialect).result_processor(connection.dialect, None)
    return [read(value) for value in inserted] if read else inserted


def _inserting(table: Table, columns: str, source: str, returning: Column[Any]) -> str:
    return f"INSERT INTO {table.name} ({columns}) {source} ON CONFLICT DO NOTHING RETURNING {returning.name}"


def _written(row: Row, missing: Mapping[str, Change], changes: Mapping[str, Change]) -> dict[str, Any]:
    told = {**row, **{name: default(None) for name, default in missing.items()}}
    for name, change in changes.items():
        told[name] = change(told[name])
    return told


@cache
def _defaults(table: Table) -> dict[str, Change]:
    """What the program, not the database, puts where a row says nothing."""
    return {column.name: _default(column) for column in table.c if column.default is not None}


def _default(column: Column[Any]) -> Change:
    default: Any = column.default
    return default.arg if default.is_callable else lambda _: default.arg


@cache
def _changes(table: Table, dialect: Dialect) -> dict[str, Change]:
    """How values are written for the database, by column, where it takes them in another form.

    JSON of a column stays JSON inside the JSON of a row.
    """
    kinds = {column.name: column.type.dialect_impl(dialect) for column in table.c}
    told_as_is = {name for name, kind in kinds.items() if dialect.name == "postgresql" and isinstance(kind, JSON)}
    changes = {name: kind.bind_processor(dialect) for name, kind in kinds.items() if name not in told_as_is}
    return {name: change for name, change in changes.items() if change}

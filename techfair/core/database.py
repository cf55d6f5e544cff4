"""Transactions on SQLite and PostgreSQL: who may write when, and the small words both understand."""

import fcntl
import os
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Literal

import psycopg
from flask import Flask, request
from sqlalchemy import CheckConstraint, Connection, Engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.pool import ConnectionPoolEntry

from techfair.core import many_rows
from techfair.extensions import Model, db, migrate
from techfair.settings import WEB_THREADS, Settings

PRAGMAS = ("busy_timeout=5000", "journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL")
IDLE_SECONDS = 1.0
POSTGRESQL_OPTIONS = "-c lock_timeout=5000 -c statement_timeout=30000 -c timezone=UTC"

begin_mode: ContextVar[Literal["IMMEDIATE", "DEFERRED"]] = ContextVar("begin_mode", default="IMMEDIATE")
"""IMMEDIATE for writers; DEFERRED for readers, whose transaction the database keeps from writing."""


class WriteGate:
    """Lets SQLite's writers in one after another, first come, over threads and processes.

    SQLite's own waiting is unfair: under eight clients some wait a second. A queue orders the threads
    of a process, a file lock the processes. Who waits longer than ``patience`` seconds is told that the
    database is locked: behind one that another program holds, nobody should stand for ever.
    """

    patience = 10.0

    def __init__(self, path: Path) -> None:
        self.path = path
        self.mutex = threading.Lock()
        self.waiting: deque[threading.Lock] = deque()
        self.is_busy = False
        self.process = 0
        self.file = -1

    def acquire(self) -> None:
        turn = threading.Lock()
        with self.mutex:
            if self.is_busy:
                turn.acquire()
                self.waiting.append(turn)
            self.is_busy = True
        if not turn.acquire(timeout=self.patience) and self._gives_up(turn):
            raise sqlite3.OperationalError("database is locked")
        try:
            self._lock_file()
        except OSError:
            self._pass_on()
            raise

    def _gives_up(self, turn: threading.Lock) -> bool:
        """Leave the queue; False where the turn came at the last moment."""
        with self.mutex:
            if turn not in self.waiting:
                return False
            self.waiting.remove(turn)
            return True

    def _lock_file(self) -> None:
        if self.process != os.getpid():  # a descriptor inherited by a fork would not exclude its parent
            self.file, self.process = os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600), os.getpid()
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def release(self) -> None:
        fcntl.flock(self.file, fcntl.LOCK_UN)
        self._pass_on()

    def _pass_on(self) -> None:
        with self.mutex:
            if self.waiting:
                self.waiting.popleft().release()
            else:
                self.is_busy = False


class GatedConnection(sqlite3.Connection):
    """A connection that begins what ``begin_mode`` says, and holds the gate while it may write."""

    gates: ClassVar[dict[str, WriteGate]] = {}
    gate: WriteGate | None = None
    holds = False

    def begin(self) -> None:
        mode = begin_mode.get()
        if mode == "IMMEDIATE" and self.gate:
            self.gate.acquire()
            self.holds = True
        try:
            self.execute(f"PRAGMA query_only={'OFF' if mode == 'IMMEDIATE' else 'ON'}")
            self.execute(f"BEGIN {mode}")
        except BaseException:
            self._leave()
            raise

    def commit(self) -> None:
        super().commit()  # where this fails, SQLAlchemy rolls back, and that leaves the gate
        self._leave()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._leave()

    def _leave(self) -> None:
        if self.holds and self.gate:
            self.holds = False
            self.gate.release()


def _sqlite_connected(connection: GatedConnection, record: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    file = connection.execute("PRAGMA database_list").fetchone()[2]
    if file:
        connection.gate = connection.gates.setdefault(file, WriteGate(Path(file + ".gate")))


def _sqlite_begun(connection: Connection) -> None:
    if connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
        return
    try:
        connection.connection.dbapi_connection.begin()  # type: ignore[union-attr]
    except sqlite3.OperationalError as error:  # SQLAlchemy wraps what a statement raises, not what a listener does
        raise OperationalError("BEGIN", None, error) from error


def _postgresql_begun(connection: Connection) -> None:
    # psycopg sends BEGIN with the first statement, so this costs no round trip.
    raw: Any = connection.connection.dbapi_connection
    raw.read_only = begin_mode.get() == "DEFERRED"


def _postgresql_used(raw: Any, record: ConnectionPoolEntry, *_: Any) -> None:
    record.info["used_at"] = time.monotonic()


def _postgresql_taken(raw: Any, record: ConnectionPoolEntry, proxy: Any) -> None:
    """Ask a connection that was idle whether it still stands, as after a restart of the database.

    SQLAlchemy's own ``pool_pre_ping`` asks each time, which is a tenth of a scan's round trips.
    """
    if time.monotonic() - record.info.get("used_at", 0.0) < IDLE_SECONDS:
        return
    try:
        raw.execute("SELECT 1")
        raw.rollback()
    except psycopg.OperationalError as error:
        raise DisconnectionError from error  # the pool then connects anew


def engine_options(settings: Settings) -> dict[str, Any]:
    if settings.is_postgresql:
        # A connection for each serving thread; the one used last is taken first, for it knows the statements' plans.
        pool = {"pool_size": WEB_THREADS, "pool_use_lifo": True}
        return pool | {"connect_args": {"options": POSTGRESQL_OPTIONS}}
    return {"connect_args": {"factory": GatedConnection}}


def listen(engine: Engine) -> None:
    """Give an engine this program's way of beginning transactions."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_connected)
        event.listen(engine, "begin", _sqlite_begun)
    else:
        event.listen(engine, "begin", _postgresql_begun)
        event.listen(engine, "checkin", _postgresql_used)
        event.listen(engine, "checkout", _postgresql_taken)


def init_app(app: Flask, settings: Settings) -> None:
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)  # personal data lie in it
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(settings.migrations_path))
    with app.app_context():
        listen(db.engine)
    app.before_request(_choose_begin_mode)
    app.teardown_request(_end_reading)


def _choose_begin_mode() -> None:
    begin_mode.set("DEFERRED" if request.method in {"GET", "HEAD", "OPTIONS"} else "IMMEDIATE")


def _end_reading(error: BaseException | None) -> None:
    """Whoever comes next in this context, a test's own lines for one, may write again."""
    if begin_mode.get() == "DEFERRED":
        db.session.rollback()
        begin_mode.set("IMMEDIATE")


@contextmanager
def looking() -> Iterator[None]:
    """Read before writing, in a session of its own that keeps no writer waiting; what it loaded stays, detached."""
    sessions = db.session.registry
    own, looker = sessions(), db.session.session_factory()
    sessions.set(looker)
    begin_mode.set("DEFERRED")
    try:
        yield
    finally:
        looker.expunge_all()
        looker.close()
        sessions.set(own)
        begin_mode.set("IMMEDIATE")


def reading_ahead() -> AbstractContextManager[None]:
    """Read plain values before writing: on PostgreSQL, where a writer keeps no reader waiting, in one transaction."""
    return nullcontext() if db.engine.dialect.name == "postgresql" else looking()


def may_write() -> None:
    """Let this GET write: for the rare one that must, before its first statement."""
    begin_mode.set("IMMEDIATE")


def alone(key: int) -> None:
    """Until the commit, let no other transaction past the same key: for what no constraint can say."""
    if db.engine.dialect.name == "postgresql":  # on SQLite the writer is alone already
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def one_of(column: str, values: Iterable[str], *, name: str | None = None) -> CheckConstraint:
    """The constraint that a column holds one of ``values`` (or nothing, where it may be empty)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name or f"known_{column}")


def insert_new(
    model: type[Model],
    rows: list[dict[str, Any]],
    *,
    returning: InstrumentedAttribute[Any],
) -> list[Any]:
    """Insert the rows that meet no unique constraint; answer the ``returning`` column of those inserted.

    One statement, so of two at once the database lets one win on both databases.
    """
    if not rows:
        return []
    table: Any = model.__table__
    if rows[1:] and many_rows.can_travel(table):
        return many_rows.insert_new(db.session.connection(), table, rows, returning.key)
    statement = _insert_new(model, returning.key, db.engine.dialect.name)
    return list(db.session.connection().execute(statement, rows if rows[1:] else rows[0]).scalars())


@cache
def _insert_new(model: type[Model], returning: str, dialect: str) -> Any:
    """Made once for each: at a gate, making the statement anew costs more than running it."""
    insert = (postgresql if dialect == "postgresql" else sqlite).insert(model.__table__)
    return insert.on_conflict_do_nothing().returning(getattr(model, returning))


def upsert(
    model: type[Model], rows: list[dict[str, Any]], *, by: tuple[str, ...] = ("id",), keep: Iterable[str] = ()
) -> None:
    """Insert rows, or make those that are there with the same ``by`` the same, but for the columns in ``keep``."""
    if not rows:
        return
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(model.__table__)
    given = {name: statement.excluded[name] for name in rows[0] if name not in {*by, *keep}}
    db.session.connection().execute(statement.on_conflict_do_update(index_elements=by, set_=given), rows)


def like(text: str) -> str:
    """``text`` as letters inside a LIKE pattern with the escape sign backslash."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

"""Transactions: readers cannot write, writers queue and lose nothing."""

import threading

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from techfair.core import database
from techfair.core.database import begin_mode
from techfair.extensions import db
from techfair.fairs.models import OrganizingUnit


def test_a_page_that_only_looks_cannot_write(app: Flask, unit: OrganizingUnit) -> None:
    db.session.remove()
    begin_mode.set("DEFERRED")
    try:
        with pytest.raises(DBAPIError, match=r"read-?only"):
            db.session.execute(text("UPDATE organizing_unit SET name_en = 'x'"))
    finally:
        db.session.rollback()
        begin_mode.set("IMMEDIATE")


def test_writers_at_once_queue_and_lose_nothing(app: Flask, unit: OrganizingUnit) -> None:
    unit.name_en = "0"
    db.session.commit()
    id = unit.id
    db.session.remove()

    def count() -> None:
        for _ in range(10):
            with app.app_context():
                row = db.session.get_one(OrganizingUnit, id, with_for_update=True)
                row.name_en = str(int(row.name_en) + 1)
                db.session.commit()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert db.session.get_one(OrganizingUnit, id).name_en == "40"


def test_sqlite_keeps_what_it_confirms(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        return
    pragmas = {name: db.session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys")}
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1}
    assert db.session.scalar(text("PRAGMA synchronous")) == 2  # FULL
    assert db.session.scalar(text("PRAGMA busy_timeout")) == 5000


def test_foreign_keys_and_states_are_refused_by_the_database(app: Flask, unit: OrganizingUnit) -> None:
    for values in ("parent_id = 999999", "kind = 'nonsense'", "parent_id = id"):
        with pytest.raises(DBAPIError):
            db.session.execute(text(f"UPDATE organizing_unit SET {values}"))
        db.session.rollback()


def test_connections_that_the_server_closed_while_idle_are_made_anew(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.engine.dialect.name != "postgresql":
        return
    monkeypatch.setattr(database, "IDLE_SECONDS", 0.0)
    db.session.execute(text("SELECT 1"))
    db.session.remove()  # back into the pool, where it idles
    with psycopg.connect(app.extensions["settings"].database_url, autocommit=True) as other:
        ended = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
        )
        other.execute(ended, [other.info.backend_pid])
    assert db.session.scalar(text("SELECT 2")) == 2

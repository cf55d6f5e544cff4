"""The audit log: written with the deed, closed to change, and a change made all the same is found."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from techfair.core import audit
from techfair.core.audit import AuditEntry
from techfair.core.cli import audit as command
from techfair.extensions import db
from techfair.fairs.models import OrganizingUnit


@pytest.fixture
def entries(unit: OrganizingUnit) -> list[AuditEntry]:
    made = [audit.record("unit.changed", unit, by="system", step=step) for step in range(4)]
    db.session.commit()
    return made


def tamper(app: Flask) -> None:
    """Change an entry as someone could who owns the database."""
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("DROP TRIGGER audit_entry_refuses_update"))
    else:
        db.session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
    third = db.session.scalars(db.select(AuditEntry.id).order_by(AuditEntry.id).offset(2)).first()
    db.session.execute(update(AuditEntry).where(AuditEntry.id == third).values(action="unit.created"))
    db.session.commit()


def test_each_entry_carries_the_digest_of_the_one_before(entries: list[AuditEntry]) -> None:
    assert entries[0].previous_digest == audit.START
    assert [entry.previous_digest for entry in entries[1:]] == [entry.digest for entry in entries[:-1]]
    assert audit.verify() == (4, None)


@pytest.mark.parametrize("change", [update(AuditEntry).values(actor="nobody"), delete(AuditEntry)])
def test_the_database_itself_refuses_changes(entries: list[AuditEntry], change: object) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(change)  # type: ignore[call-overload]
    db.session.rollback()
    assert audit.verify() == (4, None)


def test_a_changed_entry_is_named(app: Flask, entries: list[AuditEntry]) -> None:
    tamper(app)
    count, broken = audit.verify()
    assert (count, broken and broken.id) == (2, entries[2].id)


def test_a_deed_that_is_rolled_back_leaves_no_entry(unit: OrganizingUnit) -> None:
    audit.record("unit.changed", unit)
    db.session.rollback()
    assert audit.verify() == (0, None)


def test_an_entry_says_who_from_where_and_in_which_request(as_administrator: FlaskClient) -> None:
    typed = {"name_vi": "Sở mới", "name_en": "", "kind": "department", "parent_id": 0}
    answer = as_administrator.post("/admin/units/new", data=typed)
    entry = db.session.scalars(db.select(AuditEntry)).one()
    assert (entry.actor, entry.address) == ("admin@example.vn", "127.0.0.1")
    assert entry.request_id == answer.headers["X-Request-ID"]


def test_the_command_exits_0_while_the_chain_holds_and_1_where_it_breaks(app: Flask, entries: list[AuditEntry]) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(command, ["verify"]).exit_code == 0
    assert json.loads(runner.invoke(command, ["verify", "--json"]).output) == {"entries": 4, "first_broken": None}
    from techfair.core.database import begin_mode

    db.session.rollback()
    begin_mode.set("IMMEDIATE")
    tamper(app)
    told = runner.invoke(command, ["verify", "--json"])
    assert (told.exit_code, json.loads(told.output)["first_broken"]) == (1, 3)
    begin_mode.set("IMMEDIATE")

"""The audit trail of one agreement as a file: each line proves itself, the log proves that none is missing."""

from contextvars import copy_context
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from techfair.agreements.cli import agreements
from techfair.agreements.models import Agreement
from techfair.core import audit
from techfair.extensions import db


def test_an_exported_trail_is_held_against_the_log(
    app: Flask, as_organizer: FlaskClient, sent: Agreement, tmp_path: Path
) -> None:
    record = f"/organizer/fairs/gia-lai/agreements/{sent.id}"
    assert f"{record}/audit-trail.jsonl" in as_organizer.get(record).text
    lines = as_organizer.get(f"{record}/audit-trail.jsonl").get_data(as_text=True).splitlines()
    assert sent.code in lines[0]
    assert [action in lines[-2] + lines[-1] for action in ("agreement.frozen", "agreement.invited")] == [True, True]
    assert (code(app, tmp_path, lines), len(lines)) == ((0, "Every entry"), 7)
    for broken, says in (
        ([*lines[:-1], lines[-1].replace("agreement.invited", "agreement.agreed")], "Line 7 was"),
        ([*lines[:2], *lines[3:]], "An entry before line 3"),
        ([lines[0], *lines[:0:-1]], "An entry before line 2"),
        ([lines[0].replace(sent.code, "ZZZZZZZZZZ"), *lines[1:]], "Line 2 does not stand"),
        (["[1]"], "This is no audit trail"),
        (["{}", "[]"], "This is no audit trail"),
    ):
        assert code(app, tmp_path, broken) == (1, says)
    assert code(app, tmp_path, lines[:-1]) == (0, "Every entry")  # taken before the last deed


def test_a_trail_from_a_log_whose_chain_is_broken_is_not_good(
    app: Flask, sent: Agreement, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = copy_context().run(app.test_cli_runner().invoke, agreements, ["trail", sent.code])
    monkeypatch.setattr(audit, "verify", lambda: (0, audit.AuditEntry()))
    assert code(app, tmp_path, result.output.splitlines()) == (1, "The entries stand in")


def code(app: Flask, folder: Path, lines: list[str]) -> tuple[int, str]:
    """The exit code of the command, and as much of what it says as tells the case."""
    db.session.rollback()
    file = folder / "trail.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    result = copy_context().run(app.test_cli_runner().invoke, agreements, ["verify-trail", str(file)])
    starts = ("Every entry", "Line 7 was", "An entry before line 2", "An entry before line 3", "Line 2 does not stand")
    starts += ("This is no audit trail", "The entries stand in")
    return result.exit_code, next((one for one in starts if result.output.startswith(one)), result.output)

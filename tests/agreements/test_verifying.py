"""What anyone learns of a document by its code, and what not."""

import json
import re
from collections.abc import Callable
from contextvars import copy_context
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from techfair.agreements import documents, filing
from techfair.agreements.cli import agreements
from techfair.agreements.models import Agreement, Signature
from techfair.core import clock
from techfair.extensions import db
from tests.agreements.conftest import OURS
from tests.agreements.sealing.test_verifying import add_note, updated


def test_a_completed_document_is_intact_and_signed_by_all(client: FlaskClient, completed: Agreement) -> None:
    page = client.get(f"/verify/{completed.code}").text
    assert "Nguyên vẹn, các bên đã ký đủ" in page
    assert str(completed.document_digest) in page
    assert str(completed.frozen_digest) in page
    assert OURS not in page


def test_a_document_that_waits_for_signatures_does_not_hold_yet(client: FlaskClient, sent: Agreement) -> None:
    page = client.get(f"/verify/{sent.code}").text
    assert "Nguyên vẹn nhưng chưa ký đủ" in page
    assert "24,5 tỷ" not in page


def test_a_draft_is_unknown_to_the_public(client: FlaskClient, draft: Agreement) -> None:
    assert client.get(f"/verify/{draft.code}").status_code == 404


def test_an_unknown_code_is_said_in_words(client: FlaskClient, fair: Any) -> None:
    answer = client.get("/verify/<b>")
    assert (answer.status_code, "Không phải văn bản của hệ thống này" in answer.text) == (404, True)


@pytest.mark.parametrize("address", ["/verify", "/verify/"])
def test_the_code_can_be_typed(client: FlaskClient, address: str) -> None:
    assert "Mã của văn bản" in client.get(address).text


def test_a_code_is_found_however_it_is_typed(client: FlaskClient, completed: Agreement) -> None:
    typed = f" {completed.code[:5].lower()}-{completed.code[5:]} "
    answer = client.get("/verify", query_string={"code": typed}, follow_redirects=True)
    assert "Nguyên vẹn, các bên đã ký đủ" in answer.text


def test_a_confidential_value_is_shown_to_nobody(
    client: FlaskClient, as_organizer: FlaskClient, completed: Agreement, intruder: Callable[[str], None]
) -> None:
    intruder("UPDATE agreement SET is_confidential = true")
    db.session.commit()
    assert "24,5 tỷ" not in client.get(f"/verify/{completed.code}").text
    assert "24,5 tỷ" not in as_organizer.get("/organizer/fairs/gia-lai/agreements").text


def test_a_record_changed_behind_our_back_is_not_called_intact(
    client: FlaskClient, completed: Agreement, intruder: Callable[[str], None]
) -> None:
    intruder("UPDATE agreement SET value = 1")
    db.session.commit()
    assert "Bị thay đổi sau khi ký" in client.get(f"/verify/{completed.code}").text


@pytest.mark.parametrize("spoil", [lambda file: file.write_bytes(b"%PDF-1.7"), Path.unlink])
def test_a_spoilt_or_lost_file_is_not_called_intact(
    app: Flask, client: FlaskClient, completed: Agreement, spoil: Callable[[Path], object]
) -> None:
    digest = str(completed.document_digest)
    spoil(app.extensions["files"].folder / "documents" / digest[:2] / digest[2:])
    assert "Bị thay đổi sau khi ký" in client.get(f"/verify/{completed.code}").text


def handed_in(client: FlaskClient, pdf: bytes, **query: str) -> TestResponse:
    return client.post("/verify", data={"file": (BytesIO(pdf), "a.pdf")}, query_string=query)


def test_a_stranger_hands_in_the_file_and_nothing_of_it_is_kept(
    app: Flask, client: FlaskClient, completed: Agreement
) -> None:
    pdf, folder = documents.present(completed), app.extensions["files"].folder
    before = sorted(folder.rglob("*"))
    answer = handed_in(client, pdf)
    assert (answer.status_code, "Đúng bản gốc, đủ chữ ký" in answer.text) == (200, True)
    assert "Con dấu số của ban tổ chức" in answer.text
    assert sorted(folder.rglob("*")) == before
    added = answer_to_change(client, pdf)
    assert "Bị sửa sau khi ký" in added


def answer_to_change(client: FlaskClient, pdf: bytes) -> str:
    answer = handed_in(client, updated(pdf, add_note))
    assert answer.status_code == 422
    return answer.text


def test_a_change_that_no_signature_sees_is_told_by_our_record(client: FlaskClient, completed: Agreement) -> None:
    pdf = documents.present(completed)
    padding = max(match.end() for match in re.finditer(rb"0{300}>", pdf)) - 2
    answer = handed_in(client, pdf[:padding] + b"1" + pdf[padding + 1 :])
    assert "Không phải tệp chúng tôi lưu giữ" in answer.text
    assert "Hồ sơ của chúng tôi về tệp hoàn tất" in answer.text


def test_the_command_says_the_same_and_exits_by_it(app: Flask, completed: Agreement, tmp_path: Path) -> None:
    file, runner = tmp_path / "a.pdf", app.test_cli_runner()
    file.write_bytes(documents.present(completed))
    good = copy_context().run(runner.invoke, agreements, ["verify", str(file), "--json"])
    assert (good.exit_code, json.loads(good.stdout)["verdict"], len(json.loads(good.stdout)["signatures"])) == (
        0,
        "good",
        4,
    )
    file.write_bytes(updated(file.read_bytes(), add_note))
    bad = copy_context().run(runner.invoke, agreements, ["verify", str(file)])
    assert (bad.exit_code, bad.stdout.startswith("Changed after signing")) == (1, True)


def test_what_a_loader_brings_completed_verifies_too(client: FlaskClient, draft: Agreement) -> None:
    draft.state, draft.signed_on, draft.frozen_digest, draft.clauses = "completed", clock.today("UTC"), "", []
    draft.completed_at = clock.now()
    for party in draft.parties:
        signed = {"state": "signed", "signed_at": clock.now(), "signer_name": "An", "signer_email": party.email}
        db.session.add(Signature(agreement_id=draft.id, party_id=party.id, **signed))
    db.session.flush()
    filing.store([documents.load(draft.id)])
    db.session.commit()
    assert "Nguyên vẹn, các bên đã ký đủ" in client.get(f"/verify/{draft.code}").text


@pytest.mark.parametrize(("language", "words"), [("vi", "Tệp quá lớn"), ("en", "The file is too large")])
def test_a_file_of_fifty_megabytes_is_refused_in_words(client: FlaskClient, language: str, words: str) -> None:
    answer = client.post(f"/verify?lang={language}", data={"file": (BytesIO(b"%PDF-1.7" + bytes(50 * 2**20)), "a.pdf")})
    assert (answer.status_code, words in answer.text) == (413, True)

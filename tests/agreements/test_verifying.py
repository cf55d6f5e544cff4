"""What anyone learns of a document by its code, and what not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from techfair.agreements import documents, filing
from techfair.agreements.models import Agreement, Signature
from techfair.core import clock
from techfair.extensions import db
from tests.agreements.conftest import OURS


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
    client: FlaskClient, as_organizer: FlaskClient, completed: Agreement
) -> None:
    completed.is_confidential = True
    db.session.commit()
    assert "24,5 tỷ" not in client.get(f"/verify/{completed.code}").text
    assert "24,5 tỷ" not in as_organizer.get("/organizer/fairs/gia-lai/agreements").text


def test_a_record_changed_behind_our_back_is_not_called_intact(client: FlaskClient, completed: Agreement) -> None:
    db.session.execute(db.update(Agreement).values(value=1))
    db.session.commit()
    assert "Bị thay đổi sau khi ký" in client.get(f"/verify/{completed.code}").text


@pytest.mark.parametrize("spoil", [lambda file: file.write_bytes(b"%PDF-1.7"), Path.unlink])
def test_a_spoilt_or_lost_file_is_not_called_intact(
    app: Flask, client: FlaskClient, completed: Agreement, spoil: Callable[[Path], object]
) -> None:
    digest = str(completed.document_digest)
    spoil(app.extensions["files"].folder / "documents" / digest[:2] / digest[2:])
    assert "Bị thay đổi sau khi ký" in client.get(f"/verify/{completed.code}").text


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

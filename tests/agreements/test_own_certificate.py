"""Signing by one's own certificate: it counts for more, is refused for its own reasons, and leaves no key behind."""

import logging
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from techfair.accounts.models import User
from techfair.agreements import checking, documents, signing
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.sealing.identities import Identity, der
from techfair.agreements.trust import anchors
from techfair.extensions import db
from tests.agreements.conftest import Mailbox, settle
from tests.agreements.sealing import pki
from tests.agreements.sealing.pki import DAY, NOW

PASSWORD = "mật khẩu chỉ có ở đây 8472"
CASES = Path(__file__).parent.parent / "cases"


def p12(identity: Identity, password: str = PASSWORD) -> bytes:
    protection = serialization.BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(
        b"a", identity.key, identity.certificate, list(identity.chain), protection
    )


def send(client: FlaskClient, box: Mailbox, file: bytes, password: str = PASSWORD) -> TestResponse:
    given = {"certificate": (BytesIO(file), "a.p12"), "password": password}
    return client.post(f"{box.link}/certificate", data=given)


@pytest.fixture
def trusting(app: Flask, administrator: User) -> None:
    anchors.add(der(pki.root().certificate), by=administrator)
    anchors.add((CASES / "test_root.crt").read_bytes(), by=administrator)
    db.session.commit()


def test_one_signs_by_certificate_the_other_by_code_and_no_key_is_left_anywhere(
    app: Flask,
    client: FlaskClient,
    sent: Agreement,
    trusting: None,
    ours: Mailbox,
    theirs: Mailbox,
    sign: Callable[[Mailbox], None],
    run_jobs: Callable[[], int],
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    caplog.set_level(logging.DEBUG)
    identity = pki.issue("H'Bia Êban")
    file = p12(identity)
    assert send(client, theirs, file).status_code == 303
    sign(ours)
    run_jobs()
    check = checking.check(documents.present(documents.load(sent.id)))
    party = next(one for one in check.report.findings if one.field == "PartyB")
    assert (check.verdict, party.signer, party.is_own) == ("good", "H'Bia Êban", False)
    numbers = identity.key.private_numbers()  # type: ignore[union-attr]
    secrets = [PASSWORD.encode(), file[200:264], numbers.p.to_bytes(128), numbers.d.to_bytes(256)[:100]]
    folder = app.extensions["settings"].instance
    kept = [place.read_bytes() for root in (folder, tmp_path) for place in root.rglob("*") if place.is_file()]
    told = [record.getMessage().encode() for record in caplog.records]
    assert len(kept) > 5
    assert [secret for secret in secrets for data in (*kept, *told) if secret in data] == []


def withdrawn(signer: Identity) -> None:
    anchor = next(one for one in anchors.all_anchors() if one.name == "Thử nghiệm CA")
    anchors.give_list(
        anchor, pki.withdrawn_list(signer, NOW - timedelta(hours=1)), by=db.session.scalars(db.select(User)).first()
    )
    db.session.commit()


def test_each_bad_certificate_is_refused_in_its_own_words_and_signs_nothing(
    client: FlaskClient, sent: Agreement, trusting: None, theirs: Mailbox
) -> None:
    name, revoked = "H'Bia Êban", pki.issue("H'Bia Êban")
    withdrawn(revoked)
    tries = [
        ("Mật khẩu không mở được", p12(pki.issue(name)), "sai mật khẩu 93"),
        ("không phải tệp chứng thư số", b"%PDF-1.7", PASSWORD),
        ("đã hết hạn", p12(pki.issue(name, NOW - 400 * DAY, 365)), PASSWORD),
        ("chưa có hiệu lực", p12(pki.issue(name, NOW + DAY)), PASSWORD),
        ("bị bên cấp thu hồi", p12(revoked), PASSWORD),
        ("không dùng để ký", p12(pki.issue(name, NOW - DAY, 9, ExtendedKeyUsageOID.SERVER_AUTH)), PASSWORD),
        ("của Nguyễn Văn Khác; người được mời ký là", p12(pki.issue("Nguyễn Văn Khác")), PASSWORD),
        ("Chứng thư số này của ky@example.vn", (CASES / "no_common_name.p12").read_bytes(), "test"),  # K070
        ("Chứng thư số này của Nguyễn Thị Thử", (CASES / "legacy_3des.p12").read_bytes(), "test"),  # K068: opened
        ("Chứng thư số này của Nguyễn Thị Thử", (CASES / "legacy_rc2_40.p12").read_bytes(), "test"),  # K068: opened
    ]
    for words, file, password in tries:
        answer = send(client, theirs, file, password)
        assert (answer.status_code, words in answer.text.replace("&#39;", "'")) == (422, True), words
        assert password not in answer.text or password == "test"
    assert db.session.scalars(db.select(Signature).filter_by(state="signed")).all() == []


@pytest.mark.parametrize(("code", "status"), [("9900000111-002", 422), ("9900000111-001", 303)])
def test_an_organisation_s_certificate_signs_by_its_tax_code_with_branch(
    client: FlaskClient, draft: Agreement, manager: User, trusting: None, theirs: Mailbox, code: str, status: int
) -> None:  # K069
    draft = documents.load(draft.id)
    draft.parties[1].tax_code = code
    db.session.flush()
    settle(draft, manager)
    signing.invite(draft, by=manager)
    db.session.commit()
    answer = send(client, theirs, (CASES / "vn_organisation.p12").read_bytes(), "test")
    assert answer.status_code == status
    if status == 422:
        assert "9900000111-001; mã số thuế của bên ký là 9900000111-002" in answer.text
        return
    party = checking.check(documents.present(documents.load(draft.id))).report.findings[-1]
    assert (party.signer, party.tax_code) == ("CÔNG TY TNHH CÔNG NGHỆ MẪU, CHI NHÁNH GIA LAI", code)

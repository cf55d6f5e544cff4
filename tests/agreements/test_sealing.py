"""The one PDF: certified first, signed by each party on its own, sealed last; and by whose keys."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.agreements import documents, filing
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.sealing import making
from techfair.agreements.trust.models import FairAuthority, SealCertificate
from techfair.extensions import db
from techfair.fairs.models import Fair
from tests.agreements.conftest import Mailbox


def told_by_pdfsig(pdf: bytes, folder: Path) -> list[dict[str, str]]:
    """What poppler says of each signature, in the order of signing."""
    file = folder / "signed.pdf"
    file.write_bytes(pdf)
    said = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, check=True, text=True).stdout
    parts = [dict(re.findall(r"- ([^:\n]+): (.*)", part)) for part in said.split("Signature #")[1:]]
    return sorted(parts, key=lambda part: int(re.findall(r"\d+", part["Signed Ranges"])[-1]))


def test_another_reader_finds_every_signature_valid_and_named(completed: Agreement, tmp_path: Path) -> None:
    told = told_by_pdfsig(documents.present(completed), tmp_path)
    assert [one["Signature Field Name"] for one in told] == ["Certification", "PartyA", "PartyB", "Seal"]
    assert {one["Signature Validation"] for one in told} == {"Signature is Valid."}
    assert {one["Signature Type"] for one in told} == {"ETSI.CAdES.detached"}
    assert [one["Signer Certificate Common Name"] for one in told][1:3] == ["Võ Thanh Vân", "H'Bia Êban"]


def test_the_settled_text_takes_signatures_and_nothing_else(sent: Agreement) -> None:
    settled = documents.present(sent)
    assert making.open_fields(settled) == ["PartyA", "PartyB", "Seal"]
    assert re.search(rb"/TransformMethod\s*/DocMDP", settled)
    assert re.search(rb"/P 2\b", settled)


def test_each_signature_stands_on_the_page_that_the_next_signer_reads(
    app: Flask, sent: Agreement, ours: Mailbox, sign: Callable[[Mailbox], None]
) -> None:
    before = list(sent.page_digests)
    sign(ours)
    after = documents.load(sent.id).page_digests
    assert (after[:-1], after[-1] == before[-1]) == (before[:-1], False)


def test_a_fair_has_one_authority_and_one_seal_however_much_is_signed(
    completed: Agreement, make_draft: Callable[..., Agreement], manager: User
) -> None:
    filing.begin(make_draft())
    assert db.session.scalar(db.select(db.func.count()).select_from(FairAuthority)) == 1
    assert db.session.scalar(db.select(db.func.count()).select_from(SealCertificate)) == 1


def test_keys_lie_in_the_database_encrypted_only(completed: Agreement, fair: Fair) -> None:
    for row in (db.session.get_one(FairAuthority, fair.id), db.session.scalars(db.select(SealCertificate)).one()):
        assert row.sealed_key
        assert b"PRIVATE" not in row.sealed_key
        assert row.sealed_key.startswith(b"gAAAA")  # a token of Fernet: nothing of the key shows


def test_a_drawn_signature_is_drawn_on_the_page_and_nonsense_is_refused(
    client: FlaskClient, sent: Agreement, ours: Mailbox
) -> None:
    client.post(f"{ours.link}/code")
    for strokes in ("[[[1e9, 4]]]", "[[]]", '{"a": 1}', "nonsense"):
        answer = client.post(f"{ours.link}/confirm", data={"code": ours.code, "strokes": strokes})
        assert (answer.status_code, "Không đọc được nét vẽ" in answer.text) == (422, True)
    strokes = "[[[10, 20], [80.5, 120], [300, 60]], [[40, 40]]]"
    assert client.post(f"{ours.link}/confirm", data={"code": ours.code, "strokes": strokes}).status_code == 303
    signed = db.session.scalars(db.select(Signature).filter_by(state="signed")).one()
    assert signed.evidence["mark"] == "drawn"
    assert making.open_fields(documents.present(documents.load(sent.id))) == ["PartyB", "Seal"]

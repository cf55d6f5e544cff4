"""The PDF: right letters, right amounts, the digest on each page, the deal as data."""

import json
import subprocess
from collections.abc import Callable
from contextvars import copy_context
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from pypdf import PdfReader

from techfair.accounts.models import User
from techfair.agreements import checking, content, documents, drafting, evidence, signing
from techfair.agreements.cli import agreements
from techfair.agreements.kinds import KIND_LABELS
from techfair.agreements.models import Agreement
from techfair.agreements.schemas import Deal, PartyInput
from techfair.core.mail import Mail
from techfair.extensions import db
from techfair.fairs.models import Fair
from tests.agreements import archive
from tests.agreements.conftest import Mailbox, settle

NAMES = ["H'Bia Êban", "Đặng Thị Ngữ Ưởng", "삼성 테크", "北海机械有限公司", "ООО Пример"]  # K073


def pages(pdf: bytes, folder: Path) -> list[str]:
    """The text of each page, as somebody who copies from it gets it."""
    file = folder / "document.pdf"
    file.write_bytes(pdf)
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True).stdout
    return text.decode().split("\f")[:-1]


def test_the_completed_document_names_parties_value_and_who_signed(completed: Agreement, tmp_path: Path) -> None:
    words = " ".join(" ".join(pages(documents.present(completed), tmp_path)).split())
    assert "BIÊN BẢN GHI NHỚ" in words
    assert "Công ty TNHH Cơ khí Đại Nguyên" in words
    assert "24.500.000.000 đồng" in words
    assert words.count("H'Bia Êban") == 4  # as the party's representative, under the room, in letters, in the stamp


def test_the_digest_of_the_frozen_content_stands_on_every_page(completed: Agreement, tmp_path: Path) -> None:
    assert completed.frozen_digest == content.digest(completed)
    assert all(f"SHA-256 {completed.frozen_digest}" in page for page in pages(documents.present(completed), tmp_path))


def test_the_last_page_s_code_leads_to_where_the_document_is_verified(client: FlaskClient, sent: Agreement) -> None:
    last = documents.page(sent, len(sent.page_digests))
    address = zxingcpp.read_barcodes(Image.open(BytesIO(last)))[0].text
    assert address.endswith(f"/verify/{sent.code}")
    assert client.get(urlsplit(address).path).status_code == 200


def test_a_draft_says_so_on_every_page(draft: Agreement) -> None:
    drawn = PdfReader(BytesIO(documents.present(draft))).pages
    assert ["DRAFT" in page.extract_text() for page in drawn] == [True, True]


def test_the_deal_is_carried_as_data(completed: Agreement) -> None:
    carried = json.loads(PdfReader(BytesIO(documents.present(completed))).attachments["agreement.json"][0])
    assert carried == content.of(completed)
    assert carried["value"] == 24_500_000_000


def test_every_letter_of_a_name_is_in_text_stamp_evidence_and_title(
    fair: Fair, manager: User, sign: Callable[[Mailbox], None], run_jobs: Callable[[], int], tmp_path: Path
) -> None:
    emails = [f"ben{n}@example.vn" for n, _name in enumerate(NAMES)]
    sides = [PartyInput(name_vi=name, representative=name, email=to) for name, to in zip(NAMES, emails, strict=True)]
    draft = documents.load(drafting.draft(fair, "memorandum", Deal(subject_vi="Tên"), sides, by=manager).id)
    settle(draft, manager)
    signing.invite(draft, by=manager)
    db.session.commit()
    for email in emails:
        sign(Mailbox(email))
    run_jobs()
    done = documents.load(draft.id)
    document, proof = documents.present(done), evidence.read(done)
    about = PdfReader(BytesIO(document)).metadata
    stamps = {one.signer for one in checking.check(document).report.findings if one.kind == "party"}
    text, told = ("".join("".join(pages(pdf, tmp_path)).split()) for pdf in (document, proof))
    for name in NAMES:
        close = name.replace(" ", "")
        assert text.count(close) >= 5  # composed: party, representative, under the room, twice in the stamp
        assert told.count(close) >= 2
        assert about is not None
        assert name in (about.title or "")
        assert name in (about.author or "")
        assert name in stamps
    assert archive.faults(document) == archive.faults(proof) == []  # PDF/A-3, also after all signatures


@pytest.mark.parametrize("kind", list(KIND_LABELS))
def test_every_kind_has_its_articles_with_all_fields_filled(
    make_draft: Callable[..., Agreement], tmp_path: Path, kind: str
) -> None:
    text = "".join(pages(documents.render(make_draft(kind=kind)), tmp_path))
    assert "Điều 3." in text
    assert "{" not in text


def test_braces_in_a_subject_stay_what_they_are(make_draft: Callable[..., Agreement], tmp_path: Path) -> None:
    draft = make_draft(subject_vi="Máy {value_en} #emph[x]")
    assert "Máy {value_en} #emph[x]" in pages(documents.render(draft), tmp_path)[0]


def test_signing_changes_no_byte_of_the_text(completed: Agreement) -> None:
    assert documents.present(completed).startswith(documents.render(completed))


def test_signers_read_what_was_frozen_even_if_our_templates_change(
    draft: Agreement, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(draft, manager)
    frozen = documents.present(draft)
    monkeypatch.setattr(documents, "LETTERS", "XYZUVW")
    assert documents.present(draft) == frozen


def test_the_mailed_file_is_the_kept_one(completed: Agreement) -> None:
    mails = db.session.scalars(db.select(Mail).filter_by(template="agreement_completed")).all()
    assert {mail.attachments[0].split()[0] for mail in mails} == {completed.document_digest}


def test_the_organizer_sees_register_record_and_document(as_organizer: FlaskClient, completed: Agreement) -> None:
    register = as_organizer.get("/organizer/fairs/gia-lai/agreements").text
    assert "24,5 tỷ đồng" in register
    record = as_organizer.get(f"/organizer/fairs/gia-lai/agreements/{completed.id}").text
    assert "Ký bằng mã gửi qua thư" in record
    assert as_organizer.get(f"/organizer/fairs/gia-lai/agreements/{completed.id}/document.pdf").data[:5] == b"%PDF-"
    assert as_organizer.get(f"/organizer/fairs/gia-lai/agreements/{completed.id}/pages/2.png").status_code == 200


def test_registers_are_kept_apart(as_organizer: FlaskClient, make_draft: Callable[..., Agreement]) -> None:
    make_draft(kind="investment_memorandum", subject_vi="Trung tâm logistics")
    make_draft(kind="nda", subject_vi="Bí quyết sấy")
    address = "/organizer/fairs/gia-lai/agreements"
    assert "Sổ này chưa có văn bản" in as_organizer.get(address).text
    assert "Trung tâm logistics" in as_organizer.get(f"{address}?register=investments").text
    assert "Bí quyết sấy" in as_organizer.get(f"{address}?register=ndas").text
    assert as_organizer.get(f"{address}?register=other").status_code == 404


def test_an_agreement_of_another_fair_is_not_found_in_this_one(
    as_organizer: FlaskClient, make_fair: Callable[..., object], completed: Agreement
) -> None:
    make_fair("kon-tum")
    assert as_organizer.get(f"/organizer/fairs/kon-tum/agreements/{completed.id}").status_code == 404


def test_a_steward_sees_no_agreements(as_steward: FlaskClient, completed: Agreement) -> None:
    assert as_steward.get("/organizer/fairs/gia-lai/agreements").status_code == 404


def test_the_evidence_is_sealed_and_bound_to_the_finished_file(
    as_organizer: FlaskClient, client: FlaskClient, completed: Agreement, theirs: Mailbox, tmp_path: Path
) -> None:
    address = f"/organizer/fairs/gia-lai/agreements/{completed.id}/document.pdf?part=evidence"
    assert address in as_organizer.get(address.replace("/document.pdf?part=evidence", "")).text
    pdf = as_organizer.get(address).data
    words = "".join("".join(pages(pdf, tmp_path)).split())
    assert str(completed.document_digest) in words
    assert "minh@cao-nguyen.example.vn·127.0.0.1" in words
    assert "H'BiaÊban" in words
    assert checking.check(pdf).verdict == "evidence"
    assert client.get(f"{theirs.link}/document.pdf?part=evidence").data == documents.present(completed)


def test_the_completed_documents_of_a_fair_are_taken_along(
    app: Flask, completed: Agreement, make_draft: Callable[..., Agreement], tmp_path: Path
) -> None:
    make_draft()
    words = ["export", "gia-lai", "--directory", str(tmp_path / "out"), "--evidence"]
    result = copy_context().run(app.test_cli_runner().invoke, agreements, words)
    assert result.exit_code == 0, result.output
    number = completed.number.replace("/", "-")
    assert [file.name for file in sorted((tmp_path / "out").iterdir())] == [f"{number}-evidence.pdf", f"{number}.pdf"]
    assert (tmp_path / "out" / f"{number}.pdf").read_bytes() == documents.present(completed)

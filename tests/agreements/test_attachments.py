"""Files attached to an agreement: bound by its digest, printed in its text, known again by the code."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from flask import current_app
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy.exc import IntegrityError

from techfair.accounts.models import User
from techfair.agreements import content, documents, drafting, signing
from techfair.agreements.attachments import attaching
from techfair.agreements.models import Agreement
from techfair.agreements.negotiation import talking
from techfair.extensions import db
from tests.agreements.conftest import Mailbox
from tests.agreements.sealing import pki
from tests.agreements.test_documents import pages
from tests.agreements.test_negotiation import link_of

PLAN = pki.blank()


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 4), "red").save(out, "PNG")
    return out.getvalue()


def sent_as(name: str, data: bytes) -> dict[str, object]:
    return {"files": [(BytesIO(data), name)]}


def test_parties_attach_files_by_content_and_a_changed_attachment_ends_consent(
    client: FlaskClient, as_manager: FlaskClient, draft: Agreement, manager: User, theirs: Mailbox
) -> None:
    mine, before = f"/exhibitor/agreements/{draft.id}/attachments", content.digest(draft)
    talking.share(draft, by=manager, party=draft.parties[0])
    db.session.commit()
    refused = as_manager.post(f"{mine}?lang=vi", data=sent_as("plan.pdf", b"<svg/>"))
    assert (refused.status_code, "plan.pdf: " in refused.text) == (422, True)
    twice = {"files": [(BytesIO(PLAN), "Sơ đồ.exe"), (BytesIO(PLAN), "b")]}
    assert as_manager.post(mine, data=twice).status_code == 303
    attached = documents.load(draft.id)
    assert [(one.name, one.digest) for one in attached.attachments] == [("Sơ đồ.exe", sha256(PLAN).hexdigest())]
    assert content.digest(attached) != before
    assert talking.consents(attached) == []
    db.session.rollback()
    there = link_of(theirs)
    assert "Sơ đồ.exe" in client.get(there).text
    assert client.post(f"{there}/attachments", data=sent_as("ảnh.jpg", picture())).status_code == 303
    got = client.get(f"{there}/attachments/1")
    assert (got.data, ".pdf" in got.headers["Content-Disposition"]) == (PLAN, True)
    assert "attachment;" in got.headers["Content-Disposition"]
    for _ in range(2):  # pressed twice the file that moved up stays
        client.post(f"{there}/attachments/1/take-out", data={"digest": sha256(PLAN).hexdigest()})
    left = documents.load(draft.id)
    assert [(one.place, one.name) for one in left.attachments] == [(1, "ảnh.jpg")]


def test_a_settled_text_prints_its_attachments_and_keeps_them(
    client: FlaskClient, as_manager: FlaskClient, with_plan: Agreement, theirs: Mailbox, tmp_path: Path
) -> None:
    id, digest = with_plan.id, sha256(PLAN).hexdigest()
    printed = "".join("".join(pages(documents.present(with_plan), tmp_path)).split())
    assert "Phụlụcđínhkèm" in printed
    assert digest in printed
    db.session.rollback()
    assert digest in client.get(theirs.link).text
    assert client.get(f"{theirs.link}/attachments/1").data == PLAN
    as_manager.post(f"/exhibitor/agreements/{id}/attachments/1/take-out", data={"digest": digest})
    as_manager.post(f"/exhibitor/agreements/{id}/attachments", data=sent_as("b.png", picture()))
    assert len(documents.load(id).attachments) == 1


@pytest.mark.parametrize("statement", ["DELETE FROM", "UPDATE {} SET name = 'x'", "INSERT INTO"])
def test_the_database_itself_refuses_to_change_settled_attachments(with_plan: Agreement, statement: str) -> None:
    table = "agreement_attachment"
    copy = (
        f" (agreement_id, place, name, digest, media_type, size, added_by, added_at)"
        f" SELECT agreement_id, 2, name, 'other', media_type, size, added_by, added_at FROM {table}"
    )
    words = statement.format(table) if "{}" in statement else f"{statement} {table}{copy * statement.startswith('I')}"
    with pytest.raises(IntegrityError, match="settled"):
        db.session.execute(db.text(words))
    db.session.rollback()


def test_a_stranger_with_the_code_learns_whether_a_file_belongs(client: FlaskClient, with_plan: Agreement) -> None:
    code = with_plan.code
    db.session.rollback()

    def says(data: bytes, code: str) -> str:
        given = {"file": (BytesIO(data), "a.pdf"), "code": code}
        return client.post("/verify?lang=vi", data=given).text

    assert f'name="code" value="{code}"' in client.get(f"/verify/{code}").text
    assert "Là phụ lục của văn bản này" in says(PLAN, code)
    assert "Không thuộc văn bản này" in says(PLAN + b" ", code)
    assert "Không thuộc văn bản này" in says(picture(), code)
    assert "phụ lục của văn bản này" not in says(PLAN, "")  # the file alone does not tell where it is attached


def test_others_reach_no_attachment(
    client: FlaskClient, as_organizer: FlaskClient, as_steward: FlaskClient, with_plan: Agreement, theirs: Mailbox
) -> None:
    id = with_plan.id
    address = f"/organizer/fairs/gia-lai/agreements/{id}/attachments"
    assert as_organizer.get(f"{address}/1").data == PLAN
    assert as_organizer.post(address, data=sent_as("b.png", picture())).status_code == 404  # the parties' own text
    assert as_steward.get(f"{address}/1").status_code == 404
    assert as_organizer.get(f"{address}/2").status_code == 404
    assert client.get(f"{theirs.link}x/attachments/1").status_code == 404


@pytest.fixture
def with_plan(draft: Agreement, manager: User) -> Agreement:
    """An agreement sent for signing with a site plan attached."""
    digest = current_app.extensions["files"].put(PLAN)
    attaching.attach(draft, [attaching.Sent(digest, "Sơ đồ.pdf", "application/pdf", len(PLAN))], by=manager)
    talking.share(draft, by=manager)
    for party in draft.parties:
        talking.agree(draft, party, content.digest(draft))
    drafting.freeze(draft, by=manager)
    signing.invite(draft, by=manager)
    db.session.commit()
    return draft

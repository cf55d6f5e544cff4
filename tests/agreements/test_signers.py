"""Signers while they are waited for: a colleague instead, reminders that stop, the organizer who withdraws."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from techfair.agreements import documents
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.signers import reminding
from techfair.core import audit
from techfair.core.mail import Mail
from techfair.extensions import db
from tests.agreements.conftest import OURS, Mailbox

COLLEAGUE = "siu@cao-nguyen.example.vn"
GIVEN = {"name": "Siu H'Lan", "email": COLLEAGUE, "reason": "Đi công tác"}


def link_in(template: str, email: str) -> str:
    text = Mailbox(email).newest(template).text
    return "/sign/" + text.split("/sign/")[1].split()[0]


def test_a_colleague_signs_instead_with_a_link_of_their_own_and_a_record(
    client: FlaskClient,
    sent: Agreement,
    ours: Mailbox,
    theirs: Mailbox,
    sign: Callable[[Mailbox], None],
    run_jobs: Callable[[], int],
) -> None:
    old = theirs.link
    taken = client.post(f"{old}/hand-over?lang=vi", data=GIVEN | {"email": OURS.upper()})
    assert (taken.status_code, "Hộp thư này đã được dùng" in taken.text) == (422, True)
    for _ in range(2):
        assert client.post(f"{old}/hand-over", data=GIVEN).status_code == 303
    assert "Đi công tác" in Mailbox(COLLEAGUE).newest("sign_handed_over").text
    client.post(f"{old}/code")
    assert "đã chuyển người khác ký" in client.get(f"{old}?lang=vi").text
    new = link_in("sign_handed_over", COLLEAGUE)
    client.post(f"{new}/code")
    assert client.post(f"{new}/confirm", data={"code": Mailbox(COLLEAGUE).code}).status_code == 303
    sign(ours)
    run_jobs()
    completed = documents.load(sent.id)
    states = sorted(one.state for party in completed.parties for one in party.signatures)
    assert (completed.state, states) == ("completed", ["delegated", "signed", "signed"])
    handed = db.session.scalars(db.select(Signature).filter_by(state="delegated")).one()
    assert audit.of(handed)[0].details == {"name": "Siu H'Lan", "to": COLLEAGUE, "reason": "Đi công tác"}


def test_reminders_go_to_who_has_not_signed_and_stop_after_three(
    sent: Agreement, ours: Mailbox, sign: Callable[[Mailbox], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    reminding.remind()
    sign(ours)
    monkeypatch.setattr(reminding, "PAUSE", timedelta(seconds=-1))
    for _ in range(5):
        reminding.remind()
    reminders = db.session.scalars(db.select(Mail).filter_by(template="sign_reminder")).all()
    assert [mail.to_address for mail in reminders] == ["minh@cao-nguyen.example.vn"] * 3
    assert "last reminder" in reminders[2].text
    assert "last reminder" not in reminders[1].text


def test_nobody_is_reminded_of_what_the_organizer_withdrew(
    as_organizer: FlaskClient, as_steward: FlaskClient, sent: Agreement, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/organizer/fairs/gia-lai/agreements/{sent.id}/abandon"
    assert as_steward.post(address, data={"reason": "Sai mẫu"}).status_code == 404
    assert as_organizer.post(address, data={"reason": ""}).status_code == 422
    assert as_organizer.post(address, data={"reason": "Sai mẫu"}).status_code == 303
    assert documents.load(sent.id).state == "abandoned"
    db.session.rollback()
    monkeypatch.setattr(reminding, "PAUSE", timedelta(seconds=-1))
    reminding.remind()
    assert db.session.scalars(db.select(Mail).filter_by(template="sign_reminder")).all() == []


def test_the_signer_goes_on_on_the_phone_by_a_code(client: FlaskClient, sent: Agreement, theirs: Mailbox) -> None:
    page = client.get(f"{theirs.link}/phone")
    assert (page.status_code, "<svg" in page.text) == (200, True)
    assert client.get(f"{theirs.link}x/phone").status_code == 404

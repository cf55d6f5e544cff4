"""Two parties sign with cards: the file to sign goes out, the signature comes back, made by keys no server sees."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from playwright.sync_api import expect

from techfair.accounts.models import User
from techfair.agreements import checking, documents, drafting, signing
from techfair.agreements.schemas import Deal, PartyInput
from techfair.agreements.sealing.identities import Identity, der
from techfair.agreements.trust import anchors
from techfair.extensions import db
from techfair.fairs.models import Fair
from tests.agreements.conftest import OURS, THEIRS, Mailbox, settle
from tests.agreements.sealing import pki
from tests.browser.test_memorandum_is_signed import documents_sent, look
from tests.fixtures.browser import PHONE
from tests.fixtures.serving import within

pytestmark = pytest.mark.browser
NAMES = {OURS: "Võ Thanh Vân", THEIRS: "H'Bia Êban"}


@pytest.fixture
def sent(fair: Fair, organizer: User, administrator: User) -> int:
    """An agreement that both are asked to sign, where the authority of their cards is trusted."""
    anchors.add(der(pki.root().certificate), by=administrator)
    sides = [PartyInput(name_vi=f"Bên {box}", representative=name, email=box) for box, name in NAMES.items()]
    made = drafting.draft(fair, "memorandum", Deal(subject_vi="Dây chuyền sấy"), sides, by=organizer)
    agreement = documents.load(made.id)
    settle(agreement, organizer)
    signing.invite(agreement, by=organizer)
    id = made.id
    db.session.commit()
    return id


def by_rsa(card: Identity, data: bytes) -> bytes:
    return card.key.sign(data, padding.PKCS1v15(), hashes.SHA256())  # type: ignore[union-attr,call-arg,arg-type,return-value]


def by_ec(card: Identity, data: bytes) -> bytes:
    """As PKCS #11 gives it: r and s side by side."""
    made = card.key.sign(data, ec.ECDSA(hashes.SHA256()))  # type: ignore[union-attr,call-arg,arg-type]
    return b"".join(number.to_bytes(32, "big") for number in decode_dss_signature(made))  # type: ignore[arg-type]


def sign_with(card: Identity, program: Callable[[Identity, bytes], bytes], page: Any, box: Mailbox) -> None:
    """From the mailed link to the device and back."""
    page.goto(box.link)
    page.locator("summary", has_text="Ký bằng thẻ hoặc USB token").click()
    page.get_by_role("link", name="Ký bằng thiết bị").click()
    look(page)
    file = {
        "name": "a.pem",
        "mimeType": "application/x-pem-file",
        "buffer": card.certificate.public_bytes(Encoding.PEM),
    }
    page.get_by_label("Chứng thư của quý khách").set_input_files(file)
    page.get_by_role("button", name="Chuẩn bị văn bản").click()
    with page.expect_download() as kept:
        page.get_by_role("link", name="Tệp cần ký").click()
    look(page)
    made = {"name": "signature.bin", "mimeType": "application/octet-stream"}
    data = Path(kept.value.path()).read_bytes()
    page.get_by_label("Tệp chữ ký do phần mềm tạo ra").set_input_files(made | {"buffer": program(card, data)})
    page.get_by_role("button", name="Ký văn bản").click()
    expect(page.get_by_role("heading", name="đã ký").first).to_be_visible()


def test_two_cards_sign_one_document(sent: int, open_page: Callable[..., Any]) -> None:
    first, second = open_page(PHONE), open_page(PHONE)
    sign_with(pki.issue(NAMES[OURS]), by_rsa, first, Mailbox(OURS))
    curve = ec.generate_private_key(ec.SECP256R1())
    sign_with(pki.issue(NAMES[THEIRS], key=curve), by_ec, second, Mailbox(THEIRS))
    assert within(20, lambda: documents_sent() == 2)
    check = checking.check(documents.present(documents.load(sent)))
    parties = [(one.signer, one.is_own) for one in check.report.findings if one.kind == "party"]
    assert (check.verdict, parties) == ("good", [(name, False) for name in NAMES.values()])
    db.session.rollback()

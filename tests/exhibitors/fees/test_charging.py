"""From the account to the last payment, through the pages of organizer and exhibitor."""

import io
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from flask.testing import FlaskClient
from PIL import Image

from techfair.accounts.models import User
from techfair.core import audit, clock
from techfair.core.mail import Mail
from techfair.exhibitors import booths
from techfair.exhibitors.fees import charging, document
from techfair.exhibitors.fees.models import Fee, FeePayment
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.floor import terms
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair
from tests.exhibitors.fees.test_vietqr import fields

CONSOLE = "/organizer/fairs/gia-lai/fees"


@pytest.fixture
def account(as_organizer: FlaskClient, exhibitor: Exhibitor) -> None:
    answer = as_organizer.post(
        f"{CONSOLE}/account", data={"bank": "970436", "number": "0011 0012 34567", "holder": "SO KHOA HOC"}
    )
    assert answer.status_code == 303


@pytest.fixture
def asked(account: None, fair: Fair, exhibitor: Exhibitor) -> dict[str, Any]:
    """What an organizer types to ask for a fee."""
    day = clock.today(fair.timezone) + timedelta(days=14)
    return {
        "exhibitor_id": exhibitor.id,
        "due_on": day.isoformat(),
        "lines-0-text": "Gian hàng tiêu chuẩn 9 m²",
        "lines-0-amount": "5.000.000",
        "lines-1-text": "Điện 3 pha",
        "lines-1-amount": "500 nghìn",
        "form_token": "first",
    }


@pytest.fixture
def fee(as_organizer: FlaskClient, asked: dict[str, Any]) -> Fee:
    assert as_organizer.post(f"{CONSOLE}/new", data=asked).status_code == 303
    return db.session.scalars(db.select(Fee)).one()


def pay(client: FlaskClient, fee: Fee, amount: str, **more: str) -> Any:
    today = clock.today("Asia/Ho_Chi_Minh").isoformat()
    return client.post(f"{CONSOLE}/{fee.id}/payments", data={"amount": amount, "paid_on": today, **more})


def test_without_an_account_the_organizer_is_asked_for_it_first(
    as_organizer: FlaskClient, exhibitor: Exhibitor
) -> None:
    assert "Nêu tài khoản" in as_organizer.get(CONSOLE).text
    assert as_organizer.get(f"{CONSOLE}/new").location == f"{CONSOLE}/account"


def test_the_booths_of_an_exhibitor_are_proposed_with_the_price_of_their_kind(
    account: None, as_organizer: FlaskClient, organizer: User, fair: Fair, exhibitor: Exhibitor, booth: Booth
) -> None:
    booths.assign(exhibitor, booth, organizer)
    terms.set_terms(fair, booth.category, organizer, price_vnd=5_000_000)
    db.session.commit()
    page = as_organizer.get(f"{CONSOLE}/new?exhibitor={exhibitor.id}").text
    assert 'value="Gian hàng A01"' in page
    assert 'value="5.000.000 đồng"' in page


def test_a_fee_is_the_exact_sum_of_its_lines_and_the_company_is_told(fee: Fee, mails: Callable[[], list[Mail]]) -> None:
    assert (fee.number, fee.total, fee.outstanding, fee.state) == (1, 5_500_000, 5_500_000, "issued")
    (letter,) = [mail for mail in mails() if mail.template == "fee_issued"]
    assert "5,5 triệu đồng" in letter.text
    assert letter.to_address == "contact@dai-nguyen.example.vn"


def test_the_code_asks_for_what_is_still_open(fee: Fee, as_organizer: FlaskClient) -> None:
    assert fields(document.code(fee))["54"] == "5500000"
    pay(as_organizer, fee, "5.000.000")
    db.session.expire_all()
    assert fields(document.code(fee))["54"] == "500000"


def test_the_same_form_sent_twice_is_one_fee(fee: Fee, as_organizer: FlaskClient, asked: dict[str, Any]) -> None:
    assert as_organizer.post(f"{CONSOLE}/new", data=asked).status_code == 303
    assert len(db.session.scalars(db.select(Fee)).all()) == 1


def test_what_is_wrong_stands_at_its_line_and_the_rest_is_kept(
    as_organizer: FlaskClient, asked: dict[str, Any]
) -> None:
    answer = as_organizer.post(f"{CONSOLE}/new", data=asked | {"lines-1-amount": "5,000,000"})
    assert answer.status_code == 422
    assert "5 triệu đồng" in answer.text  # what was understood, to be typed in the Vietnamese way
    assert "Gian hàng tiêu chuẩn 9 m²" in answer.text
    assert db.session.scalars(db.select(Fee)).all() == []


def test_parts_add_up_until_the_fee_is_paid(
    fee: Fee, as_organizer: FlaskClient, mails: Callable[[], list[Mail]]
) -> None:
    pay(as_organizer, fee, "5 triệu")
    db.session.refresh(fee)
    assert (fee.state, fee.outstanding) == ("issued", 500_000)
    pay(as_organizer, fee, "500.000")
    db.session.refresh(fee)
    assert (fee.state, fee.outstanding) == ("paid", 0)
    assert [mail.template for mail in mails()][-1] == "fee_paid"


def test_a_payment_sent_twice_counts_once(fee: Fee, as_organizer: FlaskClient) -> None:
    for _ in range(2):
        assert pay(as_organizer, fee, "1 triệu", form_token="once").status_code == 303
    db.session.refresh(fee)
    assert fee.received == 1_000_000


def test_a_payment_struck_out_opens_the_fee_again_and_stays_in_the_log(fee: Fee, as_organizer: FlaskClient) -> None:
    pay(as_organizer, fee, "5,5 triệu")
    payment = db.session.scalars(db.select(FeePayment)).one()
    address = f"{CONSOLE}/{fee.id}/payments/{payment.id}/strike"
    assert as_organizer.post(address, data={"reason": " "}).status_code == 422
    assert as_organizer.post(address, data={"reason": "Nhầm công ty"}).status_code == 303
    db.session.refresh(fee)
    assert (fee.state, fee.received) == ("issued", 0)
    assert audit.of(fee)[0].details["reason"] == "Nhầm công ty"


def test_a_fee_that_was_paid_in_part_is_not_cancelled(fee: Fee, as_organizer: FlaskClient) -> None:
    pay(as_organizer, fee, "1 triệu")
    answer = as_organizer.post(f"{CONSOLE}/{fee.id}/cancel", data={"reason": "Miễn phí"})
    assert answer.status_code == 409
    db.session.refresh(fee)
    assert fee.state == "issued"


def test_a_cancelled_fee_asks_for_nothing_and_tells_why(
    fee: Fee, as_organizer: FlaskClient, mails: Callable[[], list[Mail]]
) -> None:
    as_organizer.post(f"{CONSOLE}/{fee.id}/cancel", data={"reason": "Đơn vị được miễn phí"})
    db.session.refresh(fee)
    assert (fee.state, fee.outstanding) == ("cancelled", 0)
    assert "Đơn vị được miễn phí" in mails()[-1].text


def test_the_exhibitor_sees_the_fee_with_its_code_and_invoice(fee: Fee, as_manager: FlaskClient) -> None:
    page = as_manager.get(f"/exhibitor/fees/{fee.id}")
    assert "0011001234567" in page.text
    assert '<div class="qr-code" role="img" aria-label="Mã cho ứng dụng ngân hàng"><svg' in page.text
    invoice = as_manager.get(f"/exhibitor/fees/{fee.id}/invoice.pdf")
    assert invoice.mimetype == "application/pdf"
    with pikepdf.open(io.BytesIO(invoice.data)) as paper:
        assert len(paper.pages) == 1


def test_a_phone_reads_the_code_on_the_printed_invoice(fee: Fee, as_manager: FlaskClient, tmp_path: Path) -> None:
    paper = tmp_path / "invoice.pdf"
    paper.write_bytes(as_manager.get(f"/exhibitor/fees/{fee.id}/invoice.pdf").data)
    subprocess.run(["pdftoppm", "-r", "100", "-png", "-singlefile", paper, tmp_path / "invoice"], check=True)
    assert zxingcpp.read_barcode(Image.open(tmp_path / "invoice.png")).text == document.code(fee)


def test_another_companys_fee_does_not_exist(
    fee: Fee, sign_in: Callable[..., FlaskClient], make_user: Callable[..., Any], client: FlaskClient
) -> None:
    stranger = sign_in(make_user("la@example.vn"))
    for address in (f"/exhibitor/fees/{fee.id}", f"/exhibitor/fees/{fee.id}/invoice.pdf", f"{CONSOLE}/{fee.id}"):
        assert stranger.get(address).status_code == 404
    assert client.get(f"/exhibitor/fees/{fee.id}").status_code == 303


def test_a_list_of_fees_takes_few_statements(
    fee: Fee,
    fair: Fair,
    as_organizer: FlaskClient,
    organizer: Any,
    make_exhibitor: Callable[..., Exhibitor],
    at_most: Callable[..., Any],
) -> None:
    for number in range(4):
        charging.issue(make_exhibitor(f"Công ty số {number}"), [("Gian hàng", 1_000_000)], fee.due_on, organizer)
    db.session.commit()
    with at_most(statements=14):
        assert "Công ty số 3" in as_organizer.get(CONSOLE).text

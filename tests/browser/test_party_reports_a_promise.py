"""A party reports from its phone how far a promise is; it counts once the organizer has accepted it."""

import io
import re
from datetime import date
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from techfair.accounts import passwords
from techfair.accounts.models import User
from techfair.agreements import documents, drafting
from techfair.agreements.commitments import asking
from techfair.agreements.schemas import Deal, MilestoneInput, PartyInput
from techfair.extensions import db
from techfair.fairs.models import Fair
from tests.agreements.conftest import OURS, THEIRS
from tests.fixtures.accessibility import faults
from tests.fixtures.browser import DESK, PHONE

pytestmark = pytest.mark.browser
PASSWORD = "một mật khẩu dài cho bài thử"


@pytest.fixture
def link(fair: Fair, organizer: User) -> str:
    """The link of a party whose capital was due in 2025."""
    passwords.set_password(organizer, PASSWORD)
    promised = MilestoneInput(title_vi="Giải ngân đợt 1", due_on=date(2025, 6, 1), measure="capital", planned=10**12)
    sides = [
        PartyInput(name_vi="Sở Khoa học", representative="Lê Thị Hoa", email=THEIRS),
        PartyInput(name_vi="Công ty Điện gió", representative="Võ Thanh Vân", email=OURS),
    ]
    deal = Deal(subject_vi="Cụm trang trại điện gió", milestones=[promised])
    agreement = drafting.draft(fair, "investment_memorandum", deal, sides, by=organizer)
    agreement.state, agreement.frozen_digest, agreement.signed_on = "completed", "", date(2024, 11, 24)
    db.session.flush()
    agreement = documents.load(agreement.id)
    address = asking.address(asking.ask(agreement, agreement.parties[1], date(2026, 6, 30)))
    db.session.commit()
    return re.sub(r"^https?://[^/]+", "", address)


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(file, "PNG")
    return file.getvalue()


def look(page: Any) -> None:
    assert (page.url, faults(page)) == (page.url, [])


def test_a_party_reports_on_its_phone_and_the_organizer_accepts(
    link: str, fair: Fair, organizer: User, open_page: Any
) -> None:
    email, board = organizer.email, f"/organizer/fairs/{fair.slug}/commitments"
    db.session.rollback()  # an open transaction would keep the served application from writing
    phone, desk = open_page(PHONE), open_page(DESK)
    phone.goto(link)
    look(phone)
    phone.get_by_label("Lũy kế đã đạt từ khi ký").fill("400 tỷ")
    phone.get_by_label("Tài liệu chứng minh").set_input_files(
        {"name": "sao-ke.png", "mimeType": "image/png", "buffer": picture()}
    )
    phone.get_by_role("button", name="Gửi báo cáo").click()
    expect(phone.get_by_text("Đã nhận báo cáo")).to_be_visible()
    look(phone)
    desk.goto("/sign-in")
    desk.locator("[name=email]").fill(email)
    desk.locator("[name=password]").fill(PASSWORD)
    desk.locator("[name=password]").press("Enter")
    desk.wait_for_url(lambda url: "/sign-in" not in url)
    desk.goto(board)
    expect(desk.locator('#exact data[value="0"]')).to_be_visible()
    desk.get_by_role("link", name="Báo cáo chờ xét").click()
    desk.get_by_role("link", name="Cụm trang trại điện gió").click()
    look(desk)
    desk.get_by_role("button", name="Chấp nhận báo cáo").click()
    expect(desk.get_by_text("từ nay được tính")).to_be_visible()
    desk.goto(board)
    expect(desk.locator('#exact data[value="400000000000"]')).to_be_visible()
    look(desk)
    phone.reload()
    expect(phone.get_by_text("Báo cáo đã được chấp nhận")).to_be_visible()

"""Two sides sign on a phone before an audience; the screen of the hall turns them to signed by itself."""

import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from techfair.accounts import passwords
from techfair.accounts.models import User
from techfair.agreements import documents, drafting, signing
from techfair.agreements.ceremony import running, screens, stage
from techfair.agreements.schemas import Deal, MilestoneInput, PartyInput
from techfair.core import clock
from techfair.extensions import db
from techfair.fairs.models import Fair
from tests.agreements.conftest import OURS, THEIRS, Mailbox
from tests.fixtures.accessibility import faults
from tests.fixtures.browser import DESK, PHONE

pytestmark = pytest.mark.browser
PASSWORD = "một mật khẩu dài cho bài thử"


@pytest.fixture
def addresses(fair: Fair, organizer: User) -> dict[str, str]:
    """A ceremony with two decisions that wait for signatures: its page, its screen, the code of the first pair."""
    passwords.set_password(organizer, PASSWORD)
    sides = [
        PartyInput(name_vi="Ủy ban nhân dân tỉnh", representative="Lê Thị Hoa", email=THEIRS),
        PartyInput(name_vi="Công ty Điện gió", representative="Võ Thanh Vân", email=OURS),
    ]
    promised = MilestoneInput(title_vi="Vận hành", due_on=date(2030, 6, 1))
    terms = {"value": 10**12, "place": "Pleiku", "area_m2": 10**5, "milestones": [promised]}
    made = []
    for subject in ("Điện gió số 1", "Điện gió số 2"):
        deal = Deal(subject_vi=subject, subject_en=subject, valid_until_on=date(2040, 1, 1), **terms)
        agreement = drafting.draft(fair, "investment_decision", deal, sides, by=organizer)
        db.session.flush()
        agreement = documents.load(agreement.id)
        drafting.freeze(agreement, by=organizer)
        signing.invite(agreement, by=organizer)
        made.append(agreement)
    ceremony = running.make(fair, by=organizer, starts_at=clock.now(), title_vi="Lễ ký kết")
    running.add(ceremony, made[::-1], by=organizer)
    item = running.show_of(ceremony)[1][1]
    found = {"page": f"/organizer/fairs/{fair.slug}/ceremonies/{ceremony.id}", "email": organizer.email}
    found |= {"screen": screens.address(ceremony), "code": stage.address(item)}
    db.session.commit()
    return {name: re.sub(r"^https?://[^/]+", "", one) for name, one in found.items()}


def look(page: Any) -> None:
    assert (page.url, faults(page)) == (page.url, [])


def sign(phone: Any, code: str, box: Mailbox, name: str) -> None:
    phone.goto(code)
    look(phone)
    section = phone.get_by_role("region").filter(has_text=name)
    section.get_by_role("link", name="Đọc và ký").click()
    phone.get_by_role("button", name="Gửi mã cho tôi").click()
    phone.get_by_label("Mã trong thư").fill(box.code)
    phone.get_by_role("button", name="Ký văn bản").click()
    expect(phone.get_by_role("button", name="Ký văn bản")).to_have_count(0)


def test_the_screen_follows_stage_and_signatures(addresses: dict[str, str], open_page: Any) -> None:
    desk, screen, phone = open_page(DESK), open_page(DESK), open_page(PHONE)
    desk.goto("/sign-in")
    desk.locator("[name=email]").fill(addresses["email"])
    desk.locator("[name=password]").fill(PASSWORD)
    desk.locator("[name=password]").press("Enter")
    desk.wait_for_url(lambda url: "/sign-in" not in url)
    desk.goto(addresses["page"])
    expect(desk.locator("[data-order] h2").first).to_contain_text("Điện gió số 2")
    look(desk)
    desk.locator("[data-item]").nth(1).drag_to(desk.locator("[data-item]").first, target_position={"x": 20, "y": 4})
    expect(desk.locator("[data-order] h2").first).to_contain_text("1.")
    expect(desk.locator("[data-order] h2").first).to_contain_text("Điện gió số 1")
    screen.goto(addresses["screen"])
    look(screen)
    desk.get_by_role("button", name="Mời lên sân khấu").first.press("Enter")
    expect(screen.locator(".ceremony-now")).to_contain_text("Điện gió số 1")
    sign(phone, addresses["code"], Mailbox(THEIRS), "Lê Thị Hoa")
    expect(screen.locator('.ceremony-now li[data-signed="yes"]')).to_have_count(1)
    sign(phone, addresses["code"], Mailbox(OURS), "Võ Thanh Vân")
    expect(screen.locator('.ceremony-now[data-signed="yes"]')).to_be_visible()
    expect(screen.get_by_text("1/2")).to_be_visible()
    look(screen)

"""An organizer approves a submitted exhibitor and gives it a booth; the exhibitor is told (path 1)."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from techfair.accounts import links, people
from techfair.accounts.models import User
from techfair.core.mail import Mail
from techfair.exhibitors import applications, companies
from techfair.extensions import db
from techfair.fairs.models import Booth, Fair, Hall

pytestmark = pytest.mark.browser


@pytest.fixture
def waiting(fair: Fair) -> str:
    """A submitted company and two booths; answers the company's name."""
    user = people.person("van@dai-nguyen.example.vn", "Võ Thanh Vân")
    hall = Hall(fair_id=fair.id, code="A", name_vi="Nhà A")
    db.session.add(hall)
    db.session.flush()
    db.session.add_all(Booth(fair_id=fair.id, hall_id=hall.id, code=code) for code in ("A01", "A02"))
    company = companies.create(user, ["food"], name_vi="Công ty Cơ khí Đại Nguyên", language="en", name_en="Dai Nguyen")
    applications.submit(applications.start(fair, company, user, exhibits="Máy sấy cà phê"), user)
    name = company.name_vi
    db.session.commit()
    return name


def test_an_organizer_approves_with_a_booth_and_the_exhibitor_gets_a_mail_in_its_language(
    waiting: str, organizer: User, server: str, open_page: Callable[..., Any]
) -> None:
    link = links.sign_in_address(organizer, next="/organizer/fairs/gia-lai/exhibitors")
    db.session.rollback()  # an open transaction would keep the server from writing
    page = open_page()
    page.goto("/" + link.split("/", 3)[3])
    page.get_by_role("main").get_by_role("button").first.click()
    page.get_by_role("link", name="Đã nộp").click()
    page.get_by_role("link", name=waiting).click()
    page.get_by_label("Gian hàng").select_option(label="A01 · 9 m² · Gian tiêu chuẩn")
    page.get_by_role("button", name="Duyệt", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Đã duyệt")
    expect(page.get_by_role("main")).to_contain_text("Gian A01")

    letter = db.session.scalars(db.select(Mail).order_by(Mail.id.desc()).limit(1)).one()
    assert letter.subject == "Dai Nguyen is an exhibitor at Gia Lai Technology Fair"
    assert "Your booth is A01." in letter.text
    page.goto("/fairs/gia-lai/exhibitors")
    expect(page.get_by_role("main")).to_contain_text("Gian A01")

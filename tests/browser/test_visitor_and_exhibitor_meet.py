"""A visitor asks on a phone, the exhibitor accepts, and both see where they meet (path 5)."""

import re
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from techfair.accounts import links
from techfair.accounts.models import User
from techfair.exhibitors import applications, companies
from techfair.extensions import db
from techfair.fairs import keys
from techfair.fairs.models import Fair
from techfair.meetings import slots
from techfair.visitors import own, registering
from techfair.visitors.registering import RegistrationInput
from tests.fixtures.accessibility import faults
from tests.fixtures.browser import PHONE
from tests.meetings.timetabling import plan

pytestmark = pytest.mark.browser

NAME = "Công ty Cổ phần Cơ khí chế biến nông sản Đại Nguyên"
CONSOLE = "/organizer/fairs/gia-lai/meetings"
PLACE = re.compile(r"Bàn 0[12] · Khu kết nối")


@pytest.fixture
def coming(fair: Fair, organizer: User) -> Fair:
    """A fair that begins tomorrow, with times and tables for meetings."""
    fair.starts_on, fair.ends_on = fair.today + timedelta(days=1), fair.today + timedelta(days=2)
    keys.create(fair)
    slots.add_session(fair, slots.Session(fair.starts_on, time(8), time(9), 20), organizer)
    slots.set_tables(fair, 2, "Khu kết nối", "Meeting area", organizer)
    db.session.commit()
    return fair


@pytest.fixture
def manager(coming: Fair, organizer: User, make_user: Callable[..., User]) -> User:
    """The manager of an approved exhibitor."""
    user = make_user("van@dai-nguyen.example.vn")
    company = companies.create(user, ["food"], name_vi=NAME, contact_email=user.email)
    company.public_ref = "dai-nguyen"
    application = applications.start(coming, company, user, exhibits="Máy sấy cà phê")
    applications.submit(application, user)
    applications.approve(application, organizer)
    db.session.commit()
    return user


@pytest.fixture
def visitor(coming: Fair) -> str:
    """The address of a registered visitor's own page."""
    who = RegistrationInput(full_name="Trần Văn Tùng", email="tung@example.vn", organisation="Sở Công Thương")
    address = own.address(registering.register(coming, who))
    db.session.commit()
    return path(address)


def path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def signed_in(page: Any, user: User, to: str) -> Any:
    link = path(links.sign_in_address(user, next=to))
    db.session.rollback()  # an open transaction would keep the server from writing
    page.goto(link)
    page.get_by_role("main").get_by_role("button").first.click()
    return page


def test_a_visitor_and_an_exhibitor_agree_and_are_given_day_time_and_table(
    visitor: str, manager: User, coming: Fair, open_page: Callable[..., Any]
) -> None:
    phone = open_page(PHONE)
    phone.goto(visitor)
    phone.goto("/fairs/gia-lai/exhibitors/dai-nguyen")
    phone.get_by_role("link", name="Đề nghị gặp").click()
    assert faults(phone) == []
    phone.get_by_label("Quý khách muốn trao đổi về việc gì?").fill("Xem máy sấy cà phê chạy thử.")
    phone.get_by_role("button", name="Gửi đề nghị").click()
    expect(phone.get_by_role("main")).to_contain_text("Chờ trả lời")
    assert faults(phone) == []

    booth = signed_in(open_page(), manager, "/exhibitor/meetings")
    expect(booth.get_by_role("main")).to_contain_text("Xem máy sấy cà phê chạy thử.")
    assert faults(booth) == []
    booth.get_by_role("button", name="Nhận lời").click()
    expect(booth.get_by_role("main")).to_contain_text("Chưa có giờ")

    plan(coming)
    db.session.commit()
    for page in (phone, booth):
        page.reload()
        expect(page.get_by_role("main")).to_contain_text(PLACE)
        expect(page.get_by_role("main")).to_contain_text(re.compile("08:[024]0–0[89]:[024]0"))
        assert faults(page) == []
    expect(booth.get_by_role("link", name="Soạn biên bản ghi nhớ")).to_be_visible()


@pytest.mark.parametrize("place", ["/times", "/timetable", "/plan", ""])
def test_the_organizer_s_pages_are_accessible_on_a_phone(
    place: str, coming: Fair, organizer: User, open_page: Callable[..., Any]
) -> None:
    page = signed_in(open_page(PHONE), organizer, CONSOLE + place)
    page.wait_for_url(f"**{CONSOLE}{place}")
    assert faults(page) == []
    page.goto("/organizer/fairs/gia-lai/connections")
    assert faults(page) == []

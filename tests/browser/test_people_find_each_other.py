"""Somebody joins on a phone, is shown whom to meet and why, and the two are led through their meeting's day."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from techfair.accounts import links
from techfair.accounts.models import User
from techfair.core import clock
from techfair.exhibitors import applications, companies, technologies
from techfair.extensions import db
from techfair.fairs import keys
from techfair.fairs.models import Fair
from techfair.meetings import slots
from techfair.meetings.day import screens
from techfair.meetings.models import Meeting, Slot
from techfair.visitors import badges, own, registering
from techfair.visitors.models import Registration
from techfair.visitors.registering import RegistrationInput
from tests.fixtures.browser import PHONE
from tests.meetings.timetabling import plan

pytestmark = pytest.mark.browser

NAME = "Công ty Cổ phần Cơ khí chế biến nông sản Đại Nguyên"
DRYER = "Máy sấy cà phê dùng năng lượng mặt trời"
DAY = "/organizer/fairs/gia-lai/meetings/day"


@pytest.fixture
def coming(fair: Fair, organizer: User) -> Fair:
    """A fair that begins tomorrow, with a time and a table for meetings."""
    fair.starts_on, fair.ends_on = fair.today + timedelta(days=1), fair.today + timedelta(days=2)
    keys.create(fair)
    slots.add_session(fair, slots.Session(fair.starts_on, time(8), time(8, 20), 20), organizer)
    slots.set_tables(fair, 1, "Khu kết nối", "Meeting area", organizer)
    db.session.commit()
    return fair


@pytest.fixture
def manager(coming: Fair, organizer: User, make_user: Callable[..., User]) -> User:
    """The manager of an exhibitor that offers a dryer."""
    user = make_user("van@dai-nguyen.example.vn")
    company = companies.create(user, ["food"], name_vi=NAME, contact_email=user.email)
    application = applications.start(coming, company, user, exhibits="Máy sấy cà phê")
    applications.submit(application, user)
    applications.approve(application, organizer)
    facts = {"readiness": 9, "transfer_forms": ["licence"]}
    technology = technologies.create(company, user, ["food"], title_vi=DRYER, summary_vi=DRYER, **facts)
    technologies.publish(technology, user)
    db.session.commit()
    return user


@pytest.fixture
def visitor(coming: Fair) -> Registration:
    who = RegistrationInput(full_name="Trần Văn Tùng", email="tung@example.vn", organisation="Sở Công Thương")
    registration = registering.register(coming, who)
    db.session.commit()
    return registration


def path(address: str) -> str:
    db.session.rollback()  # an open transaction would keep the server from writing
    return "/" + address.split("/", 3)[3]


def begin(fair: Fair) -> None:
    """Plan and publish, and let the time of the meeting come."""
    plan(fair)
    meeting = db.session.scalars(db.select(Meeting)).one()
    slot = db.session.get_one(Slot, meeting.slot_id)
    slot.starts_at, slot.ends_at = clock.now() - timedelta(minutes=1), clock.now() + timedelta(minutes=30)
    db.session.commit()


def test_two_find_each_other_and_are_led_through_the_day(
    open_page: Callable[..., Any], coming: Fair, manager: User, visitor: Registration, organizer: User
) -> None:
    badge = badges.valid_badge(visitor)
    assert badge
    code, mine = badges.token(badge, coming), own.address(visitor)
    phone, desk = open_page(PHONE), open_page()
    phone.goto(path(mine))
    phone.goto("/me/meetings")
    phone.get_by_role("link", name="Tham gia chương trình gặp").click()
    phone.get_by_label("Nội dung tìm").fill("Máy sấy cà phê chạy năng lượng mặt trời")
    phone.get_by_role("button", name="Tham gia", exact=True).click()
    suggestion = phone.get_by_role("article", name=NAME)
    expect(suggestion).to_contain_text("Cùng nói về")
    suggestion.get_by_role("link", name="Đề nghị gặp").click()
    phone.get_by_label("Quý khách muốn trao đổi về việc gì?").fill("Xin xem máy chạy thử")
    phone.get_by_role("button", name="Gửi đề nghị").click()
    expect(phone.get_by_text("Chờ trả lời")).to_be_visible()

    desk.goto(path(links.sign_in_address(manager, next="/exhibitor/meetings")))
    desk.get_by_role("main").get_by_role("button").first.click()
    desk.get_by_role("button", name="Nhận lời").click()
    expect(desk.get_by_text("Chờ xếp giờ")).to_be_visible()

    begin(coming)
    steward = open_page()
    steward.goto(path(links.sign_in_address(organizer, next=DAY)))
    steward.get_by_role("main").get_by_role("button").first.click()
    expect(steward.get_by_label("Quét thẻ tại bàn")).to_be_focused()
    steward.keyboard.type(code + "\n")  # as a hand scanner does: the box has the focus
    expect(steward.locator("#flashes")).to_contain_text("Đã có mặt tại 01")
    screen = open_page({"width": 1440, "height": 900})
    screen.goto(path(screens.address(coming)))
    expect(screen.get_by_role("row").filter(has_text="01")).to_contain_text("Trần Văn Tùng")

    phone.goto("/me/meetings")
    phone.get_by_role("link", name="Ghi kết quả").click()
    phone.get_by_label("Rất quan tâm").check()
    phone.get_by_role("button", name="Lưu").click()
    expect(phone.get_by_text("Cảm ơn. Đã ghi đủ.")).to_be_visible()
    assert list(db.session.scalars(db.select(Meeting.state))) == ["held"]
    db.session.rollback()

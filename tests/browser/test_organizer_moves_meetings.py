"""On the board a meeting is moved by keyboard and by drag; cells say at once who would clash, and why."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from techfair.accounts import links
from techfair.accounts.models import User
from techfair.extensions import db
from techfair.fairs import keys
from techfair.fairs.models import Fair
from techfair.meetings import participants, requests, slots
from techfair.visitors import registering
from techfair.visitors.registering import RegistrationInput
from tests.fixtures.accessibility import faults
from tests.meetings.timetabling import CONSOLE, plan

pytestmark = pytest.mark.browser


@pytest.fixture
def board(fair: Fair, organizer: User) -> Fair:
    """Ten people who meet in pairs, and one of them twice, published."""
    fair.starts_on, fair.ends_on = fair.today + timedelta(days=1), fair.today + timedelta(days=2)
    keys.create(fair)
    slots.add_session(fair, slots.Session(fair.starts_on, time(8), time(10), 20), organizer)
    slots.set_tables(fair, 3, "", "", organizer)
    given = [RegistrationInput(full_name=f"Khách {n:02}", email=f"khach{n}@example.vn") for n in range(10)]
    people = [participants.of_registration(registering.register(fair, one)) for one in given]
    for one, other in [*zip(people[::2], people[1::2], strict=True), (people[0], people[2])]:
        requests.accept(requests.ask(one, other, organizer, requests.Wish("Trao đổi")), organizer)
    plan(fair)
    db.session.commit()
    return fair


def test_a_meeting_is_moved_by_keyboard_and_by_drag(
    board: Fair, organizer: User, open_page: Callable[..., Any]
) -> None:
    page = open_page()
    link = "/" + links.sign_in_address(organizer, next=f"{CONSOLE}/timetable?by=person").split("/", 3)[3]
    db.session.rollback()
    page.goto(link)
    page.get_by_role("main").get_by_role("button").first.click()
    busy = page.locator("tr", has=page.get_by_role("rowheader", name="Khách 00", exact=True))
    first = busy.locator("a.meeting").first
    assert faults(page) == []
    first.press("Enter")
    expect(busy.locator("td[data-fits=no]")).to_have_count(1)  # there he meets the other one
    assert "đã có cuộc gặp" in busy.locator("td[data-fits=no]").get_attribute("title")
    free = busy.locator("td[data-fits=yes]").last
    free.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("status").filter(has_text="trống")).to_be_visible()
    with page.expect_response("**/move"):
        page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Đã chuyển trong bản nháp")).to_be_visible()
    expect(busy.locator("td").last.locator("a.meeting")).to_be_focused()

    page.get_by_role("link", name="Theo bàn").click()
    moved = page.locator("a.meeting", has_text="Khách 04")
    row = page.locator("tr", has=moved)
    empty = row.locator("td:not(:has(a))").last
    slot = empty.get_attribute("data-slot")
    with page.expect_response("**/move"):
        moved.drag_to(empty)
    expect(page.get_by_role("status").filter(has_text="Đã chuyển trong bản nháp")).to_be_visible()
    expect(row.locator(f"td[data-slot='{slot}']")).to_contain_text("Khách 04")
    assert faults(page) == []

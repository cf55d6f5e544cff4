"""An exhibitor chooses a booth on the plan, the organizer offers it, the exhibitor accepts; everyone finds it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from techfair.accounts import links, people
from techfair.accounts.models import User
from techfair.exhibitors import applications, companies
from techfair.extensions import db
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.models import Fair
from tests.fixtures.accessibility import faults

pytestmark = pytest.mark.browser


@pytest.fixture
def doors(fair: Fair, organizer: User) -> dict[str, str]:
    """A hall of twelve booths, an exhibitor without one; the links by which both sign in."""
    hall = Hall(fair_id=fair.id, code="A", name_vi="Nhà A", name_en="Hall A", columns=40, rows=8)
    hall.features = [{"kind": "aisle", "x": 0, "y": 4, "width": 40, "height": 2}]
    hall.features += [{"kind": "power", "x": 2, "y": 3, "width": 1, "height": 1}]
    db.session.add(hall)
    db.session.flush()
    for number in range(12):
        db.session.add(Booth(fair_id=fair.id, hall_id=hall.id, code=f"A{number + 1:02}", x=1 + 3 * number, y=1))
    user = people.person("van@dai-nguyen.example.vn", "Võ Thanh Vân")
    company = companies.create(user, ["food"], name_vi="Công ty Đại Nguyên", contact_email=user.email)
    application = applications.start(fair, company, user, exhibits="Máy sấy")
    applications.submit(application, user)
    applications.approve(application, organizer)
    addresses = {
        "exhibitor": links.sign_in_address(user, next="/exhibitor/booth"),
        "organizer": links.sign_in_address(organizer, next="/organizer/fairs/gia-lai/exhibitors/booths/requests"),
    }
    db.session.commit()
    return {name: "/" + address.split("/", 3)[3] for name, address in addresses.items()}


def enter(page: Any, door: str) -> None:
    page.goto(door)
    page.get_by_role("main").get_by_role("button").first.click()


def press(page: Any, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def test_an_exhibitor_chooses_a_booth_on_the_plan_and_gets_it(
    page: Any, open_page: Callable[..., Any], phone: Any, doors: dict[str, str]
) -> None:
    enter(page, doors["exhibitor"])
    expect(page.get_by_role("heading", name="Chọn gian hàng")).to_be_visible()
    assert faults(page) == []
    page.locator(".hall-plan path.open").nth(4).click()
    expect(page.locator("#booth_id")).to_have_value("5")
    press(page, "Đề nghị gian này")
    expect(page.get_by_role("status").first).to_contain_text("đề nghị của Quý đơn vị về gian A05")

    office = open_page()
    enter(office, doors["organizer"])
    expect(office.get_by_role("row", name="A05")).to_contain_text("Công ty Đại Nguyên")
    assert faults(office) == []
    office.locator("summary", has_text="Mời nhận").click()
    press(office, "Mời nhận gian")
    expect(office.get_by_role("row", name="A05")).to_contain_text("Đang mời nhận")

    page.goto("/exhibitor/booth")
    assert faults(page) == []
    press(page, "Nhận gian A05")
    expect(page.get_by_role("status").first).to_contain_text("Gian hàng đã thuộc về Quý đơn vị.")

    phone.goto("/fairs/gia-lai/plan?here=A02")
    expect(phone.locator("[data-plan][data-ready]")).to_be_visible()
    expect(phone.get_by_text("Quý khách đang ở gian A02")).to_be_visible()
    assert faults(phone) == []
    phone.get_by_role("searchbox").fill("dai nguyen")
    expect(phone.locator(".hall-plan path.found")).to_have_count(1)
    before = phone.locator(".hall-plan").bounding_box()["width"]
    phone.get_by_role("button", name="Phóng to").click()
    assert phone.locator(".hall-plan").bounding_box()["width"] > before
    phone.locator(".hall-plan path.found").click()
    expect(phone.locator("[data-card]")).to_contain_text("Công ty Đại Nguyên")
    assert faults(phone) == []


def test_two_fingers_make_the_plan_larger(open_page: Callable[..., Any], doors: dict[str, str]) -> None:
    phone = open_page({"width": 360, "height": 740}, has_touch=True)
    phone.goto("/fairs/gia-lai/plan")
    expect(phone.locator("[data-plan][data-ready]")).to_be_visible()
    plan = phone.locator(".hall-plan")
    before = plan.bounding_box()
    middle = {"x": before["x"] + before["width"] / 2, "y": before["y"] + before["height"] / 2}
    cdp = phone.context.new_cdp_session(phone)
    for kind, apart in (("touchStart", 20), ("touchMove", 40), ("touchMove", 60), ("touchEnd", 0)):
        points = [{"x": middle["x"] + side * apart, "y": middle["y"]} for side in (-1, 1)] if apart else []
        cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert plan.bounding_box()["width"] > 1.5 * before["width"]

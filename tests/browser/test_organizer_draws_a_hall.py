"""An organizer draws a hall: by mouse, by keyboard, and beside somebody else who draws the same one."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from techfair.accounts.models import User
from techfair.accounts.passwords import set_password
from techfair.extensions import db
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.models import Fair
from tests.fixtures.accessibility import faults

pytestmark = pytest.mark.browser
PASSWORD = "cà phê sáng ở Pleiku"


@pytest.fixture
def address(fair: Fair, organizer: User) -> str:
    """The page on which an empty hall is drawn."""
    set_password(organizer, PASSWORD)
    hall = Hall(fair_id=fair.id, code="A", name_vi="Nhà A", name_en="Hall A", columns=40, rows=20)
    db.session.add(hall)
    db.session.commit()
    address = f"/organizer/fairs/gia-lai/halls/{hall.id}/plan"
    db.session.rollback()  # an open transaction would keep the served application waiting
    return address


@pytest.fixture
def opened(address: str, organizer: User) -> Callable[[Any], Any]:
    """Signs in and opens the editor."""

    def open_editor(page: Any) -> Any:
        page.set_default_timeout(8000)
        page.goto(f"/sign-in?next={address}")
        page.locator("main [name=email]").fill("organizer@example.vn")
        page.locator("main [name=password]").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("[data-editor][data-ready]")).to_be_visible()
        return page

    return open_editor


def drag(page: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag from one square's middle to another's."""
    box = page.locator("[data-drawing]").bounding_box()
    columns, rows = (int(part) for part in page.locator("[data-drawing]").get_attribute("viewBox").split()[2:])
    for number, (x, y) in enumerate((start, end)):
        page.mouse.move(box["x"] + (x + 0.5) * box["width"] / columns, box["y"] + (y + 0.5) * box["height"] / rows)
        if number == 0:
            page.mouse.down()
    page.mouse.up()


def press(page: Any, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def copy(page: Any, times: int, towards: str, gap: int = 0) -> None:
    page.get_by_label("Số bản").fill(str(times))
    page.get_by_label("Về phía").select_option(label=towards)
    page.get_by_label("Số ô cách nhau").fill(str(gap))
    press(page, "Nhân bản")


def save(page: Any) -> None:
    press(page, "Lưu sơ đồ")
    expect(page.locator("[data-said]")).to_have_text("Đã lưu.")


def standing() -> dict[str, tuple[int, int]]:
    """Read after a save was told; leaves no transaction open."""
    rows = db.session.execute(db.select(Booth.code, Booth.x, Booth.y)).all()
    db.session.rollback()
    return {code: (x, y) for code, x, y in rows}


def test_an_organizer_draws_a_hall_of_sixty_booths(page: Any, opened: Callable[[Any], Any]) -> None:
    opened(page)
    assert faults(page) == []
    press(page, "Gian hàng")
    drag(page, (2, 1), (3, 2))  # one booth of two by two squares
    copy(page, 14, "bên phải")
    press(page, "Chọn")
    drag(page, (1, 0), (35, 3))  # a frame around the row
    copy(page, 1, "bên dưới", gap=3)
    drag(page, (1, 5), (35, 8))
    copy(page, 1, "bên dưới")
    drag(page, (1, 8), (35, 10))
    copy(page, 1, "bên dưới", gap=3)
    press(page, "Lối đi")
    drag(page, (1, 3), (33, 5))
    press(page, "Cổng vào")
    drag(page, (15, 19), (20, 19))
    expect(page.get_by_text("60 gian hàng, 540 m²")).to_be_visible()
    assert faults(page) == []
    save(page)
    places = standing()
    assert len(places) == 60
    assert (places["A01"], places["A15"], places["A16"], places["A60"]) == ((2, 1), (30, 1), (2, 6), (30, 13))


def test_a_booth_drawn_on_another_is_told_at_once_and_not_saved(page: Any, opened: Callable[[Any], Any]) -> None:
    opened(page)
    press(page, "Gian hàng")
    drag(page, (2, 1), (3, 2))
    drag(page, (3, 2), (4, 3))
    expect(page.get_by_role("button", name="A02 chồng lên A01.")).to_be_visible()
    press(page, "Lưu sơ đồ")
    expect(page.locator("[data-refusal]")).to_contain_text("A02 chồng lên A01.")
    assert standing() == {}


def test_the_keyboard_alone_adds_moves_sizes_blocks_and_undoes(page: Any, opened: Callable[[Any], Any]) -> None:
    opened(page)
    page.locator("[data-frame]").focus()
    for key in ("+", "ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowRight", "Control+d"):
        page.keyboard.press(key)
    expect(page.locator("[data-said]")).to_have_text("Gian A02, cột 6, hàng 2, 3 × 2 ô")
    page.keyboard.press("Delete")
    page.keyboard.press("Control+z")
    page.keyboard.press("PageUp")
    expect(page.locator("[data-said]")).to_contain_text("Gian A0")
    page.keyboard.press("Control+s")
    expect(page.locator("[data-said]")).to_have_text("Đã lưu.")
    assert standing() == {"A01": (2, 1), "A02": (5, 1)}


def test_two_who_draw_at_once_lose_nothing(
    page: Any, open_page: Callable[..., Any], opened: Callable[[Any], Any]
) -> None:
    first, second = opened(page), opened(open_page())
    for number, one in enumerate((first, second)):
        press(one, "Gian hàng")
        drag(one, (2 + 10 * number, 1), (3 + 10 * number, 2))
    second.get_by_label("Mã", exact=True).fill("A07")
    second.get_by_label("Mã", exact=True).press("Tab")
    save(first)
    press(second, "Lưu sơ đồ")
    expect(second.locator("[data-refusal]")).to_contain_text("có người khác sửa sơ đồ này")
    save(second)
    assert standing() == {"A01": (2, 1), "A07": (12, 1)}


def test_a_finger_moves_a_booth_on_a_phone(open_page: Callable[..., Any], opened: Callable[[Any], Any]) -> None:
    phone = opened(open_page({"width": 360, "height": 740}, has_touch=True))
    assert faults(phone) == []
    press(phone, "Gian hàng")
    drawing = phone.locator("[data-drawing]")
    drawing.scroll_into_view_if_needed()
    drawing.tap(position={"x": 30, "y": 30})
    expect(phone.get_by_text("1 gian hàng, 9 m²")).to_be_visible()
    assert faults(phone) == []

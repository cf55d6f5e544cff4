"""From an empty database to a visitor's registration page, in the browser alone (path 0)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from techfair.core import clock
from tests.fixtures.accessibility import faults
from tests.fixtures.people import ZONE

pytestmark = pytest.mark.browser
PASSWORD = "cà phê sáng ở Pleiku"


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    Image.new("RGB", (64, 64), "#7a1f5c").save(tmp_path / "bieu-trung.png")
    return tmp_path / "bieu-trung.png"


def fill(page: Any, **values: str) -> None:
    """Type into the fields of these names."""
    for name, value in values.items():
        page.locator(f"main [name={name}]").fill(value)


def press(page: Any, button: str) -> None:
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()


def follow(page: Any, link: str) -> None:
    page.get_by_role("main").get_by_role("link", name=link, exact=True).first.click()


def expect_done(page: Any, step: str) -> None:
    """The list of what is missing, on every set-up page, shows the step as done."""
    expect(page.locator(".setup-steps .done").get_by_role("link", name=step, exact=True)).to_be_visible()


def become_the_administrator(page: Any) -> None:
    page.goto("/")
    follow(page, "Bắt đầu")
    fill(page, full_name="Nguyễn Văn An", email="an@example.vn", password=PASSWORD, again=PASSWORD)
    press(page, "Trở thành quản trị viên")


def make_the_unit(page: Any) -> None:
    page.goto("/organizer/")
    follow(page, "Thêm đơn vị")
    fill(page, name_vi="Sở Khoa học và Công nghệ tỉnh Gia Lai", name_en="Gia Lai DOST")
    press(page, "Lưu")


def make_the_fair(page: Any, logo: Path) -> None:
    first = clock.today(ZONE) + timedelta(days=20)
    page.goto("/organizer/")
    follow(page, "Hội chợ mới")
    fill(page, name_vi="Chợ công nghệ Gia Lai", name_en="Gia Lai Technology Market", slug="gia-lai")
    fill(page, starts_on=first.isoformat(), ends_on=(first + timedelta(days=2)).isoformat())
    fill(page, place_vi="Quảng trường Đại Đoàn Kết, Pleiku", brand_colour="#7a1f5c")
    page.locator("main [name=logo]").set_input_files(logo)
    press(page, "Lập hội chợ")
    expect(page.get_by_role("heading", name="Còn thiếu")).to_be_visible()


def add_an_activity(page: Any) -> None:
    follow(page, "Một hoạt động trong chương trình")
    follow(page, "Thêm hoạt động")
    fill(page, title_vi="Lễ khai mạc", starts="08:00", ends="09:30")
    press(page, "Thêm hoạt động")
    expect_done(page, "Một hoạt động trong chương trình")


def add_a_hall_with_booths(page: Any) -> None:
    follow(page, "Nhà trưng bày có gian hàng")
    follow(page, "Thêm nhà trưng bày")
    fill(page, code="A", name_vi="Nhà trưng bày A")
    press(page, "Thêm nhà trưng bày")
    fill(page, codes="A01–A12")
    press(page, "Thêm gian hàng")
    expect(page.get_by_role("status")).to_contain_text("Đã thêm 12 gian hàng.")
    expect_done(page, "Nhà trưng bày có gian hàng")


def add_an_entrance(page: Any) -> None:
    follow(page, "Cổng vào")
    follow(page, "Thêm cổng")
    fill(page, name_vi="Cổng chính")
    press(page, "Lưu cổng mới")
    expect_done(page, "Cổng vào")


def open_the_doors(page: Any) -> None:
    follow(page, "Công bố hội chợ")
    press(page, "Công bố hội chợ")
    expect_done(page, "Công bố hội chợ")
    press(page, "Mở đăng ký")
    expect(page.get_by_text("Đã mở đăng ký tham quan.")).to_be_visible()
    expect(page.locator(".setup-steps")).to_have_count(0)  # nothing is missing; what is optional is not missed


def test_a_new_organizer_comes_from_nothing_to_a_fair_that_takes_visitors(page: Any, phone: Any, logo: Path) -> None:
    become_the_administrator(page)
    make_the_unit(page)
    make_the_fair(page, logo)
    assert faults(page) == []
    add_an_activity(page)
    add_a_hall_with_booths(page)
    assert faults(page) == []
    add_an_entrance(page)
    open_the_doors(page)
    assert faults(page) == []
    phone.goto("/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Chợ công nghệ Gia Lai")
    expect(phone.get_by_role("main")).to_contain_text("Lễ khai mạc")
    assert faults(phone) == []
    phone.get_by_role("link", name="Đăng ký tham quan").click()
    expect(phone.get_by_label("Họ và tên")).to_be_visible()

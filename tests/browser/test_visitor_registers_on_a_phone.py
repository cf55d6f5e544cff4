"""A visitor's first path, as on a phone in a queue."""

import re
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from techfair.extensions import db
from techfair.fairs import keys
from techfair.visitors import badges
from techfair.visitors.models import Badge

pytestmark = pytest.mark.browser


@pytest.fixture
def registration_page(phone, fair):
    keys.create(fair)
    db.session.commit()
    phone.goto("/fairs/gia-lai/register")
    return phone


def test_a_visitor_registers_and_holds_a_badge_that_a_scanner_reads(registration_page, fair):
    page = registration_page
    page.get_by_label("Họ và tên").fill("Trần Văn Tùng")
    page.get_by_label("Thư điện tử hoặc số điện thoại").fill("tung@example.vn")
    page.get_by_role("textbox", name="Đơn vị").fill(
        "Trung tâm Ứng dụng tiến bộ khoa học và công nghệ tỉnh Bà Rịa - Vũng Tàu"
    )
    page.get_by_label("Báo chí").check()
    page.get_by_label(re.compile("Ảnh")).check()
    page.get_by_role("button", name="Đăng ký").click()
    page.wait_for_url("**/me/")
    page.get_by_role("heading", name="Trần Văn Tùng").wait_for()
    badge = db.session.scalars(db.select(Badge)).one()
    assert badges.token(badge, fair) in read(page.locator(".badge-code").screenshot())


def test_the_picture_of_the_badge_can_be_kept(registration_page, fair):
    page = registration_page
    page.get_by_label("Họ và tên").fill("H'Bia Siu")
    page.get_by_label("Thư điện tử hoặc số điện thoại").fill("0844 000 531")
    page.get_by_role("button", name="Đăng ký").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Lưu ảnh").click()
    badge = db.session.scalars(db.select(Badge)).one()
    assert badges.token(badge, fair) in read(download.value.path().read_bytes())


def test_two_wrong_fields_are_found_by_keyboard_and_ear_alone(registration_page):  # K038
    page = registration_page
    page.get_by_label("Họ và tên").fill(" ")
    page.get_by_label("Thư điện tử hoặc số điện thoại").fill("tung@")
    page.get_by_label("Thư điện tử hoặc số điện thoại").press("Enter")
    page.locator(".summary-of-errors:focus").wait_for()
    for label in ("Họ và tên", "Thư điện tử hoặc số điện thoại"):
        field = page.get_by_label(label, exact=False).first
        assert field.get_attribute("aria-invalid") == "true"
        told = " ".join(
            page.locator(f"#{id}").inner_text() for id in (field.get_attribute("aria-describedby") or "").split()
        )
        link = page.locator(f".summary-of-errors a[href='#{field.get_attribute('id')}']")
        assert link.inner_text().partition(": ")[2] in told
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("aria-invalid") == "true"


def test_what_is_wrong_is_said_at_the_field_and_the_focus_goes_there(registration_page):
    page = registration_page
    page.get_by_label("Họ và tên").fill("Trần Văn Tùng")
    page.get_by_label("Thư điện tử hoặc số điện thoại").fill("tung@")
    page.get_by_role("button", name="Đăng ký").click()
    assert page.title().startswith("Lỗi")
    assert page.locator(":focus").get_by_role("link").count() == 1
    assert page.get_by_label("Họ và tên").input_value() == "Trần Văn Tùng"


def read(picture):
    return zxingcpp.read_barcodes(Image.open(BytesIO(picture)))[0].text

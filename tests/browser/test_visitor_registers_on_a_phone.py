"""What is wrong in the form of registration, as on a phone in a queue."""

import pytest

from techfair.extensions import db
from techfair.fairs import keys

pytestmark = pytest.mark.browser


@pytest.fixture
def registration_page(phone, fair):
    keys.create(fair)
    db.session.commit()
    phone.goto("/fairs/gia-lai/register")
    return phone


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

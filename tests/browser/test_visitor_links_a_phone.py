"""A visitor at a booth links the phone by the badge and the desk's code, and is led back to the exhibitor."""

import re

import pytest
from playwright.sync_api import expect

from techfair.extensions import db
from techfair.visitors import badges
from techfair.visitors.linking import codes
from tests.browser.test_visitor_taps import PAGE, visitor  # noqa: F401 - the same visitor, here with a new phone
from tests.fixtures.accessibility import faults
from tests.fixtures.browser import PHONE

pytestmark = pytest.mark.browser


def test_a_phone_is_linked_once_by_badge_and_code_and_remembered(open_page, visitor, fair, organizer):  # noqa: F811
    token, code = badges.token(badges.valid_badge(visitor), fair), codes.give(visitor, organizer)
    db.session.commit()
    phone = open_page(PHONE)
    phone.goto(f"{PAGE}/visit")
    expect(phone.get_by_text("Dùng camera điện thoại này quét mã trên thẻ")).to_be_visible()
    phone.goto(f"/b/{token}")  # what the phone's own camera opens
    assert faults(phone) == []
    expect(phone.get_by_text("Bia")).to_have_count(0)
    phone.get_by_role("button", name="Gắn điện thoại này").click()
    assert faults(phone) == []
    expect(phone.get_by_text("Bia")).to_have_count(0)
    phone.get_by_label("Mã dùng một lần").fill("12")
    phone.get_by_role("button", name="Gắn điện thoại này").click()
    expect(phone.get_by_text("Mã gồm sáu chữ số").first).to_be_visible()
    phone.get_by_label("Mã dùng một lần").fill(code)
    phone.get_by_role("button", name="Gắn điện thoại này").click()
    expect(phone).to_have_url(re.compile(f"{PAGE}$"))
    expect(phone.get_by_role("button", name="Lưu vào danh sách")).to_be_visible()
    cookies = [cookie for cookie in phone.context.cookies() if cookie["name"] == "techfair"]
    assert len(cookies) == 1
    phone.context.clear_cookies(name="techfair")  # the browser was closed: its session is gone, the phone is known
    phone.goto(PAGE)
    expect(phone.get_by_role("button", name="Lưu vào danh sách")).to_be_visible()

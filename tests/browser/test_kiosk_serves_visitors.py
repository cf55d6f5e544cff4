"""A kiosk on a screen at the entrance: register, print, and the next person; no other page opens."""

import pytest
from playwright.sync_api import expect

from techfair.accounts.passwords import set_password
from techfair.extensions import db
from techfair.fairs import keys
from tests.fixtures.accessibility import faults

pytestmark = pytest.mark.browser


def test_a_visitor_registers_at_a_kiosk_and_cannot_leave_it(page, fair, organizer):
    keys.create(fair)
    set_password(organizer, "mot-mat-khau-dai")
    email = organizer.email
    db.session.commit()
    page.goto("/sign-in?next=/organizer/fairs/gia-lai/kiosks")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill("mot-mat-khau-dai")
    page.locator("[name=password]").press("Enter")
    page.get_by_label("Tên điểm tự phục vụ").fill("Màn hình 1")
    page.get_by_label("Mã nhân viên").fill("4711")
    page.get_by_role("button", name="Bắt đầu trên máy này").click()
    expect(page.get_by_role("heading", name="Kính chào Quý khách")).to_be_visible()
    assert faults(page) == []
    page.goto("/organizer/fairs/gia-lai/visitors")
    page.get_by_role("link", name="Đăng ký và in thẻ của tôi").click()
    page.get_by_label("Họ và tên").fill("H'Bia Siu")
    page.get_by_label("Thư điện tử hoặc số điện thoại").fill("bia@example.vn")
    assert faults(page) == []
    page.get_by_role("button", name="Đăng ký và in thẻ").click()
    expect(page.get_by_role("heading", name="H'Bia Siu")).to_be_visible()
    page.get_by_role("link", name="Xong").click()
    expect(page.get_by_role("heading", name="Kính chào Quý khách")).to_be_visible()
    page.get_by_role("link", name="Dành cho nhân viên").click()
    page.get_by_label("Mã nhân viên").fill("4711")
    page.get_by_role("button", name="Kết thúc điểm tự phục vụ").click()
    expect(page.locator("[name=password]")).to_be_visible()

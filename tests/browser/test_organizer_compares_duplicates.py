"""An organizer compares two registrations of one person and makes them one, on both screens."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import current_app
from playwright.sync_api import expect

from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import registering
from techfair.visitors.registering import RegistrationInput
from tests.fixtures.accessibility import faults
from tests.fixtures.browser import DESK, PHONE

pytestmark = pytest.mark.browser

DUPLICATES = "/organizer/fairs/gia-lai-2019/visitors?duplicates=1"
BODY = "Trung tâm Ứng dụng tiến bộ khoa học và công nghệ tỉnh Bà Rịa - Vũng Tàu"


def sign_in(page: Any) -> None:
    accounts = current_app.extensions["settings"].instance / "demo-accounts.txt"
    email, password = accounts.read_text(encoding="utf-8").split()[:2]
    page.goto("/sign-in")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(password)
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url("**/organizer/**")


def test_an_organizer_finds_two_of_one_person_and_keeps_one(demo_fair: Fair, open_page: Callable[..., Any]) -> None:
    for name, email in (("H'Bia Siu", None), ("Siu H'Bia", "hbia@example.vn")):
        given = RegistrationInput(full_name=name, organisation=BODY, phone="0844000531", email=email)
        registering.register(demo_fair, given, by="system")
    db.session.commit()
    page = open_page(PHONE)
    sign_in(page)
    page.goto(DUPLICATES)
    page.get_by_role("row", name="Siu H'Bia").get_by_role("link", name="So sánh hai đăng ký").click()
    expect(page.get_by_role("main")).to_contain_text("hbia@example.vn")
    assert faults(page) == []
    page.set_viewport_size(DESK)
    assert faults(page) == []
    page.get_by_text("Giữ đăng ký trước").click()
    page.get_by_role("button", name="Gộp làm một").locator("visible=true").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("H'Bia Siu")
    expect(page.get_by_role("main")).to_contain_text("hbia@example.vn")

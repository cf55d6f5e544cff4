"""An organizer signs in and sees the fair at a glance (path 1); each page of this room on both screens."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import current_app
from playwright.sync_api import expect

from techfair.fairs.models import Fair
from tests.fixtures.accessibility import faults
from tests.fixtures.browser import DESK, PHONE

pytestmark = pytest.mark.browser

CONSOLE = "/organizer/fairs/gia-lai-2019/"
PAGES = (CONSOLE, f"{CONSOLE}mail", f"{CONSOLE}log", f"{CONSOLE}report", "/fairs/gia-lai-2019/figures")


@pytest.fixture
def signed_in(demo_fair: Fair, open_page: Callable[..., Any]) -> Callable[..., Any]:
    """A window in which the demo's organizer has signed in by password: ``signed_in(PHONE)``."""
    accounts = current_app.extensions["settings"].instance / "demo-accounts.txt"
    email, password = accounts.read_text(encoding="utf-8").split()[:2]

    def opened(size: dict[str, int] = DESK, **options: Any) -> Any:
        page = open_page(size, **options)
        page.goto("/sign-in")
        page.locator("[name=email]").fill(email)
        page.locator("[name=password]").fill(password)
        page.get_by_role("main").get_by_role("button").first.click()
        page.wait_for_url("**/organizer/**")
        return page

    return opened


def test_an_organizer_signs_in_and_sees_the_day_then_another_day_then_the_report(signed_in: Callable[..., Any]) -> None:
    page = signed_in()
    page.goto(CONSOLE)
    main = page.get_by_role("main")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ngày 26/11/2019")
    expect(main.locator(".figure", has_text="thỏa thuận đã ký")).to_contain_text("12")
    expect(main).to_contain_text("19.928 tỷ đồng")
    main.get_by_text("Số liệu dạng bảng").click()
    expect(main.get_by_role("row", name="08")).to_be_visible()
    main.get_by_role("link", name="24/11/2019").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ngày 24/11/2019")
    page.get_by_role("navigation", name="Trình đơn chính").get_by_role("link", name="Báo cáo").first.click()
    expect(page.get_by_role("main")).to_contain_text("289 kết nối cung cầu")


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (DESK, "light")], ids=["phone", "desk"])
def test_no_page_of_the_organizers_breaks_a_rule_of_accessibility(
    signed_in: Callable[..., Any], size: dict[str, int], scheme: str
) -> None:
    page = signed_in(size, color_scheme=scheme, bypass_csp=True)
    found = {}
    for address in PAGES:
        page.goto(address)
        found[address] = faults(page)
    assert found == {address: [] for address in PAGES}

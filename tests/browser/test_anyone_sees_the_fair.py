"""Anyone sees the public fair in both languages, on a phone and at a desk (path 7)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from techfair.accounts import links, people
from techfair.accounts.models import User
from techfair.exhibitors import applications, companies, technologies
from techfair.extensions import db
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.models import Activity, Fair
from tests.fixtures.accessibility import faults
from tests.fixtures.browser import DESK, PHONE

pytestmark = pytest.mark.browser
PUBLIC = ("/fairs/gia-lai/", "/fairs/gia-lai/programme", "/privacy")
CONSOLE = (
    "/organizer/",
    "/organizer/fairs/new",
    *(f"/organizer/fairs/gia-lai/{page}" for page in ("settings", "programme", "programme/new", "halls", "halls/new")),
)


@pytest.fixture
def shown(fair: Fair, organizer: User) -> None:
    """A fair with a programme, a hall, one exhibitor and one technology, and an administrator."""
    organizer.is_administrator = True
    fair.brand_colour, fair.description_vi, fair.contact_email = "#ffe14d", "Ba ngày công nghệ", "hoicho@example.vn"
    hall = Hall(fair_id=fair.id, code="A", name_vi="Nhà A")
    db.session.add(hall)
    db.session.flush()
    db.session.add(Booth(fair_id=fair.id, hall_id=hall.id, code="A01"))
    starts_at = datetime.combine(fair.starts_on, datetime.min.time(), fair.zone) + timedelta(hours=8)
    for title, english, state in (("Lễ khai mạc", "Opening", "held"), ("Hội thảo", "Workshop day", "cancelled")):
        times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
        db.session.add(Activity(fair_id=fair.id, title_vi=title, title_en=english, state=state, **times))
    user = people.person("van@dai-nguyen.example.vn", "Võ Thanh Vân")
    company = companies.create(user, ["food"], name_vi="Công ty Đại Nguyên", contact_email=user.email)
    application = applications.start(fair, company, user, exhibits="Máy sấy")
    applications.submit(application, user)
    applications.approve(application, organizer)
    values = {"title_vi": "Máy sấy cà phê", "title_en": "Coffee dryer", "summary_vi": "Sấy", "readiness": 7}
    technology = technologies.create(company, user, ["food"], **values, transfer_forms=["licence"])
    technologies.publish(technology, user)
    db.session.commit()


def test_anyone_walks_from_the_first_page_to_programme_exhibitors_and_technologies(
    shown: None, open_page: Callable[..., Any]
) -> None:
    page = open_page(PHONE, language="en")
    page.goto("/")
    main = page.get_by_role("main")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gia Lai Technology Fair")
    main.get_by_role("link", name="The whole programme").click()
    expect(main).to_contain_text("08:00–09:00")
    expect(main.get_by_role("listitem").filter(has_text="Workshop day")).to_contain_text("cancelled")
    page.get_by_role("link", name="Tiếng Việt").click()
    expect(main).to_contain_text("Lễ khai mạc")
    page.get_by_role("navigation", name="Trình đơn chính").get_by_role("link", name="Đơn vị trưng bày").click()
    expect(main).to_contain_text("Công ty Đại Nguyên")
    page.get_by_role("navigation", name="Trình đơn chính").get_by_role("link", name="Công nghệ").click()
    expect(main).to_contain_text("Máy sấy cà phê")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_on_public_pages(shown: None, open_page: Callable[..., Any], size: dict[str, int]) -> None:
    for language in ("vi", "en"):
        for scheme in ("light", "dark"):
            page = open_page(size, language=language, color_scheme=scheme)
            for address in PUBLIC:
                page.goto(address)
                assert (address, language, scheme, faults(page)) == (address, language, scheme, [])


def test_axe_finds_nothing_on_the_set_up_pages(
    shown: None, organizer: User, server: str, open_page: Callable[..., Any]
) -> None:
    link = links.sign_in_address(organizer, next="/organizer/")
    db.session.rollback()
    page = open_page(PHONE)
    page.goto("/" + link.split("/", 3)[3])
    page.get_by_role("main").get_by_role("button").first.click()
    for address in CONSOLE:
        page.goto(address)
        assert (address, faults(page)) == (address, [])
    page.goto("/organizer/fairs/gia-lai/halls")
    page.get_by_role("main").get_by_role("link", name="A · Nhà A").click()
    assert faults(page) == []
    page.get_by_role("link", name="A01").click()
    assert faults(page) == []

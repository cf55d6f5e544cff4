"""The pages around the floor plan break no rule of WCAG 2.2 AA that axe knows; and two drawings merge without loss."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import expect

from techfair.accounts import links, people
from techfair.accounts.models import User
from techfair.core import pages
from techfair.core.spreadsheets import write_sheet
from techfair.exhibitors import applications, companies
from techfair.exhibitors.placing import requests, wishes
from techfair.extensions import db
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.models import Fair
from tests.fixtures.accessibility import faults

pytestmark = pytest.mark.browser
PAGES = ("booths", "booths/requests", "booths/apart", "booths/suggestion")
SETTINGS = ("halls", "halls/import", "booth-terms", "booth-terms/corner")
TABLE = write_sheet(
    "Gian", ("Nhà", "Gian", "Cột", "Hàng"), [("A", "A01", 1, 1), ("A", "A02", 2, 1), ("A", "gian 3", 9, 1)]
)


@pytest.fixture
def door(fair: Fair, organizer: User) -> str:
    """A fair with a hall, two exhibitors kept apart, a request and a wish; the link by which its organizer signs in."""
    hall = Hall(fair_id=fair.id, code="A", name_vi="Nhà A", name_en="Hall A")
    db.session.add(hall)
    db.session.flush()
    booth = Booth(fair_id=fair.id, hall_id=hall.id, code="A09", x=20, y=5)
    db.session.add_all([booth, Booth(fair_id=fair.id, hall_id=hall.id, code="A10", x=30, y=5, is_blocked=True)])
    exhibitors = []
    for number, name in enumerate(("Công ty Đại Nguyên", "Trung tâm Ứng dụng tiến bộ khoa học và công nghệ")):
        user = people.person(f"nguoi{number}@example.vn", "Võ Thanh Vân")
        company = companies.create(user, ["food"], name_vi=name)
        application = applications.start(fair, company, user, exhibits="Máy sấy")
        applications.submit(application, user)
        exhibitors.append(applications.approve(application, organizer))
    requests.ask(exhibitors[0], booth, organizer)
    wishes.keep_apart(*exhibitors, organizer)
    said = {"category": "corner", "square_metres": 18, "hall_id": hall.id, "needs_power": True, "needs_water": False}
    wishes.wish(exhibitors[1], organizer, note="Máy nặng 2 tấn", **said)
    link = links.sign_in_address(organizer, next="/organizer/")
    db.session.commit()
    return "/" + link.split("/", 3)[3]


@pytest.fixture
def office(phone: Any, door: str) -> Any:
    """An organizer's phone."""
    phone.goto(door)
    phone.get_by_role("main").get_by_role("button").first.click()
    expect(phone).to_have_url(re.compile("/organizer/$"))
    return phone


def test_axe_finds_nothing_on_an_organizer_s_phone(office: Any) -> None:
    for page in (*(f"exhibitors/{page}" for page in PAGES), *SETTINGS):
        office.goto(f"/organizer/fairs/gia-lai/{page}")
        assert (page, faults(office)) == (page, [])


def test_axe_finds_nothing_on_the_preview_of_a_table(office: Any) -> None:
    office.goto("/organizer/fairs/gia-lai/halls/import")
    office.locator("[name=table]").set_input_files({"name": "gian.xlsx", "mimeType": "", "buffer": TABLE})
    office.get_by_role("button", name="Xem trước bảng").click()
    expect(office.get_by_text("A02 chồng lên A01.").first).to_be_visible()
    assert faults(office) == []
    office.get_by_role("button", name="Đưa 1 gian hàng lên sơ đồ").click()
    expect(office.get_by_role("status").first).to_contain_text("Đã đưa 1 gian hàng lên sơ đồ.")


MERGE = """async ([folder, base, mine, theirs]) => {
  const { opened, closed } = await import(`${folder}/plan.js`);
  const { merged } = await import(`${folder}/merge.js`);
  const { plan, bothChanged, cameBack } = merged(opened(base), opened(mine), opened(theirs));
  return { plan: closed(plan), bothChanged, cameBack };
}"""


@pytest.fixture
def merge(page: Any, fair: Fair, client: FlaskClient) -> Callable[..., Any]:
    """Merges drawings given as {code: column} of booths numbered by their order in ``base``."""
    db.session.rollback()
    page.goto("/fairs/gia-lai/plan")
    folder = f"/static/{pages.static_digest()}/floor"

    def made(base: dict[int, int], mine: dict[int, int], theirs: dict[int, int]) -> Any:
        drawings = [drawing(number, booths) for number, booths in enumerate((base, mine, theirs))]
        return page.evaluate(MERGE, [folder, *drawings])

    return made


def drawing(version: int, booths: dict[int, int]) -> dict[str, Any]:
    common = {"y": 0, "width": 2, "height": 2, "category": "standard", "square_metres": 9, "is_blocked": False}
    drawn = [{"id": id, "code": f"A{id}", "x": x} | common for id, x in booths.items()]
    return {"version": version, "columns": 40, "rows": 20, "booths": drawn, "features": []}


def places(merged: Any) -> dict[str, int]:
    return {booth["code"]: booth["x"] for booth in merged["plan"]["booths"]}


def test_what_only_one_of_two_changed_is_as_that_one_has_it(merge: Callable[..., Any]) -> None:
    both = merge({1: 0, 2: 4, 3: 8}, {1: 20, 2: 4}, {1: 0, 2: 24, 3: 8, 4: 30})
    assert places(both) == {"A1": 20, "A2": 24, "A4": 30}
    assert (both["bothChanged"], both["cameBack"], both["plan"]["version"]) == ([], [], 2)


def test_what_both_changed_is_mine_and_named_and_what_they_changed_comes_back(merge: Callable[..., Any]) -> None:
    both = merge({1: 0, 2: 4}, {1: 20}, {1: 30, 2: 34})
    assert places(both) == {"A1": 20, "A2": 34}
    assert (both["bothChanged"], both["cameBack"]) == (["A1"], ["A2"])


def test_what_they_deleted_and_i_changed_stands_anew(merge: Callable[..., Any]) -> None:
    both = merge({1: 0, 2: 4}, {1: 0, 2: 10}, {1: 0})
    assert places(both) == {"A1": 0, "A2": 10}
    assert [booth["id"] for booth in both["plan"]["booths"]] == [1, None]

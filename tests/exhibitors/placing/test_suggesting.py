"""A suggestion is made by the worker, shown as differences, and applied as a whole or not at all."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.exhibitors import booths
from techfair.exhibitors.models import BoothAssignment, Exhibitor
from techfair.exhibitors.placing import requests, suggesting, wishes
from techfair.extensions import db
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.models import Fair

PAGE = "/organizer/fairs/gia-lai/exhibitors/booths/suggestion"
Make = Callable[..., Booth]


@pytest.fixture
def others(make_exhibitor: Callable[..., Exhibitor]) -> list[Exhibitor]:
    """Two more exhibitors of the sector agri; ``exhibitor`` is of food."""
    return [make_exhibitor("Viện Cây Xanh"), make_exhibitor("Trung tâm miền Nam")]


@pytest.fixture
def suggested(as_organizer: FlaskClient, run_jobs: Callable[[], int]) -> Callable[..., Any]:
    """Asks for a suggestion, lets the worker make it, and opens its page."""

    def made(**form: str) -> Any:
        assert as_organizer.post(PAGE, data=form).status_code == 303
        run_jobs()
        return as_organizer.get(PAGE).text

    return made


@pytest.fixture
def apply(as_organizer: FlaskClient) -> Callable[[], str]:
    """Applies the last suggestion; what the page says then."""

    def applied() -> str:
        id = db.session.scalar(db.text("SELECT MAX(id) FROM job WHERE name = 'suggest_booths'"))
        db.session.rollback()
        return str(as_organizer.post(f"{PAGE}/{id}/apply", follow_redirects=True).text)

    return applied


def given() -> dict[int, str]:
    db.session.rollback()
    rows = db.select(BoothAssignment.exhibitor_id, Booth.code).join(Booth, Booth.id == BoothAssignment.booth_id)
    return {row.exhibitor_id: row.code for row in db.session.execute(rows.where(BoothAssignment.state == "assigned"))}


def test_a_suggestion_changes_nothing_until_it_is_applied(
    exhibitor: Exhibitor,
    booth: Booth,
    suggested: Callable[..., Any],
    apply: Callable[[], str],
    mails: Callable[[], Any],
) -> None:
    page = suggested()
    assert "1 đơn vị nhận gian, 0 đổi gian" in page
    assert given() == {}
    assert "1 đơn vị đã có gian hàng." in apply()
    assert given() == {exhibitor.id: "A01"}
    assert "Gian A01" in mails()[-1].subject


def test_it_follows_requests_zones_and_who_is_kept_apart(
    fair: Fair,
    hall: Hall,
    exhibitor: Exhibitor,
    others: list[Exhibitor],
    make_booth: Make,
    manager: User,
    suggested: Callable[..., Any],
    apply: Callable[[], str],
) -> None:
    places = [make_booth(f"A0{n}", x=2 * n) for n in range(1, 6)]
    hall.features = [{"kind": "zone", "sector": "food", "x": 2, "y": 0, "width": 2, "height": 2}]
    requests.ask(others[0], places[2], manager)
    wishes.keep_apart(*others, manager)
    db.session.commit()
    suggested()
    apply()
    after = given()
    assert (after[exhibitor.id], after[others[0].id]) == ("A01", "A03")
    assert after[others[1].id] == "A05"


def test_who_gets_none_is_told_with_the_reason(
    exhibitor: Exhibitor, booth: Booth, manager: User, suggested: Callable[..., Any]
) -> None:
    said = {"category": None, "square_metres": 36, "hall_id": None, "needs_power": False, "needs_water": False}
    wishes.wish(exhibitor, manager, note="", **said)
    db.session.commit()
    page = suggested()
    assert "Không còn gian trống đủ diện tích mong muốn." in page
    assert "Không có gì để áp dụng." in page


def test_who_has_one_booth_moves_only_where_it_is_allowed(
    exhibitor: Exhibitor,
    others: list[Exhibitor],
    hall: Hall,
    make_booth: Make,
    organizer: User,
    manager: User,
    suggested: Callable[..., Any],
    apply: Callable[[], str],
) -> None:
    wet, *_dry = make_booth("A01", x=2), make_booth("A02", x=8), make_booth("A03", x=12)
    hall.features = [{"kind": "water", "x": 4, "y": 0, "width": 1, "height": 1}]
    booths.assign(exhibitor, wet, organizer)
    said = {"category": None, "square_metres": None, "hall_id": None, "needs_power": False, "needs_water": True}
    wishes.wish(others[0], manager, note="", **said)
    db.session.commit()
    assert "Không còn gian trống cạnh nguồn nước" in suggested()
    assert "1 đổi gian" in suggested(may_move="1")
    apply()
    after = given()
    assert (after[others[0].id], len(after)) == ("A01", 3)


def test_where_a_booth_is_gone_meanwhile_nothing_is_applied(
    exhibitor: Exhibitor,
    others: list[Exhibitor],
    make_booth: Make,
    organizer: User,
    suggested: Callable[..., Any],
    apply: Callable[[], str],
) -> None:
    places = [make_booth(f"A0{n}", x=3 * n) for n in range(3)]
    suggested()
    places[2].is_blocked = True
    db.session.commit()
    assert "Sơ đồ đã thay đổi" in apply()
    assert given() == {}


def test_a_suggestion_is_applied_once(
    exhibitor: Exhibitor, booth: Booth, suggested: Callable[..., Any], apply: Callable[[], str]
) -> None:
    suggested()
    apply()
    assert "Sơ đồ đã thay đổi" in apply()
    assert given() == {exhibitor.id: "A01"}


def test_only_who_may_decide_about_exhibitors_asks_for_one(client: FlaskClient, as_steward: FlaskClient) -> None:
    assert as_steward.post(PAGE).status_code == 404
    assert client.post(PAGE).status_code == 303


def test_the_problem_takes_few_statements_however_many_take_part(
    fair: Fair, exhibitor: Exhibitor, others: list[Exhibitor], make_booth: Make, at_most: Callable[..., Any]
) -> None:
    for number in range(8):
        make_booth(f"A{number}", x=3 * number)
    with at_most(statements=10):
        suggesting.problem_of(fair, may_move=True)

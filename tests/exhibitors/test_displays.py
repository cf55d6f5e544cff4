"""One record in several fairs: the company chooses which of its published ones each fair shows."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.exhibitors import counting, needs
from techfair.exhibitors.catalogue import finding, matching
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db
from techfair.fairs.models import Fair


@pytest.fixture
def other(make_fair: Callable[..., Fair], exhibitor: Exhibitor) -> Exhibitor:
    """The same company at a later fair."""
    fair = make_fair("other", state="published")
    there = Exhibitor(fair_id=fair.id, company_id=exhibitor.company_id)
    db.session.add(there)
    db.session.commit()
    return there


@pytest.fixture
def need(company: Company, manager: User) -> Need:
    said = {"title_vi": "Cần máy sấy cà phê", "problem_vi": "Cà phê bị mốc", "wanted_result_vi": "Khô"}
    need = needs.create(company, manager, ["food"], **said)
    needs.publish(need, manager)
    db.session.commit()
    return need


def choose(browser: FlaskClient, exhibitor: Exhibitor, *shown: Technology | Need, new: bool = True) -> None:
    """Ticks these records and no others on the page as it is now."""
    place = f"/exhibitor/shown/{exhibitor.id}"
    (before,) = re.findall(r'name="before"[^>]*value="([^"]*)"', browser.get(place).text)
    send(browser, exhibitor, before, *shown, new=new)


def send(browser: FlaskClient, exhibitor: Exhibitor, before: str, *shown: Technology | Need, new: bool = True) -> None:
    ticks: dict[str, Any] = {
        "technologies": [f"technology-{one.id}" for one in shown if isinstance(one, Technology)],
        "needs": [f"need-{one.id}" for one in shown if isinstance(one, Need)],
        "before": before,
    }
    answer = browser.post(f"/exhibitor/shown/{exhibitor.id}", data=ticks | ({"new": "y"} if new else {}))
    assert answer.status_code == 303


def test_what_is_left_out_at_a_fair_stands_in_nothing_of_it_and_stays_elsewhere(
    client: FlaskClient,
    as_manager: FlaskClient,
    exhibitor: Exhibitor,
    other: Exhibitor,
    make_technology: Callable[..., Technology],
    need: Need,
    company: Company,
) -> None:
    kept, left = make_technology("Máy sấy bình"), make_technology("Máy sấy cường")
    choose(as_manager, exhibitor, kept)
    ref = left.public_ref
    places = ("/technologies", "/technologies.json", "/technologies/feed.xml", "/technologies?q=may+say")
    firm = f"/exhibitors/{company.public_ref}"
    for place in (*places, firm):
        told = [ref in client.get(f"/fairs/{slug}{place}").text for slug in ("gia-lai", "other")]
        assert told == [False, True], place
    assert kept.public_ref in client.get("/fairs/gia-lai/technologies").text
    assert need.public_ref not in client.get("/fairs/gia-lai/needs").text
    assert ref in client.get("/technologies?q=may+say").text
    assert client.get(f"/fairs/gia-lai/technologies/{ref}").headers["Location"].endswith(f"/technologies/{ref}")
    assert "/fairs/gia-lai/technologies/" not in client.get(f"/technologies/{ref}").text


def test_facets_figures_and_matches_count_what_each_fair_shows(
    as_manager: FlaskClient,
    exhibitor: Exhibitor,
    other: Exhibitor,
    technology: Technology,
    make_technology: Callable[..., Technology],
    need: Need,
    fair: Fair,
) -> None:
    make_technology("Máy sấy cường")
    later = db.session.get_one(Fair, other.fair_id)
    choose(as_manager, exhibitor, technology, need)
    found = finding.find(finding.Wanted("may say", "technology"))
    assert {value.key: value.count for value in found.facets["fair"]} == {"gia-lai": 1, "other": 2}
    chosen = finding.find(finding.Wanted("may say", "technology", {"fair": "gia-lai"}))
    assert [row.record_id for row in chosen.rows] == [technology.id]
    assert [len(matching.offers_for(need.id, 9, at)) for at in (fair, later, None)] == [1, 2, 2]
    choose(as_manager, exhibitor, technology)
    assert (counting.market(fair).needs, counting.market(later).needs) == (0, 1)


def test_ticks_of_two_people_who_choose_at_once_are_both_kept(
    as_manager: FlaskClient, exhibitor: Exhibitor, make_technology: Callable[..., Technology], fair: Fair
) -> None:
    a, b, c = (make_technology(f"Máy sấy {name}") for name in ("an", "bình", "cường"))
    seen = " ".join(f"technology-{one.id}" for one in (a, b, c))
    send(as_manager, exhibitor, seen, b, c)
    send(as_manager, exhibitor, seen, a, b)
    assert [row.record_id for row in finding.find(finding.Wanted(kind="technology"), fair).rows] == [b.id]


def test_a_record_published_later_is_shown_unless_the_company_chooses_each_one(
    as_manager: FlaskClient,
    exhibitor: Exhibitor,
    other: Exhibitor,
    technology: Technology,
    make_technology: Callable[..., Technology],
) -> None:
    choose(as_manager, exhibitor, technology, new=False)
    make_technology("Máy sấy mới")
    fairs = [db.session.get_one(Fair, one.fair_id) for one in (exhibitor, other)]
    assert [len(finding.find(finding.Wanted(kind="technology"), fair).rows) for fair in fairs] == [1, 2]


def test_what_is_published_after_a_fair_ended_is_not_added_to_it_by_itself(
    as_manager: FlaskClient,
    client: FlaskClient,
    exhibitor: Exhibitor,
    other: Exhibitor,
    technology: Technology,
    make_technology: Callable[..., Technology],
    fair: Fair,
) -> None:
    fair.starts_on, fair.ends_on = (day - timedelta(days=30) for day in (fair.starts_on, fair.ends_on))
    db.session.commit()
    late = make_technology("Máy sấy mới")
    found = finding.find(finding.Wanted(kind="technology"))
    assert {value.key: value.count for value in found.facets["fair"]} == {"gia-lai": 1, "other": 2}
    told = client.get("/fairs/gia-lai/technologies").text
    assert [one.public_ref in told for one in (technology, late)] == [True, False]
    choose(as_manager, exhibitor, technology, late)  # the company may add it itself
    assert late.public_ref in client.get("/fairs/gia-lai/technologies").text


def test_nobody_chooses_for_another_company(
    exhibitor: Exhibitor, make_company: Callable[..., Company], make_user: Any, sign_in: Any
) -> None:
    stranger = make_user("stranger@example.vn")
    make_company("Công ty Khác", by=stranger)
    browser = sign_in(stranger)
    assert browser.get(f"/exhibitor/shown/{exhibitor.id}").status_code == 404
    assert browser.post(f"/exhibitor/shown/{exhibitor.id}", data={"before": ""}).status_code == 404

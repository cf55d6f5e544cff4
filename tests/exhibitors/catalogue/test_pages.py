"""The market's pages: one box, facets with counts as links, an order, and why something is shown."""

import re
from collections.abc import Callable

from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.exhibitors import needs
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db
from techfair.fairs.models import Fair

Make = Callable[..., Technology]


def test_a_hit_says_which_words_it_holds(client: FlaskClient, exhibitor: Exhibitor, technology: Technology) -> None:
    page = client.get("/fairs/gia-lai/technologies?q=mays+saays+caf+phee").text
    assert "Có: máy sấy cà phê" in page


def test_facets_are_links_with_counts_that_can_be_taken_back(
    client: FlaskClient, exhibitor: Exhibitor, make_technology: Make
) -> None:
    make_technology("Máy sấy một", readiness=9)
    make_technology("Máy sấy hai", readiness=6)
    page = client.get("/fairs/gia-lai/technologies?q=may+say").text
    (link,) = re.findall(r'href="([^"]*readiness=6[^"]*)"', page)
    narrowed = client.get(link.replace("&amp;", "&")).text
    assert "Máy sấy hai" in narrowed
    assert "Máy sấy một" not in narrowed
    assert "/fairs/gia-lai/technologies?q=may+say" in narrowed


def test_the_same_words_are_counted_among_the_other_kinds(
    client: FlaskClient, exhibitor: Exhibitor, technology: Technology
) -> None:
    page = client.get("/fairs/gia-lai/technologies?q=dai+nguyen").text
    tab = re.search(r'<a href="/fairs/gia-lai/exhibitors\?q=dai\+nguyen">[^<]*<span class="count">(\d+)', page)
    assert tab
    assert tab.group(1) == "1"


def test_an_order_is_kept_in_the_address(client: FlaskClient, exhibitor: Exhibitor, make_technology: Make) -> None:
    for title in ("Máy sấy bình", "Máy sấy an"):
        make_technology(title)
    page = client.get("/fairs/gia-lai/technologies?sort=title").text
    assert page.index("Máy sấy an") < page.index("Máy sấy bình")


def test_search_engines_are_not_led_into_all_combinations(
    client: FlaskClient, exhibitor: Exhibitor, make_technology: Make
) -> None:
    make_technology("Máy sấy một", readiness=9)
    make_technology("Máy sấy hai", readiness=6)
    assert "nofollow" not in client.get("/fairs/gia-lai/technologies").text
    assert "nofollow" in client.get("/fairs/gia-lai/technologies?readiness=9").text


def test_a_need_shows_the_technologies_that_fit_and_the_reverse(
    client: FlaskClient, fair: Fair, exhibitor: Exhibitor, company: Company, technology: Technology, manager: User
) -> None:
    said = {"title_vi": "Cà phê bị mốc", "problem_vi": "Chưa có máy sấy cà phê", "wanted_result_vi": "Khô"}
    need = needs.create(company, manager, ["food"], lowest_readiness=7, **said)
    needs.publish(need, manager)
    db.session.commit()
    page = client.get(f"/fairs/gia-lai/needs/{need.public_ref}").text
    assert "Công nghệ phù hợp" in page
    assert technology.title_vi in page
    assert "Đủ mức sẵn sàng: mức 9, cần ít nhất mức 7" in page
    other = client.get(f"/fairs/gia-lai/technologies/{technology.public_ref}").text
    assert "Nhu cầu phù hợp" in other
    assert "Cà phê bị mốc" in other


def test_odd_facets_and_orders_find_nothing_or_are_taken_for_none(client: FlaskClient, exhibitor: Exhibitor) -> None:
    for query in ("readiness=x", "year=%00", "sort=;drop", "fair=nowhere", "size=7&page=99", "sector=%27"):
        assert client.get(f"/fairs/gia-lai/technologies?{query}").status_code == 200

"""What everyone sees of a fair."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.extensions import db
from techfair.fairs.models import Fair
from tests.fairs.conftest import days

ENGLISH = {"Accept-Language": "en"}


def test_a_new_installation_leads_to_its_first_administrator(client: FlaskClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert 'href="/setup"' in page.text


def test_without_a_fair_the_home_page_says_what_to_do(client: FlaskClient, administrator: User) -> None:
    page = client.get("/").text
    assert "Chưa có hội chợ nào được công bố" in page
    assert 'href="/sign-in?next=/organizer/"' in page


def test_the_home_page_shows_the_running_fair_before_the_next_and_the_last(
    client: FlaskClient, administrator: User, make_fair: Callable[..., Fair]
) -> None:
    make_fair("last", name_vi="Hội chợ đã qua", **days(-9, -8))
    assert "<h1>Hội chợ đã qua</h1>" in client.get("/").text
    make_fair("later", name_vi="Hội chợ sau nữa", **days(40, 41))
    make_fair("next", name_vi="Hội chợ sắp tới", **days(8, 9))
    assert "<h1>Hội chợ sắp tới</h1>" in client.get("/").text
    make_fair("now", name_vi="Hội chợ đang diễn ra", **days(-1, 1))
    page = client.get("/").text
    assert "<h1>Hội chợ đang diễn ra</h1>" in page
    assert 'href="/fairs/last/"' in page


def test_the_first_page_says_what_when_where_and_by_whom_in_both_languages(
    client: FlaskClient, make_fair: Callable[..., Fair]
) -> None:
    make_fair(theme_vi="Kết nối công nghệ", theme_en="Connecting technology", co_organizers_vi="Cục Ứng dụng")
    vietnamese = client.get("/fairs/gia-lai/").text
    for told in (
        "Hội chợ công nghệ Gia Lai",
        "Kết nối công nghệ",
        "Pleiku",
        "Sở Khoa học và Công nghệ",
        "Cục Ứng dụng",
    ):
        assert told in vietnamese
    english = client.get("/fairs/gia-lai/", headers=ENGLISH).text
    assert "<h1>Gia Lai Technology Fair</h1>" in english
    assert "Connecting technology" in english


def test_the_main_button_is_registration_while_it_is_open(client: FlaskClient, make_fair: Callable[..., Fair]) -> None:
    fair = make_fair()
    assert 'href="/fairs/gia-lai/register"' in client.get("/fairs/gia-lai/").text
    fair.registration_is_open = False
    db.session.commit()
    assert 'href="/fairs/gia-lai/register"' not in client.get("/fairs/gia-lai/").text


def test_an_unpublished_fair_exists_for_its_organizers_alone(
    client: FlaskClient, as_organizer: FlaskClient, make_fair: Callable[..., Fair]
) -> None:
    make_fair(state="draft")
    for address in ("", "programme", "brand.css"):
        assert client.get(f"/fairs/gia-lai/{address}").status_code == 404
        assert as_organizer.get(f"/fairs/gia-lai/{address}").status_code == 200
    assert "chưa được công bố" in as_organizer.get("/fairs/gia-lai/").text


def test_search_engines_read_the_fair_as_an_event(client: FlaskClient, fair: Fair) -> None:
    page = client.get("/fairs/gia-lai/").text
    event = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert (event["@type"], event["name"]) == ("ExhibitionEvent", fair.name_vi)
    assert event["startDate"] == fair.starts_on.isoformat()


def test_a_name_cannot_break_out_of_the_data_for_search_engines(
    client: FlaskClient, make_fair: Callable[..., Fair]
) -> None:
    make_fair(name_vi="</script><script>alert(1)</script>")
    assert "<script>alert" not in client.get("/fairs/gia-lai/").text


def test_the_demo_fair_says_that_its_people_are_made_up(client: FlaskClient, make_fair: Callable[..., Fair]) -> None:
    make_fair(is_demo=True)
    assert "người, đơn vị và văn bản là hư cấu" in client.get("/fairs/gia-lai/").text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_privacy_names_the_law_the_purposes_and_the_organizer(
    client: FlaskClient, make_fair: Callable[..., Fair], language: str
) -> None:
    make_fair(contact_email="hoicho@example.vn")
    page = client.get("/privacy", headers={"Accept-Language": language}).text
    assert "91/2025/QH15" in page
    assert "mailto:hoicho@example.vn" in page


def test_the_first_page_asks_the_database_little(client: FlaskClient, fair: Fair, at_most: Callable[..., Any]) -> None:
    with at_most(statements=8):
        client.get("/fairs/gia-lai/")


def test_the_fair_s_colour_is_served_with_an_etag(client: FlaskClient, make_fair: Callable[..., Fair]) -> None:
    make_fair(brand_colour="#7a1f5c")
    first = client.get("/fairs/gia-lai/brand.css")
    assert "--brand: #7a1f5c" in first.text
    again = client.get("/fairs/gia-lai/brand.css", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304

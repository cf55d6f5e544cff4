"""Everyone sees a fair's exhibitors and what they offer, in both languages, and finds them without accents."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.core.in_order import Additions
from techfair.exhibitors import applications, front, needs, technologies
from techfair.exhibitors.models import Application, Company, Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.front import Action
from techfair.fairs.models import Fair

TERMS = (Path(__file__).parent.parent / "cases" / "search_terms.txt").read_text().splitlines()
ODD = ['"', "NEAR(a b)", "a AND", "-sấy", "ca-phe", "c++", "%", "_", "'", ";--", "x" * 5000, "   ", "😀", "a\x00b"]


def test_an_exhibitor_is_seen_with_its_booth_once_approved(
    client: FlaskClient, application: Application, booth: Booth, organizer: User
) -> None:
    assert "Đại Nguyên" not in client.get("/fairs/gia-lai/exhibitors").text
    applications.approve(application, organizer, booth=booth)
    db.session.commit()
    page = client.get("/fairs/gia-lai/exhibitors").text
    assert "Đại Nguyên" in page
    assert "A01" in page


def test_its_page_holds_profile_contact_and_offers_in_the_reader_s_language(
    client: FlaskClient, exhibitor: Exhibitor, company: Company, technology: Technology
) -> None:
    vietnamese = client.get(f"/fairs/gia-lai/exhibitors/{company.public_ref}").text
    english = client.get(f"/fairs/gia-lai/exhibitors/{company.public_ref}?lang=en").text
    assert technology.title_vi in vietnamese
    assert "contact@dai-nguyen.example.vn" in vietnamese
    assert "Dai Nguyen Machinery" in english


def test_a_technology_says_how_ready_it_is_in_words(
    client: FlaskClient, exhibitor: Exhibitor, technology: Technology
) -> None:
    page = client.get(f"/fairs/gia-lai/technologies/{technology.public_ref}").text
    assert "Hệ thống hoàn chỉnh, đã chứng minh qua sử dụng thành công" in page


@pytest.mark.parametrize("typed", ["may say ca phe", "CÀ PHÊ sấy", "sấy trống"])
def test_a_technology_is_found_by_its_words_in_any_order(
    client: FlaskClient, exhibitor: Exhibitor, make_technology: Callable[..., Technology], typed: str
) -> None:
    make_technology()
    make_technology("Máy bơm nước", summary_vi="Tưới vườn dốc")
    page = client.get("/fairs/gia-lai/technologies", query_string={"q": typed}).text
    assert "Máy sấy cà phê trống quay" in page
    assert "Máy bơm nước" not in page


def test_a_technology_is_found_by_its_company(
    client: FlaskClient, exhibitor: Exhibitor, technology: Technology
) -> None:
    assert technology.title_vi in client.get("/fairs/gia-lai/technologies?q=dai+nguyen").text


def test_a_sector_narrows_the_list(client: FlaskClient, exhibitor: Exhibitor, technology: Technology) -> None:
    assert technology.title_vi in client.get("/fairs/gia-lai/technologies?sector=food").text
    assert technology.title_vi not in client.get("/fairs/gia-lai/technologies?sector=aqua").text


@pytest.mark.parametrize("folder", ["exhibitors", "technologies", "needs"])
def test_no_search_fails(client: FlaskClient, fair: Fair, folder: str) -> None:
    for typed in [*ODD, *TERMS]:
        assert client.get(f"/fairs/gia-lai/{folder}", query_string={"q": typed}).status_code == 200, typed


def test_odd_pages_and_sizes_are_taken_for_the_first(client: FlaskClient, exhibitor: Exhibitor) -> None:
    for query in ("page=0", "page=-1", "page=x", "size=1000000", "size=x"):
        assert client.get(f"/fairs/gia-lai/exhibitors?{query}").status_code == 200


def test_a_need_is_shown_with_the_result_wanted(
    client: FlaskClient, exhibitor: Exhibitor, company: Company, manager: User
) -> None:
    need = needs.create(company, manager, ["food"], title_vi="Hạt bị mốc", problem_vi="Mưa", wanted_result_vi="5 tấn")
    needs.publish(need, manager)
    db.session.commit()
    assert "Hạt bị mốc" in client.get("/fairs/gia-lai/needs?q=hat+bi+moc").text
    assert "5 tấn" in client.get(f"/fairs/gia-lai/needs/{need.public_ref}").text


def test_a_draft_and_one_of_a_company_that_left_are_not_there(
    client: FlaskClient, exhibitor: Exhibitor, application: Application, technology: Technology, manager: User
) -> None:
    address = f"/fairs/gia-lai/technologies/{technology.public_ref}"
    applications.withdraw(application, manager)
    db.session.commit()
    assert client.get(address).status_code == 404
    assert technology.title_vi not in client.get("/fairs/gia-lai/technologies").text


def test_an_archived_technology_has_no_public_page(
    client: FlaskClient, exhibitor: Exhibitor, technology: Technology, manager: User
) -> None:
    technologies.archive(technology, manager)
    db.session.commit()
    assert client.get(f"/fairs/gia-lai/technologies/{technology.public_ref}").status_code == 404


@pytest.mark.parametrize("state", ["published", "draft"])
def test_another_fair_shows_nothing_of_this_one(
    client: FlaskClient,
    exhibitor: Exhibitor,
    company: Company,
    technology: Technology,
    make_fair: Callable[..., Fair],
    state: str,
) -> None:
    make_fair("other", state=state)
    for page in (f"exhibitors/{company.public_ref}", f"technologies/{technology.public_ref}"):
        assert client.get(f"/fairs/other/{page}").status_code == 404


def test_another_room_puts_its_action_beside_a_technology(
    client: FlaskClient, exhibitor: Exhibitor, technology: Technology, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front, "actions", Additions())

    @front.actions.add(10)
    def ask(exhibitor: Exhibitor, technology: Technology | None) -> Action | None:
        return Action("Hẹn gặp", f"/ask/{exhibitor.id}") if technology else None

    assert f'href="/ask/{exhibitor.id}"' in client.get(f"/fairs/gia-lai/technologies/{technology.public_ref}").text


def test_lists_send_a_fixed_number_of_statements(
    client: FlaskClient,
    exhibitor: Exhibitor,
    make_exhibitor: Callable[..., Exhibitor],
    make_technology: Callable[..., Technology],
    at_most: Any,
) -> None:
    for number in range(6):
        make_exhibitor(f"Công ty Số {number}")
        make_technology(f"Máy số {number}")
    db.session.remove()
    for folder in ("exhibitors", "technologies", "needs"):
        with at_most(statements=12):  # two of them read the catalogue's words and facts, once a change
            client.get(f"/fairs/gia-lai/{folder}?q=so")


def test_an_exhibitor_s_page_sends_at_most_eight_statements(
    client: FlaskClient, exhibitor: Exhibitor, company: Company, technology: Technology, at_most: Any
) -> None:
    ref = company.public_ref
    db.session.remove()
    with at_most(statements=8):
        client.get(f"/fairs/gia-lai/exhibitors/{ref}")


def test_one_record_shows_at_two_fairs_and_a_change_is_read_at_both(
    client: FlaskClient,
    exhibitor: Exhibitor,
    company: Company,
    technology: Technology,
    manager: User,
    organizer: User,
    make_fair: Callable[..., Fair],
) -> None:
    second = applications.start(make_fair("kon-tum"), company, manager, exhibits="")
    applications.submit(second, manager)
    applications.approve(second, organizer)
    technologies.change(technology, manager, technology.version, ["food"], title_vi="Máy sấy đời mới")
    db.session.commit()
    for slug in ("gia-lai", "kon-tum"):
        page = client.get(f"/fairs/{slug}/technologies/{technology.public_ref}")
        assert (page.status_code, "Máy sấy đời mới" in page.text) == (200, True)
        assert [one["id"] for one in client.get(f"/fairs/{slug}/technologies.json").json["technologies"]] == [
            technology.public_ref
        ]
    assert db.session.scalar(db.select(db.func.count(Technology.id))) == 1

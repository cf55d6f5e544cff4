"""Whom to meet, and why: by technologies and needs, and by what people wrote when they joined."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from techfair.core.mail import Mail
from techfair.exhibitors import companies, technologies
from techfair.exhibitors.models import Company, Exhibitor
from techfair.extensions import db
from techfair.meetings.models import MeetingRequest, Participant, RequestParty
from techfair.meetings.programme.models import NotInterested

SUGGESTED = "/me/meetings/suggestions"
SEEKS = {"seeks": "Máy sấy cà phê chạy năng lượng mặt trời", "languages": ["vi"]}


def publish(exhibitor: Exhibitor, title: str, ref: str) -> None:
    company = db.session.get_one(Company, exhibitor.company_id)
    user = companies.managers(company.id)[0]
    facts = {"readiness": 9, "transfer_forms": ["licence"], "public_ref": ref}
    technology = technologies.create(company, user, ["food"], title_vi=title, summary_vi=title, **facts)
    technologies.publish(technology, user)
    db.session.commit()


@pytest.fixture
def dryer(exhibitor: Exhibitor) -> None:
    publish(exhibitor, "Máy sấy cà phê dùng năng lượng mặt trời", "may-say")


def asked() -> list[str]:
    return list(db.session.scalars(db.select(MeetingRequest.state)))


def test_one_who_seeks_is_shown_who_offers_it_and_why_and_asks_at_once(
    dryer: None, exhibitor: Exhibitor, as_visitor: FlaskClient
) -> None:
    page = as_visitor.post("/me/meetings/join", data=SEEKS, follow_redirects=True)
    assert "Công ty Cơ khí Đại Nguyên" in page.text
    assert "Máy sấy cà phê dùng năng lượng mặt trời" in page.text
    assert "cà phê" in page.text.partition("Cùng nói về")[2]
    as_visitor.post(f"/me/meetings/ask/e{exhibitor.id}", data={"message": "Xin xem máy chạy thử"})
    assert asked() == ["sent"]
    assert "Công ty Cơ khí Đại Nguyên" not in as_visitor.get(SUGGESTED).text


def test_the_exhibitor_is_shown_the_person_who_seeks_what_it_offers(
    dryer: None, as_visitor: FlaskClient, as_exhibitor: FlaskClient
) -> None:
    as_visitor.post("/me/meetings/join", data=SEEKS)
    page = as_exhibitor.post("/exhibitor/meetings/join", data={"languages": ["vi"]}, follow_redirects=True)
    assert "Trần Văn Tùng" in page.text
    assert "Máy sấy cà phê chạy năng lượng mặt trời" in page.text


def test_not_interested_is_final_and_silent(
    dryer: None, as_visitor: FlaskClient, as_exhibitor: FlaskClient, visitor: Any, exhibitor: Exhibitor
) -> None:
    as_visitor.post("/me/meetings/join", data=SEEKS)
    as_exhibitor.post("/exhibitor/meetings/join", data={"languages": ["vi"]})
    as_exhibitor.post(f"/exhibitor/meetings/suggestions/r{visitor.id}/not-interested")
    assert "Trần Văn Tùng" not in as_exhibitor.get("/exhibitor/meetings/suggestions").text
    as_visitor.post(f"/me/meetings/ask/e{exhibitor.id}", data={"message": "Xin xem máy chạy thử"})
    assert "Chờ trả lời" in as_visitor.get("/me/meetings").text
    assert "Xin xem máy" not in as_exhibitor.get("/exhibitor/meetings").text
    assert db.session.scalars(db.select(Mail).filter_by(template="meeting_asked")).all() == []


def test_who_has_not_joined_cannot_be_reached_by_their_number(
    as_exhibitor: FlaskClient, visitor: Any, make_visitor: Any
) -> None:
    number = visitor.id
    db.session.rollback()
    assert as_exhibitor.get(f"/exhibitor/meetings/ask/r{number}").status_code == 404
    assert as_exhibitor.post(f"/exhibitor/meetings/suggestions/r{number}/not-interested").status_code == 404
    assert db.session.scalars(db.select(NotInterested)).all() == []


def test_however_much_there_is_the_statements_stay_the_same(
    dryer: None, exhibitor: Exhibitor, make_exhibitor: Any, as_visitor: FlaskClient, at_most: Any
) -> None:
    for number in range(3):
        publish(make_exhibitor(f"Công ty Sấy {number}", f"say-{number}"), f"Máy sấy cà phê số {number}", f"m{number}")
    as_visitor.post("/me/meetings/join", data=SEEKS)
    db.session.rollback()
    with at_most(statements=24):
        page = as_visitor.get(SUGGESTED)
    assert "Công ty Sấy 2" in page.text
    assert db.session.scalar(db.select(db.func.count()).select_from(Participant)) == 1


def test_a_participant_asks_several_to_one_meeting_of_six_parties_at_most(
    dryer: None, exhibitor: Exhibitor, make_exhibitor: Any, as_visitor: FlaskClient
) -> None:
    more = [make_exhibitor(f"Viện Nghiên cứu {n}", f"vien-{n}").id for n in range(5)]
    address, asks = f"/me/meetings/ask/e{exhibitor.id}", {"message": "Về chuyển giao chung"}
    db.session.rollback()
    page = as_visitor.post(address, data=asks | {"others": [f"e{id}" for id in more]})
    assert (page.status_code, 'id="others-error"' in page.text, asked()) == (422, True, [])
    db.session.rollback()
    as_visitor.post(address, data=asks | {"others": [f"e{id}" for id in more[:4]]})
    assert db.session.scalar(db.select(db.func.count()).select_from(RequestParty)) == 5

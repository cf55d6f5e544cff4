"""Asking for a meeting and answering, by an exhibitor who signs in and a visitor with a link alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from techfair.core.mail import Mail
from techfair.exhibitors import companies
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.models import Meeting, MeetingRequest
from tests.meetings.timetabling import plan

ADDRESS = "/fairs/gia-lai/exhibitors/dai-nguyen/meet"
ASK = {"message": "Muốn xem máy sấy cà phê chạy thử."}


def states() -> list[str]:
    return list(db.session.scalars(db.select(MeetingRequest.state).order_by(MeetingRequest.id)))


def newest_mail() -> Mail:
    return db.session.scalars(db.select(Mail).order_by(Mail.id.desc()).limit(1)).one()


def test_a_stranger_is_told_how_to_be_known(exhibitor: Exhibitor, client: FlaskClient) -> None:
    page = client.get(ADDRESS)
    assert "Đăng ký tham quan" in page.text
    assert client.post(ADDRESS, data=ASK).status_code == 200
    assert states() == []


def test_a_visitor_asks_an_exhibitor_who_is_told_by_mail(as_visitor: FlaskClient, exhibitor: Exhibitor) -> None:
    page = as_visitor.post(ADDRESS, data=ASK, follow_redirects=True)
    assert "Chờ trả lời" in page.text
    assert (newest_mail().to_address, "Trần Văn Tùng" in newest_mail().subject) == ("dai-nguyen@example.vn", True)


def test_an_empty_wish_is_refused_at_its_field(as_visitor: FlaskClient, exhibitor: Exhibitor) -> None:
    page = as_visitor.post(ADDRESS, data={"message": "  "})
    assert page.status_code == 422
    assert 'id="message-error"' in page.text
    assert states() == []


def test_asking_twice_is_one_request_and_says_so(as_visitor: FlaskClient, exhibitor: Exhibitor) -> None:
    as_visitor.post(ADDRESS, data=ASK)
    again = as_visitor.post(ADDRESS, data=ASK)
    assert again.status_code == 409
    assert "đã có một đề nghị gặp đang mở" in again.text
    assert states() == ["sent"]


def test_an_exhibitor_cannot_ask_itself(as_exhibitor: FlaskClient) -> None:
    page = as_exhibitor.post(ADDRESS, data=ASK)
    assert page.status_code == 422
    assert states() == []


def test_an_exhibitor_asks_another_as_its_company(
    as_exhibitor: FlaskClient, make_exhibitor: Callable[..., Exhibitor]
) -> None:
    make_exhibitor("Viện Nghiên cứu Nam Hải", "nam-hai")
    page = as_exhibitor.post("/fairs/gia-lai/exhibitors/nam-hai/meet", data=ASK, follow_redirects=True)
    assert "Gửi Viện Nghiên cứu Nam Hải" in page.text


def test_a_fair_that_is_over_takes_no_requests(as_visitor: FlaskClient, exhibitor: Exhibitor, fair: Fair) -> None:
    fair.state = "closed"
    db.session.commit()
    assert as_visitor.get(ADDRESS).status_code == 404
    assert "Đề nghị gặp" not in as_visitor.get("/fairs/gia-lai/exhibitors/dai-nguyen").text


def test_the_exhibitor_accepts_and_the_visitor_is_told(ask: Any, as_exhibitor: FlaskClient, app: Flask) -> None:
    wish = ask()
    page = as_exhibitor.post(f"/exhibitor/meetings/requests/{wish.id}/accept", follow_redirects=True)
    assert "Chờ xếp giờ" in page.text
    assert newest_mail().to_address == "tung@example.vn"
    link = re.search(r"/me/\S+", newest_mail().text)
    assert link
    assert app.test_client().get(link[0]).location == "/me/meetings"
    assert states() == ["accepted"]


def test_declining_needs_a_reason_that_the_other_side_reads(
    ask: Any, as_exhibitor: FlaskClient, as_visitor: FlaskClient
) -> None:
    wish = ask()
    address = f"/exhibitor/meetings/requests/{wish.id}/decline"
    refused = as_exhibitor.post(address, data={"reason": " "})
    assert (refused.status_code, states()) == (422, ["sent"])
    assert f'id="reason-{wish.id}-error"' in refused.text
    as_exhibitor.post(address, data={"reason": "Máy đã bán hết."})
    assert "Máy đã bán hết." in as_visitor.get("/me/meetings").text


def test_a_request_is_answered_once(ask: Any, as_exhibitor: FlaskClient) -> None:
    wish = ask()
    address = f"/exhibitor/meetings/requests/{wish.id}"
    as_exhibitor.post(f"{address}/accept")
    assert as_exhibitor.post(f"{address}/decline", data={"reason": "Bận"}).status_code == 409
    assert db.session.scalar(db.select(db.func.count()).select_from(Meeting)) == 1


def test_who_asked_takes_it_back_and_cannot_accept_for_the_other(ask: Any, as_visitor: FlaskClient) -> None:
    wish = ask()
    assert as_visitor.post(f"/me/meetings/requests/{wish.id}/accept").status_code == 404
    as_visitor.post(f"/me/meetings/requests/{wish.id}/withdraw")
    assert states() == ["withdrawn"]


def test_another_exhibitor_s_request_is_not_there(
    ask: Any, make_exhibitor: Callable[..., Exhibitor], sign_in: Any, make_user: Any
) -> None:
    wish = ask()
    other = make_exhibitor("Viện Nghiên cứu Nam Hải", "nam-hai")
    ask(to=other)
    stranger = sign_in(companies.managers(other.company_id)[0])
    assert stranger.post(f"/exhibitor/meetings/requests/{wish.id}/accept").status_code == 404
    assert states() == ["sent", "sent"]


def test_the_database_refuses_a_second_open_request(ask: Any) -> None:
    wish = ask()
    db.session.add(MeetingRequest(fair_id=wish.fair_id, from_id=wish.from_id, to_id=wish.to_id))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_the_list_sends_a_fixed_number_of_statements(
    agree: Any, make_visitor: Any, make_times: Any, as_exhibitor: FlaskClient, fair: Fair, at_most: Any
) -> None:
    for number in range(5):
        agree(make_visitor(f"Khách {number}", f"khach{number}@example.vn"))
    make_times()
    plan(fair)
    db.session.commit()
    with at_most(statements=26):
        as_exhibitor.get("/exhibitor/meetings")

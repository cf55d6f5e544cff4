"""Requests change until answered, are answered by another proposal, end by themselves, and go to several at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from techfair.core import clock
from techfair.core.audit import AuditEntry
from techfair.core.mail import Mail
from techfair.exhibitors import companies
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.models import Meeting, MeetingParty, MeetingRequest
from techfair.meetings.programme import expiring
from tests.meetings.timetabling import plan

BEHALF = "/organizer/fairs/gia-lai/meetings/ask"


def states() -> list[str]:
    return list(db.session.scalars(db.select(MeetingRequest.state).order_by(MeetingRequest.id)))


def told(template: str) -> list[str]:
    return list(db.session.scalars(db.select(Mail.to_address).filter_by(template=template).order_by(Mail.id)))


def test_a_request_is_changed_until_it_is_answered(
    ask: Any, as_visitor: FlaskClient, as_exhibitor: FlaskClient
) -> None:
    address = f"/me/meetings/requests/{ask().id}"
    as_visitor.post(f"{address}/change", data={"message": "Về máy rang", "time_wish": "Sáng ngày hai"})
    page = as_exhibitor.get("/exhibitor/meetings")
    assert ("Về máy rang" in page.text, "Sáng ngày hai" in page.text) == (True, True)
    as_exhibitor.post(f"/exhibitor{address[3:]}/accept")
    assert as_visitor.post(f"{address}/change", data={"message": "Thôi"}).status_code == 409


def test_a_counter_proposal_answers_the_request_and_is_accepted_by_who_asked(
    ask: Any, as_visitor: FlaskClient, as_exhibitor: FlaskClient
) -> None:
    address = f"/exhibitor/meetings/requests/{ask().id}/counter"
    empty = as_exhibitor.post(address, data={"message": " "})
    assert (empty.status_code, states()) == (422, ["sent"])
    as_exhibitor.post(address, data={"message": "Nên gặp về máy rang", "level": "leader"})
    assert (states(), told("meeting_countered")) == (["declined", "sent"], ["tung@example.vn"])
    newest = db.session.scalars(db.select(MeetingRequest).order_by(MeetingRequest.id.desc())).first()
    assert newest is not None
    id, first = newest.id, newest.counters_id
    db.session.rollback()
    assert "Lãnh đạo đơn vị" in as_visitor.get("/me/meetings").text
    as_visitor.post(f"/me/meetings/requests/{id}/accept")
    assert (states(), first is not None) == (["declined", "accepted"], True)


def test_an_unanswered_request_is_called_to_mind_once_and_then_ends(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ask()
    now = clock.now()
    for days in (4, 6, 6, 8):
        monkeypatch.setattr(clock, "now", lambda days=days: now + timedelta(days=days))
        expiring.end_unanswered()
    assert told("meeting_reminder") == ["dai-nguyen@example.vn"]
    assert (states(), told("meeting_expired")) == (["expired"], ["tung@example.vn"])


@pytest.fixture
def three(make_exhibitor: Callable[..., Exhibitor]) -> list[Exhibitor]:
    names = {"dai-nguyen": "Công ty Cơ khí Đại Nguyên", "nam-hai": "Viện Nam Hải", "bac-ha": "Hợp tác xã Bắc Hà"}
    return [make_exhibitor(name, ref) for ref, name in names.items()]


def test_the_organizer_asks_for_a_meeting_of_three_which_needs_all_and_gets_one_place(
    three: list[Exhibitor], as_organizer: FlaskClient, sign_in: Any, make_times: Any, fair: Fair
) -> None:
    make_times()
    keys = [f"e{one.id}" for one in three]
    people = [companies.managers(one.company_id)[0] for one in three]
    db.session.rollback()
    sent = as_organizer.post(BEHALF, data={"asking": keys[0], "asked": keys[1:], "message": "Bàn về cụm liên kết"})
    assert (sent.status_code, told("meeting_asked")) == (303, ["nam-hai@example.vn", "bac-ha@example.vn"])
    assert db.session.scalars(db.select(AuditEntry).filter_by(action="meeting_request.sent_for")).one() is not None
    id = db.session.scalars(db.select(MeetingRequest.id)).one()
    browsers = [sign_in(db.session.merge(user)) for user in people]
    db.session.rollback()
    page = browsers[1].get("/exhibitor/meetings").text
    assert "Ban tổ chức hội chợ đề nghị thay." in page
    browsers[1].post(f"/exhibitor/meetings/requests/{id}/accept")
    assert states() == ["sent"]
    db.session.rollback()
    browsers[2].post(f"/exhibitor/meetings/requests/{id}/accept")
    assert states() == ["accepted"]
    plan(fair)
    meeting = db.session.scalars(db.select(Meeting)).one()
    slots = db.session.scalars(db.select(MeetingParty.slot_id).filter_by(meeting_id=meeting.id)).all()
    assert (meeting.state, set(slots), len(slots)) == ("scheduled", {meeting.slot_id}, 3)


def test_nobody_is_asked_by_themselves_and_no_more_than_six_meet(
    three: list[Exhibitor], as_organizer: FlaskClient
) -> None:
    key = f"e{three[0].id}"
    db.session.rollback()
    page = as_organizer.post(BEHALF, data={"asking": key, "asked": [key], "message": "Bàn về cụm liên kết"})
    assert (page.status_code, 'id="asked-error"' in page.text, states()) == (422, True, [])

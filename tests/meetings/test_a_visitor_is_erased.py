"""What becomes of meetings when a visitor has their data erased."""

import pytest

from techfair.core.mail import Mail
from techfair.extensions import db
from techfair.meetings import participants, requests
from techfair.meetings.models import Meeting, MeetingRequest
from techfair.visitors.personal_data import erasing, stored

NAME = "Trần Văn Tùng"


@pytest.fixture
def request_(make_visitor, exhibitor):
    visitor = make_visitor(NAME)
    sides = participants.pair(visitor, exhibitor)
    request = requests.ask(*sides, "visitor", requests.Wish("Tôi là Tùng, cần máy sấy"))
    db.session.commit()
    return visitor, request.id


def erase(visitor):
    erasing.erase(visitor, by="visitor")
    db.session.commit()
    db.session.expire_all()


def test_an_open_wish_is_withdrawn_and_what_was_written_is_blank(request_):
    visitor, id = request_
    erase(visitor)
    request = db.session.get_one(MeetingRequest, id)
    assert (request.state, request.message) == ("withdrawn", "")


def test_an_agreed_meeting_is_cancelled(request_, organizer):
    visitor, id = request_
    requests.accept(db.session.get_one(MeetingRequest, id), organizer)
    erase(visitor)
    assert [meeting.state for meeting in db.session.scalars(db.select(Meeting))] == ["cancelled"]


def test_the_name_goes_from_mails_that_reached_the_other_side(request_, mails):
    visitor, _ = request_
    assert any(NAME in mail.text for mail in mails())
    erase(visitor)
    texts = [mail.subject + mail.text + mail.html for mail in db.session.scalars(db.select(Mail))]
    assert [text for text in texts if NAME in text] == []


def test_the_persons_file_holds_their_wishes(request_):
    visitor, _ = request_
    (wish,) = stored.of(visitor)["meeting_requests"]
    assert (wish["by_me"], wish["message"]) == (True, "Tôi là Tùng, cần máy sấy")

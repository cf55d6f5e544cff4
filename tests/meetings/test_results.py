"""What both sides say of a meeting in thirty seconds, and what follows from it."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from techfair.core import clock
from techfair.exhibitors import companies
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.models import Connection, Meeting, Slot
from techfair.meetings.results.models import MeetingResult
from tests.meetings.timetabling import plan

CONSOLE = "/organizer/fairs/gia-lai/meetings/results"
SAID = {"met": "yes", "interest": "strong", "next_step": "memorandum", "value": "1_to_10"}


@pytest.fixture
def other(make_exhibitor: Any) -> Exhibitor:
    found: Exhibitor = make_exhibitor("Viện Nghiên cứu Nam Hải", "nam-hai")
    return found


@pytest.fixture
def as_other(other: Exhibitor, sign_in: Any) -> FlaskClient:
    browser: FlaskClient = sign_in(companies.managers(other.company_id)[0])
    return browser


@pytest.fixture
def begun(agree: Any, exhibitor: Exhibitor, other: Exhibitor, make_times: Any, fair: Fair) -> str:
    """The address of a meeting of two exhibitors that has just begun."""
    meeting: Meeting = agree(other, exhibitor)
    make_times()
    plan(fair)
    slot = db.session.get_one(Slot, meeting.slot_id)
    slot.starts_at, slot.ends_at = clock.now() - timedelta(minutes=25), clock.now() - timedelta(minutes=5)
    db.session.commit()
    return f"/exhibitor/meetings/result/{meeting.id}"


def test_one_side_says_it_and_the_meeting_is_held_and_a_connection_proposed(
    begun: str, as_exhibitor: FlaskClient
) -> None:
    said = SAID | {"connects": "y", "subject": "Máy sấy cà phê"}
    assert as_exhibitor.post(begun, data=said).status_code == 303
    assert list(db.session.scalars(db.select(Meeting.state))) == ["held"]
    assert list(db.session.scalars(db.select(Connection.state))) == ["proposed"]
    db.session.rollback()
    page = as_exhibitor.get(begun)
    assert ("/exhibitor/agreements/new?meeting_id=" in page.text, "subject" in page.text) == (True, False)


def test_where_the_sides_differ_the_organizer_is_told(
    begun: str, as_exhibitor: FlaskClient, as_other: FlaskClient, as_organizer: FlaskClient
) -> None:
    as_exhibitor.post(begun, data=SAID)
    assert "has said nothing" not in as_organizer.get(f"{CONSOLE}?only=different").text
    assert "Máy" not in as_organizer.get(f"{CONSOLE}?only=different").text
    as_other.post(begun, data={"met": "no"})
    page = as_organizer.get(f"{CONSOLE}?only=different").text
    assert ("Hai bên khác nhau" in page, "Viện Nghiên cứu Nam Hải" in page) == (True, True)


def test_a_meeting_that_has_not_begun_or_is_another_s_is_not_there(
    begun: str, as_exhibitor: FlaskClient, as_visitor: FlaskClient
) -> None:
    assert as_visitor.post(begun.replace("exhibitor", "me"), data=SAID).status_code == 404
    slot = db.session.scalars(db.select(Slot).where(Slot.starts_at < clock.now())).one()
    slot.starts_at, slot.ends_at = clock.now() + timedelta(hours=1), clock.now() + timedelta(hours=2)
    db.session.commit()
    assert as_exhibitor.post(begun, data=SAID).status_code == 404
    assert db.session.scalars(db.select(MeetingResult)).all() == []


def test_a_connection_without_a_subject_is_refused_at_its_field_and_nothing_is_kept(
    begun: str, as_exhibitor: FlaskClient
) -> None:
    page = as_exhibitor.post(begun, data=SAID | {"connects": "y", "subject": " ", "note": "Gọi lại sau Tết"})
    assert (page.status_code, 'id="subject-error"' in page.text, "Gọi lại sau Tết" in page.text) == (422, True, True)
    assert list(db.session.scalars(db.select(Meeting.state))) == ["scheduled"]

"""Those who stand in for one another: a meeting can be whenever one of them can, and everybody reads who comes."""

from collections.abc import Callable
from typing import Any

import icalendar
import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from techfair.core.mail import Mail
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import slots
from techfair.meetings.models import Meeting, Participant
from techfair.meetings.staff.models import StandIn
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import erasing, stored
from tests.meetings.timetabling import plan

MINE = "/exhibitor/meetings"
BAY = {"full_name": "Lê Văn Bảy", "phone": "0905 000 007"}
MAILED = {"email": "Bay@example.vn", "language": "en"}


@pytest.fixture
def times(agree: Callable[..., Meeting], make_times: Any, fair: Fair) -> list[int]:
    """The slots of a fair at which visitor and exhibitor agreed to meet."""
    agree()
    make_times()
    ids = [slot.id for slot in slots.ahead(fair)]
    db.session.rollback()
    return ids


def sent(template: str) -> Mail:
    """What the visitor got last."""
    to_visitor = db.select(Mail).filter_by(template=template, to_address="tung@example.vn")
    return db.session.scalars(to_visitor.order_by(Mail.id.desc()).limit(1)).one()


def entry(mail: Mail) -> Any:
    return icalendar.Calendar.from_ical(mail.calendar).walk("VEVENT")[0]


def test_a_meeting_is_when_the_one_who_stands_in_can_and_mail_calendar_and_page_say_who_comes(
    times: list[int], as_exhibitor: FlaskClient, as_visitor: FlaskClient, fair: Fair, run_jobs: Any
) -> None:
    as_exhibitor.post(f"{MINE}/times", data={"free": []})
    as_exhibitor.post(f"{MINE}/people/new", data=BAY | {"times": times[-1:]})
    plan(fair)
    db.session.commit()
    run_jobs()
    assert db.session.scalars(db.select(Meeting.slot_id)).one() == times[-1]
    mail = sent("meeting_scheduled")
    assert "Công ty Cơ khí Đại Nguyên: Lê Văn Bảy" in mail.text
    assert "Lê Văn Bảy" in entry(mail)["DESCRIPTION"]
    db.session.rollback()
    assert "(Lê Văn Bảy)" in as_visitor.get("/me/meetings").text


def test_whoever_is_chosen_comes_and_the_other_side_s_calendar_follows(
    times: list[int], as_exhibitor: FlaskClient, fair: Fair, run_jobs: Any
) -> None:
    as_exhibitor.post(f"{MINE}/people", data={"comes": "Trần Thị Giám Đốc"})
    as_exhibitor.post(f"{MINE}/people/new", data=BAY | {"times": times})
    plan(fair)
    db.session.commit()
    run_jobs()
    meeting, bay = db.session.scalars(db.select(Meeting)).one(), db.session.scalars(db.select(StandIn)).one()
    first = entry(sent("meeting_scheduled"))
    assert "Trần Thị Giám Đốc" in first["DESCRIPTION"]
    as_exhibitor.post(f"{MINE}/comes/{meeting.id}", data={"person": bay.id})
    then = entry(sent("meeting_who_comes"))
    assert (then["UID"], then["SEQUENCE"]) == (first["UID"], first["SEQUENCE"] + 1)
    assert "Lê Văn Bảy" in then["DESCRIPTION"]
    db.session.rollback()
    as_exhibitor.post(f"{MINE}/people/{bay.id}", data=BAY | {"times": []})  # who was chosen cannot any more
    assert "Trần Thị Giám Đốc" in entry(sent("meeting_who_comes"))["DESCRIPTION"]


def test_nobody_stands_in_for_two_and_the_database_refuses_it_too(
    as_exhibitor: FlaskClient, as_visitor: FlaskClient, exhibitor: Exhibitor
) -> None:
    as_exhibitor.post(f"{MINE}/people/new", data=BAY)
    refused = as_visitor.post("/me/meetings/people/new", data=BAY | {"full_name": "Anh Bảy"})
    assert (refused.status_code, 'id="phone-error"' in refused.text, "Anh Bảy" in refused.text) == (422, True, True)
    known = db.session.scalars(db.select(StandIn)).one()
    other = Participant(fair_id=known.fair_id, registration_id=db.session.scalars(db.select(Registration.id)).one())
    db.session.add(other)
    db.session.flush()
    db.session.add(StandIn(fair_id=known.fair_id, participant_id=other.id, full_name="Bảy", phone=known.phone))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_who_takes_part_on_their_own_stands_in_for_nobody(
    times: list[int], as_exhibitor: FlaskClient, as_visitor: FlaskClient, visitor: Registration, fair: Fair
) -> None:
    visitor.phone = "+84905000007"
    db.session.commit()
    as_visitor.post("/me/meetings/join", data={"role": "visitor", "seeks": "Máy sấy", "languages": ["vi"]})
    as_exhibitor.post(f"{MINE}/times", data={"free": []})
    as_exhibitor.post(f"{MINE}/people/new", data=BAY | {"times": times})
    assert "có cuộc gặp riêng tại hội chợ" in as_exhibitor.get(f"{MINE}/people").text
    db.session.rollback()
    plan(fair)
    assert db.session.scalars(db.select(Meeting.state)).one() == "agreed"


def test_another_company_neither_reads_nor_changes_whom_one_named(
    as_exhibitor: FlaskClient, as_visitor: FlaskClient, times: list[int]
) -> None:
    as_exhibitor.post(f"{MINE}/people/new", data=BAY)
    id = db.session.scalars(db.select(StandIn.id)).one()
    db.session.rollback()
    answers = [as_visitor.get(f"/me/meetings/people/{id}"), as_visitor.post(f"/me/meetings/people/{id}/remove")]
    assert [answer.status_code for answer in answers] == [404, 404]
    as_exhibitor.post(f"{MINE}/people/{id}/remove")
    assert db.session.scalars(db.select(StandIn)).all() == []


def test_who_stands_in_is_told_by_mail_in_their_language_and_their_calendar_follows(
    times: list[int],
    as_exhibitor: FlaskClient,
    as_visitor: FlaskClient,
    fair: Fair,
    visitor: Registration,
    run_jobs: Any,
) -> None:
    def got(template: str) -> Mail:
        theirs = db.select(Mail).filter_by(template=template, to_address="Bay@example.vn").order_by(Mail.id.desc())
        return db.session.scalars(theirs.limit(1)).one()

    as_exhibitor.post(f"{MINE}/people", data={"comes": "Trần Thị Giám Đốc"})
    wrong = as_exhibitor.post(f"{MINE}/people/new", data=BAY | {"email": "bay@", "times": times})
    assert (wrong.status_code, 'id="email-error"' in wrong.text) == (422, True)
    as_exhibitor.post(f"{MINE}/people/new", data=BAY | MAILED | {"times": times})
    plan(fair)
    db.session.commit()
    run_jobs()
    meeting, bay = db.session.scalars(db.select(Meeting.id)).one(), db.session.scalars(db.select(StandIn.id)).one()
    assert db.session.scalars(db.select(Mail.id).filter_by(to_address="Bay@example.vn")).all() == []
    as_exhibitor.post(f"{MINE}/comes/{meeting}", data={"person": bay})
    first = got("meeting_scheduled")
    assert "You come to this meeting for Công ty Cơ khí Đại Nguyên." in first.text
    assert "All your meetings" not in first.text
    as_exhibitor.post(f"{MINE}/comes/{meeting}", data={"person": ""})
    last = entry(got("meeting_not_you"))
    assert (last["UID"], last["STATUS"]) == (entry(first)["UID"], "CANCELLED")
    assert last["SEQUENCE"] > entry(first)["SEQUENCE"]
    as_exhibitor.post(f"{MINE}/comes/{meeting}", data={"person": bay})
    again = entry(got("meeting_scheduled"))
    assert again["SEQUENCE"] > last["SEQUENCE"]
    as_exhibitor.post(f"{MINE}/people/{bay}/remove")
    assert entry(got("meeting_not_you"))["SEQUENCE"] > again["SEQUENCE"]


def test_a_stand_in_s_address_is_in_their_file_and_goes_when_they_are_erased(
    times: list[int], as_exhibitor: FlaskClient, make_visitor: Any, fair: Fair, run_jobs: Any
) -> None:
    as_exhibitor.post(f"{MINE}/times", data={"free": []})
    as_exhibitor.post(f"{MINE}/people/new", data=BAY | MAILED | {"times": times})
    plan(fair)
    person = make_visitor("Lê Văn Bảy", "bay@example.vn")
    run_jobs()
    assert "meeting_scheduled" in {mail.template for mail in db.session.scalars(to_bay())}
    assert stored.of(person)["meetings_in_place_of_others"][0]["email"] == "Bay@example.vn"
    erasing.erase(person, by="visitor")
    assert db.session.scalars(db.select(StandIn)).all() == []
    assert db.session.scalars(to_bay()).all() == []


def to_bay() -> Any:
    return db.select(Mail).where(db.func.lower(Mail.to_address) == "bay@example.vn")

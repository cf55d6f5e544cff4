"""Joining the meetings, leaving again, and the organizer's rules."""

import re
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from techfair.core.mail import Mail
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.models import Meeting, MeetingRequest, Participant
from techfair.meetings.programme import feeding
from techfair.meetings.programme.models import GOALS, MeetingProfile

ASK = "/fairs/gia-lai/exhibitors/dai-nguyen/meet"
RULES = "/organizer/fairs/gia-lai/meetings/rules"
PEOPLE = "/organizer/fairs/gia-lai/meetings/participants"
SAID = {"role": "investor", "seeks": "Máy sấy cà phê năng lượng mặt trời", "languages": ["ko", "en"]}
ORDER = {f"goals-{name}": "" for name in GOALS}
ORDER |= {"goals-alone": "1", "goals-weight": "2", "goals-walks": "3", "goals-gaps": "4"}
USUAL = ORDER | {"expires_after": "7", "reminds_before": "2", "meet": ["exhibitor-visitor"], "version": "0"}


def profile() -> MeetingProfile:
    return db.session.scalars(db.select(MeetingProfile)).one()


def test_a_registered_person_joins_by_their_link_and_the_organizer_reads_it(
    as_visitor: FlaskClient, as_organizer: FlaskClient
) -> None:
    as_visitor.post("/me/meetings/join", data=SAID)
    page = as_visitor.get("/me/meetings")
    assert "Nhà đầu tư · Tiếng Hàn, Tiếng Anh" in page.text
    listed = as_organizer.get(f"{PEOPLE}?q=tran van tung")
    assert "Máy sấy cà phê năng lượng mặt trời" in listed.text


def test_who_says_nothing_is_told_so_and_keeps_what_was_typed(as_visitor: FlaskClient) -> None:
    page = as_visitor.post("/me/meetings/join", data={"role": "investor"})
    assert (page.status_code, 'id="seeks-error"' in page.text, 'id="languages-error"' in page.text) == (422, True, True)
    assert re.search('<input checked[^>]* value="investor"', page.text)


def test_leaving_ends_requests_and_meetings_and_nobody_asks_any_more(
    agree: Any, as_exhibitor: FlaskClient, as_visitor: FlaskClient
) -> None:
    agree()
    as_exhibitor.post("/exhibitor/meetings/join", data={"languages": ["vi"]})
    as_exhibitor.post("/exhibitor/meetings/leave")
    assert list(db.session.scalars(db.select(Meeting.state))) == ["cancelled"]
    assert db.session.scalars(db.select(Mail).filter_by(template="meeting_cancelled")).first() is not None
    db.session.rollback()
    asked = as_visitor.post(ASK, data={"message": "Về máy sấy"})
    assert (asked.status_code, "không còn tham gia chương trình gặp" in asked.text) == (409, True)


def test_the_rules_say_who_meets_whom_and_how_often(
    as_organizer: FlaskClient, as_visitor: FlaskClient, exhibitor: Exhibitor, make_exhibitor: Any
) -> None:
    make_exhibitor("Viện Nghiên cứu Nam Hải", "nam-hai")
    as_organizer.post(RULES, data=USUAL | {"meet": ["exhibitor-exhibitor"]})
    assert as_visitor.post(ASK, data={"message": "Về máy sấy"}).status_code == 409
    as_organizer.post(RULES, data=USUAL | {"quota": "1", "version": "1"})
    assert as_visitor.post(ASK, data={"message": "Về máy sấy"}).status_code == 303
    more = as_visitor.post(ASK.replace("dai-nguyen", "nam-hai"), data={"message": "Về cây giống"})
    assert (more.status_code, "Đã gửi đủ số đề nghị" in more.text) == (409, True)


def test_outside_the_days_of_requests_the_button_is_not_there(
    as_organizer: FlaskClient, as_visitor: FlaskClient, exhibitor: Exhibitor, fair: Fair
) -> None:
    opens = (fair.today + timedelta(days=1)).isoformat()
    as_organizer.post(RULES, data=USUAL | {"opens_on": opens})
    assert "Đề nghị gặp" not in as_visitor.get("/fairs/gia-lai/exhibitors/dai-nguyen").text
    assert as_visitor.post(ASK, data={"message": "Về máy sấy"}).status_code == 404


def test_the_organizer_orders_the_goals_and_an_order_that_wants_no_meetings_is_refused(
    as_organizer: FlaskClient, fair: Fair
) -> None:
    as_organizer.post(RULES, data=USUAL)
    assert [goal.value for goal in feeding.goals(fair)] == ["alone", "weight", "walks", "gaps"]
    db.session.rollback()
    wrong = as_organizer.post(RULES, data=USUAL | {"version": "1", "goals-gaps": "1", "goals-times": "3"})
    fields = [name for name in GOALS if f'id="goals-{name}-error"' in wrong.text]
    assert (wrong.status_code, fields) == (422, ["gaps", "walks"])
    none = as_organizer.post(RULES, data=USUAL | {"version": "1", "goals-weight": ""})
    assert (none.status_code, 'id="goals-weight-error"' in none.text) == (422, True)


def test_of_two_who_set_the_rules_the_second_is_told(as_organizer: FlaskClient, fair: Fair) -> None:
    assert as_organizer.post(RULES, data=USUAL).status_code == 303
    late = as_organizer.post(RULES, data=USUAL | {"closes_on": "2020-01-01", "quota": "3"})
    assert (late.status_code, 'value="3"' in late.text) == (409, True)


def test_the_organizer_s_list_sends_a_fixed_number_of_statements(
    make_visitor: Any, as_organizer: FlaskClient, fair: Fair, at_most: Any
) -> None:
    for number in range(4):
        person = make_visitor(f"Khách {number}", f"khach{number}@example.vn")
        participant = Participant(fair_id=fair.id, registration_id=person.id)
        db.session.add(participant)
        db.session.flush()
        db.session.add(MeetingProfile(participant_id=participant.id, kind="visitor"))
    db.session.commit()
    assert db.session.scalar(db.select(db.func.count()).select_from(MeetingRequest)) == 0
    db.session.rollback()
    with at_most(statements=10):
        as_organizer.get(PEOPLE)

"""The organizer presses Schedule: agreed meetings get a day, a time and a table, and nobody is twice at once."""

from collections.abc import Callable
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from techfair.core.jobs import Job
from techfair.core.mail import Mail
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import outcomes, participants, slots
from techfair.meetings.models import Meeting, MeetingParty, MeetingRequest, Slot
from techfair.meetings.times import choosing
from techfair.meetings.timetable.models import PlannedMeeting
from tests.meetings.timetabling import draft, plan, publish

CONSOLE = "/organizer/fairs/gia-lai/meetings"


def meetings() -> list[Meeting]:
    return list(db.session.scalars(db.select(Meeting).order_by(Meeting.id)))


def test_without_times_and_tables_the_organizer_is_led_to_them(agree: Any, as_organizer: FlaskClient) -> None:
    agree()
    page = as_organizer.post(f"{CONSOLE}/schedule", follow_redirects=True)
    assert "Trước hết cần đặt bàn và khung giờ gặp." in page.text


def test_an_agreed_meeting_gets_time_and_table_and_both_are_told(
    agree: Any, make_times: Any, as_organizer: FlaskClient, as_visitor: FlaskClient, run_jobs: Any
) -> None:
    agree()
    make_times()
    as_organizer.post(f"{CONSOLE}/schedule", data={"way": "anew"})
    run_jobs()
    (meeting,) = meetings()
    told = db.select(Mail.to_address).filter_by(template="meeting_scheduled")
    assert (meeting.state, db.session.scalars(told).all()) == ("agreed", [])  # a draft changes nothing
    publish(as_organizer)
    run_jobs()
    assert (meeting.state, meeting.slot_id is not None, meeting.table_id is not None) == ("scheduled", True, True)
    assert "Bàn 01" in as_visitor.get("/me/meetings").text
    assert set(db.session.scalars(told)) == {"tung@example.vn", "dai-nguyen@example.vn"}


def test_a_meeting_is_at_a_time_that_its_people_would_rather_have(
    agree: Any, make_times: Any, as_visitor: FlaskClient, fair: Fair
) -> None:
    meeting = agree()
    make_times(count=3, tables=1)
    _first, middle, last = [slot.id for slot in slots.ahead(fair)]
    db.session.rollback()
    as_visitor.post("/me/meetings/times", data={"free": [middle, last], "rather": [last]})
    page = as_visitor.get("/me/meetings").text
    assert f'name="rather" id="rather-{last}" value="{last}" checked' in page
    db.session.rollback()
    plan(fair)
    assert meeting.slot_id == last


def test_where_not_all_can_be_held_the_one_that_matters_most_is(
    agree: Any, make_visitor: Any, make_times: Any, as_exhibitor: FlaskClient, fair: Fair
) -> None:
    both = [agree(), agree(make_visitor("H'Bia Siu", "hbia@example.vn"))]
    make_times(count=1, tables=3)
    for wanted, other in (both, both[::-1]):
        as_exhibitor.post("/exhibitor/meetings/most", data={"meeting": [wanted.id, "", wanted.id]})
        page = as_exhibitor.get("/exhibitor/meetings").text
        assert page.count(f'value="{wanted.id}" selected') == 1
        db.session.rollback()
        plan(fair, "anew")
        assert (wanted.state, other.state) == ("scheduled", "agreed")


def test_times_that_somebody_cannot_are_kept_free(
    agree: Any, make_times: Any, as_visitor: FlaskClient, fair: Fair
) -> None:
    agree()
    make_times(count=3, tables=1)
    last = slots.ahead(fair)[-1].id
    db.session.rollback()
    as_visitor.post("/me/meetings/times", data={"free": [last]})
    plan(fair)
    assert meetings()[0].slot_id == last


def test_who_finds_no_time_is_told_why_and_the_organizer_too(
    agree: Any, make_times: Any, as_visitor: FlaskClient, as_organizer: FlaskClient, fair: Fair
) -> None:
    agree()
    make_times(count=3, tables=1)
    db.session.rollback()
    as_visitor.post("/me/meetings/times", data={"free": []})
    plan(fair)
    db.session.commit()
    (meeting,) = meetings()
    assert (meeting.state, bool(meeting.reason_unplaced_vi), bool(meeting.reason_unplaced_en)) == ("agreed", True, True)
    assert meeting.reason_unplaced_vi in as_organizer.get(CONSOLE).text


def test_what_has_a_time_keeps_it_when_more_is_scheduled(
    agree: Any, make_times: Any, make_visitor: Any, fair: Fair
) -> None:
    first = agree()
    make_times(count=3, tables=2)
    plan(fair)
    before = (first.slot_id, first.table_id)
    agree(make_visitor("H'Bia Siu", "hbia@example.vn"))
    plan(fair)
    assert (first.slot_id, first.table_id) == before
    assert {meeting.state for meeting in meetings()} == {"scheduled"}


def test_a_cancelled_meeting_frees_its_time_and_both_are_told(
    agree: Any, make_times: Any, as_organizer: FlaskClient, fair: Fair
) -> None:
    meeting = agree()
    make_times()
    plan(fair)
    db.session.commit()
    as_organizer.post(f"{CONSOLE}/{meeting.id}/cancel")
    assert (meeting.state, meeting.slot_id, meeting.table_id) == ("cancelled", None, None)
    told = db.session.scalars(db.select(Mail.to_address).filter_by(template="meeting_cancelled"))
    assert set(told) == {"tung@example.vn", "dai-nguyen@example.vn"}


def test_whether_a_meeting_took_place_is_noted_once(
    agree: Any, make_times: Any, as_organizer: FlaskClient, fair: Fair
) -> None:
    meeting = agree()
    make_times()
    plan(fair)
    db.session.commit()
    as_organizer.post(f"{CONSOLE}/{meeting.id}/held")
    assert as_organizer.post(f"{CONSOLE}/{meeting.id}/no_show").status_code == 409
    assert meeting.state == "held"


def test_a_fair_kept_open_after_its_dates_meets_tomorrow(agree: Any, make_times: Any, fair: Fair) -> None:
    agree()
    make_times()
    past = timedelta(days=400)
    for slot in slots.all_slots(fair):
        slot.starts_at, slot.ends_at = slot.starts_at - past, slot.ends_at - past
    fair.starts_on, fair.ends_on, fair.open_outside_dates = fair.starts_on - past, fair.ends_on - past, True
    slots.open_again(fair)
    plan(fair)
    slot = db.session.get_one(Slot, meetings()[0].slot_id)
    assert slot.starts_at.astimezone(fair.zone).date() == fair.today + timedelta(days=1)


def test_the_database_refuses_two_at_a_table_and_one_person_twice(
    agree: Any, make_times: Any, make_visitor: Any, fair: Fair
) -> None:
    first, second = agree(), agree(make_visitor("H'Bia Siu", "hbia@example.vn"))
    make_times()
    plan(fair)
    db.session.commit()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        second.slot_id, second.table_id = first.slot_id, first.table_id
    party = db.session.scalars(db.select(MeetingParty).filter_by(meeting_id=second.id)).all()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        party[1].slot_id = party[0].slot_id = first.slot_id
    db.session.rollback()


def test_another_unit_s_organizer_finds_nothing(agree: Any, make_user: Any, sign_in: Any) -> None:
    agree()
    stranger = sign_in(make_user("nguoi.la@example.vn"))
    for address in (CONSOLE, f"{CONSOLE}/times", "/organizer/fairs/gia-lai/connections"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"{CONSOLE}/schedule").status_code == 404


def test_times_that_cannot_be_are_refused_at_their_field(as_organizer: FlaskClient, fair: Fair) -> None:
    wrong = {"day": fair.starts_on.isoformat(), "begins": "11:00", "ends": "08:00", "minutes": "20"}
    page = as_organizer.post(f"{CONSOLE}/times", data=wrong)
    assert page.status_code == 422
    assert 'id="ends-error"' in page.text
    assert slots.all_slots(fair) == []


def test_times_and_tables_are_set_in_the_browser(as_organizer: FlaskClient, fair: Fair) -> None:
    given = {"day": fair.starts_on.isoformat(), "begins": "08:00", "ends": "09:00", "minutes": "20"}
    as_organizer.post(f"{CONSOLE}/times", data=given)
    as_organizer.post(f"{CONSOLE}/times", data=given)
    as_organizer.post(f"{CONSOLE}/tables", data={"count": "12", "place_vi": "Sảnh A", "place_en": "Lobby A"})
    assert [len(slots.all_slots(fair)), len(slots.tables(fair))] == [3, 12]


def test_a_list_of_fifty_takes_few_statements(
    agree: Any, make_visitor: Any, as_organizer: FlaskClient, at_most: Any
) -> None:
    for number in range(4):
        agree(make_visitor(f"Khách {number}", f"khach{number}@example.vn"))
    db.session.rollback()
    with at_most(statements=24):
        as_organizer.get(CONSOLE)


PAIRS = list(combinations(range(4), 2))


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pairs=st.lists(st.sampled_from(PAIRS), unique=True, max_size=6),
    blocked=st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=6),
    tables=st.integers(1, 2),
)
def test_whoever_agrees_and_cannot_when_nobody_is_twice_at_once(
    four: list[Exhibitor], fair: Fair, pairs: list[tuple[int, int]], blocked: set[tuple[int, int]], tables: int
) -> None:
    slots.set_tables(fair, tables, "", "", None)
    times = slots.ahead(fair)
    sides = [participants.of_exhibitor(one) for one in four]
    for number, side in enumerate(sides):
        choosing.block(side, [times[slot].id for who, slot in blocked if who == number], None)
    for one, other in pairs:
        wish = MeetingRequest(fair_id=fair.id, from_id=sides[one].id, to_id=sides[other].id, state="accepted")
        db.session.add(wish)
        db.session.flush()
        meeting = Meeting(fair_id=fair.id, request_id=wish.id)
        db.session.add(meeting)
        db.session.flush()
        db.session.add_all(MeetingParty(meeting_id=meeting.id, participant_id=sides[n].id) for n in (one, other))
    db.session.flush()
    plan(fair)
    taken = [(party.participant_id, party.slot_id) for party in db.session.scalars(db.select(MeetingParty))]
    placed = [pair for pair in taken if pair[1] is not None]
    assert len(placed) == len(set(placed))
    refused = {(sides[who].id, times[slot].id) for who, slot in blocked}
    assert not refused & set(placed)
    assert all(m.slot_id or m.reason_unplaced_vi for m in meetings())
    db.session.rollback()


@pytest.fixture
def four(make_exhibitor: Callable[..., Exhibitor], make_times: Any) -> list[Exhibitor]:
    make_times(count=4, tables=2)
    return [make_exhibitor(f"Công ty {number}", f"cong-ty-{number}") for number in range(4)]


def test_a_run_that_was_stopped_is_over_and_keeps_what_it_found(
    agree: Any, make_times: Any, as_organizer: FlaskClient, run_jobs: Any
) -> None:
    agree()
    make_times()
    as_organizer.post(f"{CONSOLE}/schedule")
    page = as_organizer.post(f"{CONSOLE}/schedule/stop", follow_redirects=True)
    run_jobs()
    assert "đã dừng" in page.text
    assert [meeting.state for meeting in meetings()] == ["agreed"]


def test_pressing_schedule_twice_is_one_run(agree: Any, make_times: Any, as_organizer: FlaskClient) -> None:
    agree()
    make_times()
    for _ in range(2):
        as_organizer.post(f"{CONSOLE}/schedule")
    assert db.session.scalar(db.select(db.func.count()).select_from(Job).filter_by(name="schedule_meetings")) == 1


def test_the_timetable_shows_who_meets_at_which_table(
    agree: Any, make_times: Any, as_organizer: FlaskClient, fair: Fair
) -> None:
    agree()
    make_times()
    plan(fair)
    day = fair.starts_on.isoformat()
    db.session.commit()
    page = as_organizer.get(f"{CONSOLE}/timetable?day={day}").text
    assert "Trần Văn Tùng" in page
    assert as_organizer.get(f"{CONSOLE}/timetable?day=nonsense").status_code == 200


def test_a_meeting_cancelled_during_the_search_is_not_given_a_time(agree: Any, make_times: Any, fair: Fair) -> None:
    meeting = agree()
    make_times()
    draft(fair, meanwhile=lambda: outcomes.cancel(meeting, None))
    assert db.session.scalars(db.select(PlannedMeeting)).all() == []
    assert meeting.state == "cancelled"

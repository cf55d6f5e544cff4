"""A draft changes nothing; publishing puts it in force as a whole, once, and then tells everyone concerned."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from techfair.accounts.models import User
from techfair.core.mail import Mail
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import outcomes, participants, scheduler, slots
from techfair.meetings.models import Meeting, MeetingParty, Participant
from techfair.meetings.times import choosing
from techfair.meetings.timetable.models import PlannedMeeting, PlannedParty, TimetableDraft
from tests.meetings.test_races import at_once
from tests.meetings.timetabling import CONSOLE, draft, plan, publish

TOLD = ("meeting_scheduled", "meeting_moved", "meeting_dropped", "meeting_cancelled")


def told() -> dict[str, int]:
    """How many mails of each kind about the timetable there are."""
    counted = db.select(Mail.template, db.func.count()).where(Mail.template.in_(TOLD)).group_by(Mail.template)
    return {row[0]: row[1] for row in db.session.execute(counted)}


def visitor_of(meeting: Meeting) -> Participant:
    sides = db.select(Participant).join(MeetingParty).where(MeetingParty.meeting_id == meeting.id)
    return db.session.scalars(sides.where(Participant.registration_id.is_not(None))).one()


@pytest.fixture
def pair(agree: Callable[..., Meeting], make_visitor: Any, make_times: Any) -> list[Meeting]:
    """Two meetings of one exhibitor, agreed."""
    make_times(count=3, tables=2)
    return [agree(), agree(make_visitor("H'Bia Siu", "hbia@example.vn"))]


def test_the_differences_are_shown_before_and_named_after_what_they_do(
    pair: list[Meeting], agree: Any, make_visitor: Any, fair: Fair, as_organizer: FlaskClient, at_most: Any
) -> None:
    plan(fair)
    gone, stays = pair
    agree(make_visitor("Ama Quyên", "quyen@example.vn"))
    side = visitor_of(gone)
    choosing.block(side, [slot.id for slot in slots.ahead(fair)], None)
    draft(fair, "repair")
    db.session.commit()
    with at_most(statements=40):
        page = as_organizer.get(f"{CONSOLE}/plan").text
    assert "1 cuộc được xếp giờ, 0 cuộc đổi giờ hoặc chỗ, 1 cuộc mất giờ; 1 cuộc giữ nguyên." in page
    assert gone.state == stays.state == "scheduled"
    page = as_organizer.get(f"{CONSOLE}/plan?kind=dropped").text
    assert "không gặp được vào khung giờ nào còn lại" in page


def test_publishing_tells_of_what_was_added_moved_and_dropped_and_of_nothing_else(
    pair: list[Meeting], fair: Fair, as_organizer: FlaskClient, run_jobs: Any
) -> None:
    plan(fair)
    db.session.commit()
    run_jobs()
    assert told() == {"meeting_scheduled": 4}
    moves, dropped = pair
    place = moves.slot_id
    block = {moves: {place}, dropped: {slot.id for slot in slots.ahead(fair)}}
    for meeting, times in block.items():
        choosing.block(visitor_of(meeting), times, None)
    draft(fair, "repair")
    db.session.commit()
    run_jobs()
    assert told() == {"meeting_scheduled": 4}
    publish(as_organizer)
    run_jobs()
    assert told() == {"meeting_scheduled": 4, "meeting_moved": 2, "meeting_dropped": 2}
    assert (moves.state, moves.slot_id != place, moves.sequence) == ("scheduled", True, 2)
    assert (dropped.state, bool(dropped.reason_unplaced_en)) == ("agreed", True)


def test_of_two_who_publish_at_once_the_second_is_told_by_whom(
    pair: list[Meeting], fair: Fair, organizer: User, sign_in: Callable[[User], FlaskClient], run_jobs: Any
) -> None:
    made = draft(fair)
    db.session.commit()
    given = {"draft": made.id, "edition": made.edition}
    browsers = [sign_in(organizer) for _ in range(2)]
    assert at_once([lambda b=one: b.post(f"{CONSOLE}/plan/publish", data=given) for one in browsers]) == [303, 303]
    pages = [browser.get(f"{CONSOLE}/plan").text for browser in browsers]
    assert sum("Đã công bố lịch." in page for page in pages) == 1
    assert sum(f"{organizer.full_name} đã công bố lịch số 1" in page for page in pages) == 1
    run_jobs()
    assert told() == {"meeting_scheduled": 4}


def test_a_draft_that_changed_after_it_was_looked_at_is_not_published(
    pair: list[Meeting], fair: Fair, as_organizer: FlaskClient
) -> None:
    draft(fair)
    db.session.commit()
    page = publish(as_organizer, edition=7).text
    assert "Bản nháp đã thay đổi" in page
    assert {meeting.state for meeting in pair} == {"agreed"}


def test_a_killed_or_failed_run_leaves_what_was_published_in_force(
    pair: list[Meeting], fair: Fair, as_organizer: FlaskClient, run_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(fair)
    db.session.commit()
    before = [(meeting.slot_id, meeting.table_id) for meeting in pair]

    def killed(*_: Any, **__: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(scheduler, "solve", killed)
    as_organizer.post(f"{CONSOLE}/schedule", data={"way": "anew"})
    run_jobs()
    assert [(meeting.slot_id, meeting.table_id) for meeting in pair] == before
    assert db.session.scalars(db.select(TimetableDraft).filter_by(state="open")).all() == []


def test_a_meeting_cancelled_after_the_draft_was_made_stays_cancelled(
    pair: list[Meeting], fair: Fair, as_organizer: FlaskClient, run_jobs: Any
) -> None:
    draft(fair)
    outcomes.cancel(pair[0], None)
    db.session.commit()
    publish(as_organizer)
    run_jobs()
    assert [meeting.state for meeting in pair] == ["cancelled", "scheduled"]
    assert told() == {"meeting_cancelled": 2, "meeting_scheduled": 2}


def test_a_time_taken_meanwhile_refuses_the_whole_and_two_may_swap_theirs(
    pair: list[Meeting], fair: Fair, as_organizer: FlaskClient
) -> None:
    plan(fair)
    db.session.commit()
    first, second = pair
    made = draft(fair)
    rows = [db.session.get_one(PlannedMeeting, (made.id, one.id)) for one in pair]
    places = [(row.slot_id, row.table_id) for row in rows]
    _put(made, first, None)
    _put(made, second, places[0])
    _put(made, first, places[1])
    db.session.commit()
    publish(as_organizer)
    assert [(one.slot_id, one.table_id) for one in pair] == [places[1], places[0]]


def _put(made: TimetableDraft, meeting: Meeting, place: tuple[Any, Any] | None) -> None:
    row = db.session.get_one(PlannedMeeting, (made.id, meeting.id))
    row.slot_id, row.table_id = place or (None, None)
    for party in db.session.scalars(db.select(PlannedParty).filter_by(draft_id=made.id, meeting_id=meeting.id)):
        party.slot_id = row.slot_id
    db.session.flush()


def test_the_database_refuses_in_a_draft_what_it_refuses_in_force(pair: list[Meeting], fair: Fair) -> None:
    made = draft(fair)
    db.session.commit()
    rows = {one.id: db.session.get_one(PlannedMeeting, (made.id, one.id)) for one in pair}
    first, second = rows.values()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        second.slot_id, second.table_id = first.slot_id, first.table_id
    mine = db.select(PlannedParty).filter_by(draft_id=made.id, participant_id=_shared(pair))
    one, other = db.session.scalars(mine).all()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        other.slot_id = one.slot_id
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.add(TimetableDraft(fair_id=fair.id, way="rest", status="feasible"))
    db.session.rollback()


def _shared(pair: list[Meeting]) -> int:
    sides = [set(db.session.scalars(db.select(MeetingParty.participant_id).filter_by(meeting_id=m.id))) for m in pair]
    return (sides[0] & sides[1]).pop()


def test_a_day_with_a_draft_is_not_cleared_and_a_blocked_time_is(
    pair: list[Meeting], fair: Fair, exhibitor: Exhibitor
) -> None:
    draft(fair)
    choosing.block(participants.of_exhibitor(exhibitor), [slot.id for slot in slots.ahead(fair)], None)
    assert (slots.clear_day(fair, fair.starts_on, None), len(slots.all_slots(fair))) == (2, 2)


def test_a_draft_says_of_each_goal_in_their_order_what_is_reached_and_proven(
    pair: list[Meeting], as_organizer: FlaskClient, run_jobs: Any
) -> None:
    as_organizer.post(f"{CONSOLE}/schedule", data={"way": "anew"})
    run_jobs()
    page = as_organizer.get(f"{CONSOLE}/plan").text
    tile = r"\s*".join(rf'<span class="figure-{part}">(.*?)</span>' for part in ("value", "label", "hint"))
    *goals, (_, _, whole) = re.findall(tile, page)
    assert whole == "Đã chứng minh là tốt nhất"
    fewest = "Đã chứng minh: không thể ít hơn"
    assert goals == [
        ("2 trên 2", "cuộc gặp có giờ", "Đã chứng minh: không thể nhiều hơn"),
        ("0", "người tham gia chưa có cuộc gặp nào", fewest),
        ("0", "khung giờ trống xen giữa các cuộc gặp", fewest),
        ("0", "lần đổi bàn giữa hai cuộc gặp liền nhau", fewest),
    ]

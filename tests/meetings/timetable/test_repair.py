"""What is locked stays; after troubles a repair moves as few meetings as it can."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import slots, yardstick
from techfair.meetings.models import Meeting, MeetingParty, Participant, Table
from techfair.meetings.scheduler import Limits, solve
from techfair.meetings.times import choosing
from tests.meetings.scheduling import disrupt, instances, read, solved, verify
from tests.meetings.timetabling import CONSOLE, draft, plan, publish


@pytest.fixture
def three(agree: Callable[..., Meeting], make_visitor: Any, make_times: Any, fair: Fair) -> list[Meeting]:
    """Three meetings of one exhibitor, published at three of six times."""
    make_times(count=6, tables=2)
    made = [agree(), *(agree(make_visitor(f"Khách {n}", f"khach{n}@example.vn")) for n in range(2))]
    plan(fair)
    db.session.commit()
    return made


def places(meetings: list[Meeting]) -> list[tuple[int | None, int | None]]:
    return [(meeting.slot_id, meeting.table_id) for meeting in meetings]


def test_after_a_table_is_lost_only_its_meetings_move(
    three: list[Meeting], fair: Fair, as_organizer: FlaskClient, run_jobs: Any
) -> None:
    lost = three[0].table_id
    before = places(three)
    as_organizer.post(f"{CONSOLE}/plan/tables", data={"closed": [lost]})
    as_organizer.post(f"{CONSOLE}/schedule", data={"way": "repair"})
    run_jobs()
    publish(as_organizer)
    assert lost not in {meeting.table_id for meeting in three}
    assert [slot for slot, _ in places(three)] == [slot for slot, _ in before]  # another table, the same time


def test_an_absence_moves_the_absent_one_s_meeting_alone(
    three: list[Meeting], fair: Fair, as_organizer: FlaskClient, run_jobs: Any
) -> None:
    before, moves = places(three), three[1]
    side = _visitor(moves)
    absent = {"participant": side.id, "first": moves.slot_id, "last": moves.slot_id}
    as_organizer.post(f"{CONSOLE}/plan/absence", data=absent)
    as_organizer.post(f"{CONSOLE}/schedule", data={"way": "repair"})
    run_jobs()
    publish(as_organizer)
    assert [place == old for place, old in zip(places(three), before, strict=True)] == [True, False, True]
    wrong = {"participant": side.id, "first": slots.ahead(fair)[1].id, "last": slots.ahead(fair)[0].id}
    page = as_organizer.post(f"{CONSOLE}/plan/absence", data=wrong, follow_redirects=True)
    assert "Giờ cuối sớm hơn giờ đầu." in page.text


def _visitor(meeting: Meeting) -> Participant:
    sides = db.select(Participant).join(MeetingParty).where(MeetingParty.meeting_id == meeting.id)
    return db.session.scalars(sides.where(Participant.registration_id.is_not(None))).one()


@pytest.mark.parametrize("what", ["meeting", "participant", "day"])
def test_what_is_locked_stays_when_all_is_planned_anew(
    what: str, three: list[Meeting], fair: Fair, as_organizer: FlaskClient
) -> None:
    last = three[0]
    ids = {"meeting": last.id, "participant": _visitor(last).id, "day": fair.starts_on.isoformat()}
    as_organizer.post(f"{CONSOLE}/plan/locks", data={what: ids[what], "locked": "1"})
    assert [meeting.is_locked for meeting in three] == [True, what == "day", what == "day"]
    place = places([last])
    choosing.block(_visitor(three[1]), [three[1].slot_id], None)
    if what != "day":  # there the one who blocked his time is locked to it
        plan(fair, "anew")
    assert places([last]) == place
    as_organizer.post(f"{CONSOLE}/plan/locks", data={what: ids[what], "locked": "0"})
    assert not any(meeting.is_locked for meeting in three)


def test_locks_that_contradict_one_another_are_named_before_any_search(
    three: list[Meeting], as_organizer: FlaskClient
) -> None:
    locked = three[0]
    as_organizer.post(f"{CONSOLE}/plan/locks", data={"meeting": locked.id, "locked": "1"})
    table = db.session.get_one(Table, locked.table_id)
    as_organizer.post(f"{CONSOLE}/plan/tables", data={"closed": [table.id]})
    page = as_organizer.post(f"{CONSOLE}/schedule", data={"way": "repair"})
    assert page.status_code == 409
    assert f"không có trong danh sách: {table.code}" in page.text
    assert "Trần Văn Tùng" in page.text


def test_another_unit_s_organizer_plans_nothing(three: list[Meeting], make_user: Any, sign_in: Any) -> None:
    stranger = sign_in(make_user("nguoi.la@example.vn"))
    assert stranger.get(f"{CONSOLE}/plan").status_code == 404
    for deed in ("publish", "discard", "locks", "tables", "absence"):
        assert stranger.post(f"{CONSOLE}/plan/{deed}", data={"meeting": three[0].id}).status_code == 404


def test_a_draft_thrown_away_changes_nothing(three: list[Meeting], fair: Fair, as_organizer: FlaskClient) -> None:
    before, made = places(three), draft(fair, "anew")
    db.session.commit()
    as_organizer.post(f"{CONSOLE}/plan/discard", data={"draft": made.id})
    page = as_organizer.post(f"{CONSOLE}/plan/discard", data={"draft": made.id}, follow_redirects=True)
    assert (places(three), made.state, "không còn" in page.text) == (before, "discarded", True)


@pytest.mark.same_everywhere
@settings(max_examples=25, deadline=None, derandomize=True)
@given(record=instances(), seed=st.integers(0, 99), data=st.data())
def test_a_repair_never_moves_a_locked_meeting(record: dict[str, Any], seed: int, data: Any) -> None:
    before = solved(record, Limits(seconds=20, workers=1))
    morning = disrupt.disrupt(record, yardstick.record_of(before), seed)
    held = {one["meeting"]: one for one in morning["previous"]}
    locked = data.draw(st.sets(st.sampled_from(sorted(held)))) if held else set()
    for wish in morning["meetings"]:
        if wish["id"] in locked:
            wish["fixed"] = {"slot": held[wish["id"]]["slot"], "place": held[wish["id"]]["place"]}
    try:
        repaired = solve(read(morning), Limits(seconds=20, workers=1))
    except ValueError:
        return  # a lock that the trouble made impossible is named, not moved
    wrong, _ = verify.check(morning, yardstick.record_of(repaired))
    assert wrong == []
    now = {one.meeting: (one.slot, one.place) for one in repaired.assignments}
    assert all(now[id] == (held[id]["slot"], held[id]["place"]) for id in locked)

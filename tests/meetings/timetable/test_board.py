"""A meeting is moved by hand in the draft; what clashes is refused with the name of who is in the way."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from techfair.accounts.models import User
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import slots
from techfair.meetings.models import Meeting, Table
from techfair.meetings.timetable import moving
from techfair.meetings.timetable.models import PlannedMeeting
from tests.meetings.test_races import at_once
from tests.meetings.timetabling import CONSOLE, draft, plan, publish

JSON = {"Accept": "application/json"}


@pytest.fixture
def two(agree: Callable[..., Meeting], make_visitor: Any, make_exhibitor: Any, make_times: Any, fair: Fair) -> Any:
    """Two meetings of four people, published."""
    make_times(count=6, tables=3)
    other = make_exhibitor("Viện Nghiên cứu Nam Hải", "nam-hai")
    made = [agree(), agree(make_visitor("H'Bia Siu", "hbia@example.vn"), other)]
    plan(fair)
    db.session.commit()
    return made


def planned(meeting: Meeting) -> PlannedMeeting:
    return db.session.scalars(db.select(PlannedMeeting).filter_by(meeting_id=meeting.id)).one()


def test_a_move_is_a_draft_until_it_is_published(
    two: list[Meeting], fair: Fair, as_organizer: FlaskClient, at_most: Any
) -> None:
    before, last = two[0].slot_id, slots.ahead(fair)[-1].id
    as_organizer.post(f"{CONSOLE}/{two[0].id}/move", data={"slot": last})
    assert (two[0].slot_id, planned(two[0]).slot_id) == (before, last)
    with at_most(statements=30):
        page = as_organizer.get(f"{CONSOLE}/timetable?by=person").text
    assert "Đang xem bản nháp." in page
    publish(as_organizer)
    assert two[0].slot_id == last


def test_a_clash_says_who_is_in_the_way_and_what_is_free_instead(
    two: list[Meeting], agree: Any, make_visitor: Any, fair: Fair, organizer: User, as_organizer: FlaskClient
) -> None:
    third = agree(make_visitor("Ama Quyên", "quyen@example.vn"))
    draft(fair)
    db.session.commit()
    answer = as_organizer.post(f"{CONSOLE}/{third.id}/move", data={"slot": two[0].slot_id}, headers=JSON)
    assert (answer.status_code, answer.json["code"]) == (409, "meeting_clash")
    assert "Cơ khí Đại Nguyên đã có cuộc gặp" in answer.json["message"]
    slot, table = slots.ahead(fair)[-1].id, slots.tables(fair)[2]
    here = {"slot": slot, "table": table.id}
    assert as_organizer.post(f"{CONSOLE}/{two[0].id}/move", data=here, headers=JSON).status_code == 200
    page = as_organizer.post(f"{CONSOLE}/{two[1].id}/move", data=here)  # without a script: the form again
    assert page.status_code == 409
    assert f"{organizer.full_name} đã xếp vào đó. Bàn trống lúc 09:40: 01, 02." in page.text


def test_of_two_who_move_to_one_table_at_once_one_is_told(
    two: list[Meeting], fair: Fair, organizer: User, sign_in: Callable[[User], FlaskClient]
) -> None:
    """K120, two organizers; who accept for the last common time: test_races."""
    draft(fair)
    db.session.commit()
    here = {"slot": slots.ahead(fair)[-1].id, "table": slots.tables(fair)[2].id}
    browsers = [sign_in(organizer) for _ in range(2)]
    ids = [meeting.id for meeting in two]
    deeds = [
        lambda b=one, id=id: b.post(f"{CONSOLE}/{id}/move", data=here, headers=JSON)
        for one, id in zip(browsers, ids, strict=True)
    ]
    assert sorted(at_once(deeds)) == [200, 409]


def test_a_locked_meeting_stays_and_a_hand_s_place_outlives_the_next_run(
    two: list[Meeting], fair: Fair, as_organizer: FlaskClient
) -> None:
    two[1].is_locked = True
    db.session.commit()
    last = slots.ahead(fair)[-1].id
    refused = as_organizer.post(f"{CONSOLE}/{two[1].id}/move", data={"slot": last}, headers=JSON)
    assert "đang khóa" in refused.json["message"]
    as_organizer.post(f"{CONSOLE}/{two[0].id}/move", data={"slot": last})
    draft(fair, "anew")
    assert planned(two[0]).slot_id == last


def test_the_constraint_settles_what_the_check_did_not_see(two: list[Meeting], fair: Fair, monkeypatch: Any) -> None:
    monkeypatch.setattr(moving, "_keep_people", lambda *_: None)
    monkeypatch.setattr(moving, "_place", lambda fair, draft, meeting, row, slot, table: (slot.id, table, None))
    here = (slots.ahead(fair)[-1].id, db.session.scalars(db.select(Table.id)).first())
    moving.move(fair, two[0], *here, None)
    with pytest.raises(moving.Clash) as refused:
        moving.move(fair, two[1], *here, None)
    assert isinstance(refused.value.__cause__, IntegrityError)
    db.session.rollback()


def test_another_unit_s_organizer_moves_nothing(two: list[Meeting], make_user: Any, sign_in: Any) -> None:
    stranger = sign_in(make_user("nguoi.la@example.vn"))
    assert stranger.get(f"{CONSOLE}/timetable").status_code == 404
    assert stranger.post(f"{CONSOLE}/{two[0].id}/move", data={"slot": 1}).status_code == 404

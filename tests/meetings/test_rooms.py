"""Rooms with their tables: where they are, and a room that is lost for some hours or for good."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete

from techfair.core.mail import Mail
from techfair.extensions import db
from techfair.fairs.floor.models import Hall
from techfair.fairs.models import Fair
from techfair.meetings import slots
from techfair.meetings.models import Meeting, Table
from techfair.meetings.rooms import feeding
from techfair.meetings.rooms.models import Room, RoomClosure
from tests.meetings.timetabling import CONSOLE, plan, publish

JSON = {"Accept": "application/json"}
LOTUS = {"name_vi": "Phòng Hoa Sen", "name_en": "Lotus room", "tables": "1", "hall": ""}


@pytest.fixture
def two(agree: Callable[..., Meeting], make_visitor: Any, make_exhibitor: Any, make_times: Any, fair: Fair) -> Any:
    """Two meetings of four people, published in one room of two tables; another room has a third."""
    make_times(count=3, tables=2)
    made = [agree(), agree(make_visitor("H'Bia Siu", "hbia@example.vn"), make_exhibitor("Viện Nam Hải", "nam-hai"))]
    plan(fair)
    lotus = Room(fair_id=fair.id, name_vi=LOTUS["name_vi"], name_en=LOTUS["name_en"])
    db.session.add(Table(fair_id=fair.id, code="03", room=lotus))
    db.session.commit()
    return made


def first_room() -> int:
    return db.session.scalars(db.select(Room.id).order_by(Room.id)).first() or 0


def tables_of(meetings: list[Meeting]) -> list[str | None]:
    db.session.expire_all()
    codes = dict(db.session.execute(db.select(Table.id, Table.code)).all())
    return [codes.get(one.table_id) for one in meetings]


def test_a_room_gets_the_next_numbers_and_what_is_wrong_stands_beside_its_field(
    make_times: Any, fair: Fair, as_organizer: FlaskClient, at_most: Any
) -> None:
    make_times(count=3, tables=2)
    hall = Hall(fair_id=fair.id, code="A", name_vi="Khu A", columns=40, rows=20)
    db.session.add(hall)
    db.session.commit()
    placed = {"hall": str(hall.id), "x": "30", "y": "12"}
    assert as_organizer.post(f"{CONSOLE}/rooms/new", data=LOTUS | placed).status_code == 303
    with at_most(statements=20):
        page = as_organizer.get(f"{CONSOLE}/rooms").text
    assert "Khu A, cách trái 30 ô, cách trên 12 ô" in page
    third = db.session.scalars(db.select(Table).filter_by(code="03")).one()
    assert feeding.spots(fair, [third]) == {third.id: (30, 12)}
    db.session.rollback()
    for wrong, field, told in (
        (LOTUS, "name_vi", "Hội chợ đã có phòng khác mang tên này."),
        (LOTUS | placed | {"name_vi": "Phòng B", "x": "40"}, "x", "Chiều này của khu có 40 ô."),
        (LOTUS | {"name_vi": "Phòng B", "tables": "199"}, "tables", "Mỗi hội chợ có nhiều nhất 200 bàn."),
    ):
        refused = as_organizer.post(f"{CONSOLE}/rooms/new", data=wrong)
        assert (refused.status_code, f'id="{field}-error"' in refused.text, told in refused.text) == (422, True, True)
    db.session.execute(delete(Hall).filter_by(id=hall.id))
    assert set(db.session.scalars(db.select(Room.hall_id))) == {None}  # a hall that goes takes no room along


def test_a_lost_room_is_one_act_whose_repair_is_shown_before_anybody_is_told(
    two: list[Meeting], fair: Fair, as_organizer: FlaskClient, run_jobs: Any
) -> None:
    lost = {"room": first_room(), "first": slots.ahead(fair)[0].id, "last": ""}
    wrong = as_organizer.post(f"{CONSOLE}/rooms/close", data=lost | {"first": "0"})
    assert "Giờ cuối sớm hơn giờ đầu." in wrong.text
    page = as_organizer.post(f"{CONSOLE}/rooms/close", data=lost, follow_redirects=True)
    assert "Đã đóng phòng." in page.text
    again = as_organizer.post(f"{CONSOLE}/rooms/close", data=lost, follow_redirects=True)
    assert "hãy sửa lịch sau khi xong" in again.text
    run_jobs()
    assert "Phòng Hoa Sen" in as_organizer.get(f"{CONSOLE}/plan?kind=moved").text
    assert "03" not in tables_of(two)
    publish(as_organizer)
    assert tables_of(two) == ["03", "03"]  # at different times
    run_jobs()
    moved = db.session.scalars(db.select(Mail).filter_by(template="meeting_moved")).first()
    assert moved is not None
    assert "Phòng Hoa Sen" in moved.text
    assert "Phòng Hoa Sen" in moved.calendar.replace("\r\n ", "")


def test_for_the_hours_that_a_room_is_closed_nothing_is_put_there(
    two: list[Meeting], fair: Fair, as_organizer: FlaskClient
) -> None:
    early, _, late = slots.ahead(fair)
    meeting, table = two[0], db.session.scalars(db.select(Table).filter_by(code="02")).one()
    closed = RoomClosure(room_id=table.room_id, starts_at=late.starts_at, ends_at=late.ends_at)
    db.session.add(closed)
    db.session.commit()
    to = f"{CONSOLE}/{meeting.id}/move"
    refused = as_organizer.post(to, data={"slot": late.id, "table": table.id}, headers=JSON)
    assert "Bàn này không dùng được. Bàn trống lúc 08:40: 03." in refused.json["message"]
    board = as_organizer.get(f"{CONSOLE}/timetable").text
    assert board.count(f'<td data-slot="{late.id}" data-closed') == 2
    as_organizer.post(f"{CONSOLE}/rooms/{table.room_id}/open/{closed.id}")
    assert as_organizer.post(to, data={"slot": late.id, "table": table.id}, headers=JSON).status_code == 200
    two[1].is_locked = True
    db.session.commit()
    page = as_organizer.post(f"{CONSOLE}/rooms/close", data={"room": table.room_id, "first": early.id})
    assert (page.status_code, "nhưng phòng đó đóng cửa lúc ấy" in page.text) == (409, True)
    assert len(db.session.scalars(db.select(RoomClosure)).all()) == 1  # it is lost all the same


def test_a_room_in_which_people_meet_is_not_taken_away(two: list[Meeting], as_organizer: FlaskClient) -> None:
    ids = list(db.session.scalars(db.select(Room.id).order_by(Room.id)))
    refused = as_organizer.post(f"{CONSOLE}/rooms/{ids[0]}/remove")
    assert (refused.status_code, "ở bàn 01" in refused.text) == (409, True)
    as_organizer.post(f"{CONSOLE}/rooms/{ids[1]}/remove")
    assert list(db.session.scalars(db.select(Table.code).order_by(Table.code))) == ["01", "02"]


def test_another_unit_s_organizer_closes_no_room(make_times: Any, make_user: Any, sign_in: Any) -> None:
    make_times(count=3, tables=2)
    id = first_room()
    db.session.rollback()
    stranger = sign_in(make_user("nguoi.la@example.vn"))
    assert [stranger.get(f"{CONSOLE}/rooms{path}").status_code for path in ("", "/new", f"/{id}")] == [404] * 3
    posted = (f"{id}", f"{id}/remove", f"{id}/open/1", "close")
    assert [stranger.post(f"{CONSOLE}/rooms/{path}", data={"room": id}).status_code for path in posted] == [404] * 4

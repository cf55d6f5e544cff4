"""What rooms tell timetables, boards and the day: which tables cannot be used when, and where tables stand."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.models import Slot, Table
from techfair.meetings.programme import feeding as programme
from techfair.meetings.rooms.models import Room, RoomClosure
from techfair.meetings.scheduler import Point
from techfair.meetings.timetable.models import ClosedTable


def of_fair(fair: Fair) -> Sequence[Room]:
    return db.session.scalars(select(Room).filter_by(fair_id=fair.id).order_by(Room.id)).all()


def shut(fair: Fair, slots: Collection[Slot]) -> dict[int, frozenset[int]]:
    """By table in which of these slots its room is closed; tables that never are, are not named."""
    closed = select(RoomClosure).join(RoomClosure.room).where(Room.fair_id == fair.id)
    by_room: dict[int, set[int]] = {}
    for closure in db.session.scalars(closed):
        by_room.setdefault(closure.room_id, set()).update(slot.id for slot in slots if is_in(closure, slot))
    if not any(by_room.values()):
        return {}
    tables = db.session.execute(select(Table.id, Table.room_id).where(Table.room_id.in_(by_room)))
    return {row.id: frozenset(by_room[row.room_id]) for row in tables}


def usable_tables(fair: Fair, slot: Slot | None = None) -> list[Table]:
    """Those that are not lost; where a time is named, those whose room is open then."""
    gone = shut(fair, [slot]) if slot else {}
    lost = select(ClosedTable.table_id)
    present = select(Table).where(Table.fair_id == fair.id, Table.id.not_in(lost)).order_by(Table.code)
    return [table for table in db.session.scalars(present) if not gone.get(table.id)]


def is_in(closure: RoomClosure, slot: Slot) -> bool:
    """Whether a closed time takes some of a slot."""
    ends: datetime | None = closure.ends_at
    return closure.starts_at < slot.ends_at and (ends is None or slot.starts_at < ends)


def spots(fair: Fair, tables: Collection[Table]) -> dict[int, Point]:
    """Where tables stand whose room has its place on the plan, by table, as booths are told."""
    if not any(table.room.hall_id for table in tables):
        return {}
    left = programme.lefts(fair)
    return {
        table.id: (left[table.room.hall_id] + (table.room.x or 0), table.room.y or 0)
        for table in tables
        if table.room.hall_id is not None
    }

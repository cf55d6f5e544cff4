"""Making rooms and putting tables into them; a table that has meetings stays, however few are wanted."""

from dataclasses import dataclass
from itertools import count as counting
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from techfair.core import audit
from techfair.core.errors import TechfairError
from techfair.core.vietnamese import clean_line
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.models import Meeting, Table
from techfair.meetings.rooms.models import Room, RoomClosure
from techfair.meetings.timetable.models import ClosedTable, PlannedMeeting

MOST_TABLES = 200  # of a fair


class NameTaken(TechfairError):
    code, status, message = "room_name_taken", 409, _l("Another room of this fair has this name.")


class TooManyTables(TechfairError):
    code, status = "too_many_tables", 422
    message = _l("A fair has %(most)s tables at most.", most=MOST_TABLES)


class TablesInUse(TechfairError):
    """Meetings are held at tables of the room; the message names them."""

    code, status = "room_in_use", 409


@dataclass(frozen=True)
class Described:
    """What is said of a room; without a hall it has no place on the plan."""

    name_vi: str
    name_en: str = ""
    hall_id: int | None = None
    x: int | None = None
    y: int | None = None


def described(room: Room) -> Described:
    """What is said of a room now."""
    return Described(room.name_vi, room.name_en, room.hall_id, room.x, room.y)


def keep(fair: Fair, room: Room | None, said: Described, tables: int, by: Any) -> Room:
    """Make a room, or say something else of it, and have so many tables there. Raises NameTaken, TooManyTables."""
    kept = room or Room(fair_id=fair.id)
    kept.name_vi, kept.name_en = clean_line(said.name_vi), clean_line(said.name_en)
    kept.hall_id = said.hall_id
    kept.x, kept.y = (said.x or 0, said.y or 0) if said.hall_id is not None else (None, None)
    db.session.add(kept)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise NameTaken from error
    furnish(kept, tables)
    audit.record("meeting_room.changed" if room else "meeting_room.added", kept, by=by, tables=tables)
    return kept


def furnish(room: Room, wanted: int) -> None:
    """Have this many tables in a room: the first numbers stay, new ones take the lowest that the fair has free."""
    present = list(db.session.scalars(select(Table).filter_by(room_id=room.id).order_by(Table.code)))
    others = set(db.session.scalars(select(Table.code).where(Table.fair_id == room.fair_id, Table.room_id != room.id)))
    if len(others) + wanted > MOST_TABLES:
        raise TooManyTables
    used = in_use(room)
    free = (f"{number:02}" for number in counting(1))
    taken = others | {table.code for table in present[:wanted]}
    for table in present[wanted:]:
        if table.id in used:
            taken.add(table.code)
        else:
            _take_away(table)
    db.session.flush()
    codes = (code for code in free if code not in taken)
    missing = range(wanted - len(present))
    db.session.add_all(Table(fair_id=room.fair_id, room=room, code=next(codes)) for _number in missing)
    db.session.flush()


def in_use(room: Room) -> set[int]:
    """The tables at which meetings are or were held, or are planned."""
    mine = select(Table.id).where(Table.room_id == room.id)
    held = db.session.scalars(select(Meeting.table_id).where(Meeting.table_id.in_(mine)))
    planned = db.session.scalars(select(PlannedMeeting.table_id).where(PlannedMeeting.table_id.in_(mine)))
    return {id for id in (*held, *planned) if id is not None}


def _take_away(table: Table) -> None:
    db.session.execute(delete(ClosedTable).filter_by(table_id=table.id))
    db.session.delete(table)


def remove(room: Room, by: Any) -> None:
    """Take a room away with its tables. Raises TablesInUse."""
    tables = list(db.session.scalars(select(Table).filter_by(room_id=room.id).order_by(Table.code)))
    used = in_use(room)
    if codes := [table.code for table in tables if table.id in used]:
        raise TablesInUse(_("Meetings are held here, at %(tables)s. Close the room instead.", tables=", ".join(codes)))
    for table in tables:
        _take_away(table)
    db.session.execute(delete(RoomClosure).filter_by(room_id=room.id))
    audit.record("meeting_room.removed", room, by=by)
    db.session.flush()
    db.session.delete(room)

"""Closing a room for some hours or for good, and opening it again; a repair then mends the timetable."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from techfair.core import audit, clock
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import slots
from techfair.meetings.rooms.models import Room, RoomClosure


class WrongWayRound(TechfairError):
    code, status, message = "closure_wrong_way_round", 422, _l("The last time lies before the first.")


def close(fair: Fair, room: Room, first_id: int, last_id: int | None, by: Any) -> RoomClosure:
    """Let a room be closed from one of the coming slots to another, both included, or for good.

    Raises WrongWayRound.
    """
    coming = {slot.id: slot for slot in slots.ahead(fair)}
    first, last = coming.get(first_id), coming.get(last_id or 0)
    if first is None or (last_id is not None and last is None) or (last and last.ends_at <= first.starts_at):
        raise WrongWayRound
    made = RoomClosure(room_id=room.id, starts_at=first.starts_at, ends_at=last.ends_at if last else None)
    db.session.add(made)
    until = made.ends_at.isoformat() if made.ends_at else ""
    audit.record("meeting_room.closed", room, by=by, since=made.starts_at.isoformat(), until=until)
    db.session.flush()
    return made


def open_again(room: Room, closure_id: int, by: Any) -> None:
    """Let a room be used again at a time in which it was closed."""
    closure = db.session.scalars(select(RoomClosure).filter_by(id=closure_id, room_id=room.id)).one_or_none()
    if closure is not None:
        audit.record("meeting_room.opened", room, by=by, since=closure.starts_at.isoformat())
        db.session.delete(closure)


def ahead(fair: Fair) -> Sequence[RoomClosure]:
    """The closed times of the fair's rooms that are not over."""
    those = select(RoomClosure).join(RoomClosure.room).where(Room.fair_id == fair.id)
    those = those.where(or_(RoomClosure.ends_at.is_(None), RoomClosure.ends_at > clock.now()))
    return db.session.scalars(those.options(joinedload(RoomClosure.room)).order_by(RoomClosure.starts_at)).all()

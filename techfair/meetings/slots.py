"""Times and tables of the meeting programme."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.orm import InstrumentedAttribute

from techfair.core import audit, clock
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.models import Meeting, Slot, Table, Unavailability
from techfair.meetings.programme import rules
from techfair.meetings.rooms import furnishing
from techfair.meetings.rooms.models import Room
from techfair.meetings.staff.models import StandInTime
from techfair.meetings.times.models import PreferredTime
from techfair.meetings.timetable.models import PlannedMeeting, TimetableDraft

ONLY_ROOM = ("Khu gặp gỡ", "Meeting area")


class SlotsWrong(TechfairError):
    code, status, message = "slots_wrong", 422, _l("The last meeting must end after the first begins.")


@dataclass(frozen=True)
class Session:
    """A stretch of a day in which meetings follow one another without a break."""

    day: date
    begins: time
    ends: time
    minutes: int


def ahead(fair: Fair) -> list[Slot]:
    """The slots that have not begun, in order."""
    coming = select(Slot).where(Slot.fair_id == fair.id, Slot.starts_at > clock.now())
    return list(db.session.scalars(coming.order_by(Slot.starts_at)))


def tables(fair: Fair) -> list[Table]:
    return list(db.session.scalars(select(Table).filter_by(fair_id=fair.id).order_by(Table.code)))


def takes_requests(fair_id: int) -> bool:
    """Whether people of this fair may ask for meetings: while it is published, within the organizer's days."""
    fair = db.session.get_one(Fair, fair_id)
    if fair.state != "published" or (fair.is_over and not fair.open_outside_dates):
        return False
    return rules.takes_requests(fair)


def is_ready(fair: Fair) -> bool:
    """Whether meetings can be scheduled: there are tables, and times to come or, at a fair kept open, to repeat."""
    times = all_slots(fair) if fair.open_outside_dates else ahead(fair)
    return bool(times and tables(fair))


def add_session(fair: Fair, session: Session, by: Any) -> list[Slot]:
    """Add the slots of a session; those that begin when one of the fair does already are left as they are.

    Raises SlotsWrong where no meeting fits.
    """
    starts = list(_starts(fair, session))
    if not starts:
        raise SlotsWrong
    known = set(db.session.scalars(select(Slot.starts_at).where(Slot.fair_id == fair.id, Slot.starts_at.in_(starts))))
    name = f"{session.day.isoformat()} {session.begins:%H:%M}"
    length = timedelta(minutes=session.minutes)
    new = [
        Slot(fair_id=fair.id, session=name, starts_at=start, ends_at=start + length)
        for start in starts
        if start not in known
    ]
    db.session.add_all(new)
    audit.record("meeting_slots.added", fair, by=by, day=session.day.isoformat(), slots=len(new))
    return new


def _starts(fair: Fair, session: Session) -> Iterable[datetime]:
    start = datetime.combine(session.day, session.begins, fair.zone)
    ends = datetime.combine(session.day, session.ends, fair.zone)
    while start + timedelta(minutes=session.minutes) <= ends:
        yield start.astimezone(clock.now().tzinfo)
        start += timedelta(minutes=session.minutes)


def set_tables(fair: Fair, count: int, place_vi: str, place_en: str, by: Any) -> None:
    """Have one room with this many tables, numbered from 01: the fair's first, made where there is none."""
    room = db.session.scalars(select(Room).filter_by(fair_id=fair.id).order_by(Room.id).limit(1)).one_or_none()
    present = furnishing.Described(*ONLY_ROOM) if room is None else furnishing.described(room)
    said = replace(present, name_vi=place_vi or place_en, name_en=place_en) if place_vi or place_en else present
    furnishing.keep(fair, room, said, min(count, furnishing.MOST_TABLES), by)


def clear_day(fair: Fair, day: date, by: Any) -> int:
    """Take away the slots of a day in which nobody meets; answer how many stay because somebody does."""
    used = set(db.session.scalars(select(Meeting.slot_id).where(Meeting.fair_id == fair.id)))
    used |= set(db.session.scalars(_planned(fair, PlannedMeeting.slot_id)))
    of_day = [slot for slot in all_slots(fair) if clock.local_day(slot.starts_at, fair.timezone) == day]
    free = [slot for slot in of_day if slot.id not in used]
    gone = [slot.id for slot in free]
    for said in (Unavailability, PreferredTime, StandInTime):
        db.session.execute(delete(said).where(said.slot_id.in_(gone)))
    for slot in free:
        db.session.delete(slot)
    audit.record("meeting_slots.cleared", fair, by=by, day=day.isoformat(), slots=len(free))
    return len(of_day) - len(free)


def _planned(fair: Fair, column: InstrumentedAttribute[Any]) -> Any:
    """What the open draft holds."""
    return select(column).join(TimetableDraft).where(TimetableDraft.fair_id == fair.id)


def all_slots(fair: Fair) -> list[Slot]:
    return list(db.session.scalars(select(Slot).filter_by(fair_id=fair.id).order_by(Slot.starts_at)))


def open_again(fair: Fair) -> list[Slot]:
    """The slots ahead; a fair kept open after its dates repeats its first day's slots tomorrow, by their real date."""
    coming = ahead(fair)
    every = all_slots(fair)
    if coming or not every or not fair.open_outside_dates:
        return coming
    first_day = clock.local_day(every[0].starts_at, fair.timezone)
    later = fair.today + timedelta(days=1) - first_day
    repeated = [slot for slot in every if clock.local_day(slot.starts_at, fair.timezone) == first_day]
    tomorrow = (fair.today + timedelta(days=1)).isoformat()
    new = [
        Slot(
            fair_id=fair.id,
            session=f"{tomorrow} {slot.session}",
            starts_at=slot.starts_at + later,
            ends_at=slot.ends_at + later,
        )
        for slot in repeated
    ]
    db.session.add_all(new)
    db.session.flush()
    return new

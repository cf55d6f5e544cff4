"""What the organizers' Today shows: live figures of one day, each counted by an indexed statement."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, cast, exists, extract, func, or_, select

from techfair.agreements.models import Agreement
from techfair.core import clock
from techfair.core.mail import Mail
from techfair.exhibitors.models import BoothAssignment
from techfair.extensions import db
from techfair.fairs.models import Activity, Booth, Fair
from techfair.meetings.models import Connection, Meeting, Slot
from techfair.visitors import conflicts
from techfair.visitors.models import COUNTED_KINDS, Device, Gate, Registration, Scan

QUARTER = 15  # minutes; no zone of the world is off by less
OUT_OF_TOUCH = timedelta(minutes=10)
SHOWN_ACTIVITIES = 6


def days(fair: Fair) -> list[date]:
    """The days one can look at: those of the fair that have come, and today where it is not one of them.

    Today belongs to them before the fair and wherever somebody was scanned today.
    """
    length = (min(fair.ends_on, fair.today) - fair.starts_on).days + 1
    past = [fair.starts_on + timedelta(days=number) for number in range(length)]
    is_quiet = fair.is_over and not _has_scans(fair, fair.today)
    return past if fair.today in past or is_quiet else [*past, fair.today]


def _has_scans(fair: Fair, day: date) -> bool:
    return bool(db.session.scalar(select(exists().where(Scan.fair_id == fair.id, Scan.scanned_on == day))))


@dataclass(frozen=True)
class Crowd:
    """Who came in on a day, and who of them has not gone: ``inside`` is None where no exit was scanned."""

    people: int
    inside: int | None


def crowd(fair: Fair, day: date) -> Crowd:
    """``people``: visitors with an admitted entry. ``inside``: everyone whose last passage was an entry."""
    went_in = func.max(case((Scan.direction == "entry", Scan.scanned_at)))
    went_out = func.max(case((Scan.direction == "exit", Scan.scanned_at)))
    is_admitted = and_(Scan.direction == "entry", Scan.verdict == "admitted")
    passages = (
        select(
            Registration.person_id,
            func.count(case((is_admitted, 1))).label("entries"),
            went_in.label("i"),
            went_out.label("o"),
        )
        .join(Registration, Registration.id == Scan.registration_id)
        .where(*_at_entrances(fair, [day]), Scan.verdict.in_(("admitted", "repeated")))
        .group_by(Registration.person_id)
        .subquery()
    )
    is_visitor = and_(Registration.kind.in_(COUNTED_KINDS), passages.c.entries > 0)
    stayed = and_(passages.c.i.is_not(None), or_(passages.c.o.is_(None), passages.c.i > passages.c.o))
    counted = select(
        func.count(case((is_visitor, 1))), func.count(case((stayed, 1))), func.count(passages.c.o)
    ).join_from(passages, Registration, Registration.id == passages.c.person_id)
    people, inside, exits = db.session.execute(counted).one()
    return Crowd(people, inside if exits else None)


def entries_by_hour(fair: Fair, days: Sequence[date]) -> dict[date, Counter[int]]:
    """Visitors' admitted entries of some days by the hour of the fair's clock; one statement."""
    hour = cast(extract("hour", Scan.scanned_at), Integer)
    quarter = cast(extract("minute", Scan.scanned_at), Integer) // QUARTER
    counted = (
        select(Scan.scanned_on, hour, quarter, func.count())
        .join(Registration, Registration.id == Scan.registration_id)
        .where(*_at_entrances(fair, days), Scan.verdict == "admitted", Scan.direction == "entry")
        .where(Registration.kind.in_(COUNTED_KINDS))
        .group_by(Scan.scanned_on, hour, quarter)
    )
    found: dict[date, Counter[int]] = {day: Counter() for day in days}
    for day, utc_hour, part, count in db.session.execute(counted):
        found[day][_local_hour(fair, day, utc_hour * 60 + part * QUARTER)] += count
    return found


def _local_hour(fair: Fair, day: date, utc_minutes: int) -> int:
    """The hour of the fair's clock, by the offset that holds at its noon."""
    offset = datetime.combine(day, time(12), fair.zone).utcoffset() or timedelta()
    return (utc_minutes + int(offset.total_seconds()) // 60) // 60 % 24


def _at_entrances(fair: Fair, days: Sequence[date]) -> tuple[ColumnElement[bool], ...]:
    entrances = select(Gate.id).where(Gate.fair_id == fair.id, Gate.place == "entrance")
    return Scan.fair_id == fair.id, Scan.scanned_on.in_(days), Scan.gate_id.in_(entrances)


@dataclass(frozen=True)
class Booths:
    """The booths that can be given, and those that an exhibitor has."""

    total: int
    given: int


def booths(fair: Fair) -> Booths:
    held = and_(BoothAssignment.booth_id == Booth.id, BoothAssignment.state == "assigned")
    counted = select(func.count(Booth.id), func.count(BoothAssignment.id)).outerjoin(BoothAssignment, held)
    return Booths(*db.session.execute(counted.where(Booth.fair_id == fair.id, Booth.is_blocked.is_(False))).one())


@dataclass(frozen=True)
class Meetings:
    """A day's meetings, those going on now, and all of the fair that have or had a time."""

    of_day: int
    now: int
    scheduled: int


def meetings(fair: Fair, day: date) -> Meetings:
    """Meetings with a time; cancelled ones have none."""
    begins, ends = _bounds(fair, day)
    of_day = and_(Slot.starts_at >= begins, Slot.starts_at < ends)
    now = and_(Slot.starts_at <= clock.now(), Slot.ends_at > clock.now(), Meeting.state == "scheduled")
    counted = select(func.count(case((of_day, 1))), func.count(case((now, 1))), func.count(Meeting.id))
    return Meetings(*db.session.execute(counted.join(Meeting.slot).where(Meeting.fair_id == fair.id)).one())


def waiting(fair: Fair) -> dict[str, int]:
    """How much of each kind waits for an organizer, in one statement."""
    silent = or_(Device.last_contact_at.is_(None), Device.last_contact_at < clock.now() - OUT_OF_TOUCH)
    twin = and_(Registration.possible_duplicate_of_id.is_not(None), Registration.state != "cancelled")
    kinds: dict[str, tuple[Any, ColumnElement[bool]]] = {
        "devices": (Device, and_(Device.revoked_at.is_(None), silent)),
        "conflicts": (Scan, conflicts.is_undecided()),
        "documents": (Agreement, Agreement.state == "signing"),
        "failed_mails": (Mail, Mail.state == "failed"),
        "duplicates": (Registration, twin),
        "meetings": (Meeting, Meeting.state == "agreed"),
        "connections": (Connection, Connection.state == "proposed"),
    }
    counts = [
        select(func.count()).select_from(model).where(model.fair_id == fair.id, those).scalar_subquery().label(key)
        for key, (model, those) in kinds.items()
    ]
    return dict(db.session.execute(select(*counts)).mappings().one())  # type: ignore[arg-type]


def activities(fair: Fair, day: date) -> list[Activity]:
    """Today: what goes on and comes next, on later days too. Another day: what was on its programme."""
    begins, ends = _bounds(fair, day)
    if day == fair.today:
        those = Activity.ends_at > clock.now()
    else:
        those = and_(Activity.starts_at < ends, Activity.ends_at > begins)
    planned = select(Activity).where(Activity.fair_id == fair.id, Activity.state != "cancelled", those)
    return list(db.session.scalars(planned.order_by(Activity.starts_at, Activity.id).limit(SHOWN_ACTIVITIES)))


def _bounds(fair: Fair, day: date) -> tuple[datetime, datetime]:
    """From local midnight to the next."""
    return datetime.combine(day, time(), fair.zone), datetime.combine(day + timedelta(days=1), time(), fair.zone)

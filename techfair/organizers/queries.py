"""What the organizers' Today shows beside the visitors (``visitors/tallies``), each counted by an indexed statement."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from techfair.agreements.models import Agreement
from techfair.core import clock
from techfair.core.mail import Mail
from techfair.exhibitors.models import BoothAssignment
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Activity, Fair
from techfair.meetings.models import Connection, Meeting, Slot
from techfair.visitors import conflicts
from techfair.visitors.gate_models import Device, Scan
from techfair.visitors.models import Registration

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
        "booths_asked_for": (Booth, Booth.id.in_(select(BoothAssignment.booth_id).filter_by(state="requested"))),
        "documents": (Agreement, Agreement.state == "signing"),
        "failed_mails": (Mail, Mail.state == "failed"),
        "duplicates": (Registration, twin),
        "registrations": (Registration, Registration.state == "pending"),
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

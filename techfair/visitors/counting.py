"""The report's figures of visitors and delegates: who registered, who came, on which days."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, Integer, Select, cast, distinct, extract, func, or_, select

from techfair.core import clock
from techfair.extensions import db
from techfair.fairs import provinces
from techfair.fairs.models import Fair
from techfair.visitors import queries
from techfair.visitors.gate_models import Gate, HeadCount, Scan
from techfair.visitors.models import COUNTED_KINDS, Delegation, Registration

QUARTER = 15  # minutes


@dataclass(frozen=True)
class VisitorCounts:
    """Unique people <= person-days <= entries, always; head counts are beside them and never added."""

    registered: int
    unique: int
    person_days: int
    entries: int
    head_count: int


@dataclass(frozen=True)
class DelegateCounts:
    """Delegates who came, the provinces that sent them, and how many provinces there were on the first day."""

    count: int
    provinces: int
    provinces_total: int


def visitors(fair: Fair) -> VisitorCounts:
    registered = select(func.count()).select_from(Registration).where(*_counted(fair))
    entries = _entries(fair).subquery()
    person_day = select(entries.c.person_id, entries.c.scanned_on).distinct().subquery()
    people = select(func.count(distinct(person_day.c.person_id)), func.count()).select_from(person_day)
    unique, person_days = db.session.execute(people).one()
    return VisitorCounts(
        registered=db.session.scalar(registered) or 0,
        unique=unique,
        person_days=person_days,
        entries=db.session.scalar(select(func.count()).select_from(entries)) or 0,
        head_count=_head_count(fair),
    )


@dataclass(frozen=True)
class Registered:
    """Confirmed registrations of one kind, province ("" for none) and country."""

    kind: str
    province: str
    country: str
    people: int


def registered(fair: Fair) -> list[Registered]:
    """Confirmed registrations of every kind, from an index alone; one statement."""
    key = (Registration.kind, Registration.province_code, Registration.country)
    confirmed = select(*key, func.count()).where(Registration.fair_id == fair.id, Registration.state == "confirmed")
    rows = db.session.execute(confirmed.group_by(*key))
    return [Registered(kind, province or "", country, people) for kind, province, country, people in rows]


def registered_by_day(fair: Fair) -> Counter[date]:
    """Confirmed registrations of visitors by the fair's local day on which they were made; one statement.

    Counted from an index by quarters of an hour, which every zone's midnight is one of.
    """
    parts = ("year", "month", "day", "hour", "minute")
    *hours, minutes = (cast(extract(part, Registration.created_at), Integer) for part in parts)
    quarter = (*hours, minutes // QUARTER * QUARTER)
    made = select(*quarter, func.count()).where(*_counted(fair)).group_by(*quarter)
    days = Counter[date]()
    for row in db.session.execute(made):
        year, month, day, hour, minute, people = tuple(row)
        made_at = datetime(year, month, day, hour, minute, tzinfo=UTC)
        days[clock.local_day(made_at, fair.timezone)] += people
    return days


def visitors_by_day(fair: Fair) -> dict[date, int]:
    """Different visitors let in on each local day, in the order of the days."""
    entries = _entries(fair).subquery()
    counted = select(entries.c.scanned_on, func.count(distinct(entries.c.person_id)).label("people"))
    rows = db.session.execute(counted.group_by(entries.c.scanned_on).order_by(entries.c.scanned_on))
    return {row.scanned_on: row.people for row in rows}


def delegates(fair: Fair) -> DelegateCounts:
    came = queries.people_scanned(fair, Scan.verdict == "admitted")
    present = or_(Registration.is_present, Registration.id.in_(came))
    counted = (
        select(func.count(), func.count(distinct(Delegation.province_code)))
        .select_from(Registration)
        .outerjoin(Delegation, Delegation.id == Registration.delegation_id)
        .where(Registration.fair_id == fair.id, Registration.kind == "delegate")
        .where(Registration.state == "confirmed", present)
    )
    count, sent = db.session.execute(counted).one()
    return DelegateCounts(count, sent, len(provinces.in_force(fair.starts_on)))


def _counted(fair: Fair) -> tuple[ColumnElement[bool], ...]:
    kinds = Registration.kind.in_(COUNTED_KINDS)
    return Registration.fair_id == fair.id, Registration.state == "confirmed", kinds


def _entries(fair: Fair) -> Select[int | None, date]:
    """Each admitted entry of a counted kind at an entrance."""
    return (
        select(Registration.person_id, Scan.scanned_on)
        .join(Gate, Gate.id == Scan.gate_id)
        .join(Registration, Registration.id == Scan.registration_id)
        .where(Scan.fair_id == fair.id, Scan.verdict == "admitted", Scan.direction == "entry")
        .where(Gate.place == "entrance", Registration.kind.in_(COUNTED_KINDS))
    )


def _head_count(fair: Fair) -> int:
    people = select(func.coalesce(func.sum(HeadCount.people), 0)).join(Gate, Gate.id == HeadCount.gate_id)
    return db.session.scalar(people.where(Gate.fair_id == fair.id, Gate.place == "entrance")) or 0

"""What pages read of fairs and their programme."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import case, func, select

from techfair.core import clock
from techfair.extensions import db
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.models import Activity, Fair

SHOWN_FAIRS = 40  # at the door; more than a country holds in years


@dataclass(frozen=True)
class Day:
    """One local day of a programme."""

    on: date
    activities: list[Activity]


def public_fairs() -> list[Fair]:
    """The fairs that everyone may see: the running ones, the coming ones, then the last ones."""
    shown = select(Fair).where(Fair.state != "draft").order_by(Fair.starts_on.desc(), Fair.id).limit(SHOWN_FAIRS)
    return sorted(db.session.scalars(shown), key=_nearness)


def _nearness(fair: Fair) -> tuple[int, int]:
    phase = ("running", "before", "over").index(fair.phase)
    days = fair.starts_on.toordinal()
    return phase, days if fair.phase != "over" else -days


def programme(fair: Fair) -> list[Day]:
    """The activities by the fair's local days, cancelled ones among them."""
    of_fair = select(Activity).filter_by(fair_id=fair.id).order_by(Activity.starts_at, Activity.ends_at, Activity.id)
    return by_day(db.session.scalars(of_fair), fair)


def activity_count(fair: Fair) -> int:
    """Activities that take or took place (activities)."""
    those = select(func.count()).select_from(Activity).where(Activity.fair_id == fair.id, Activity.state != "cancelled")
    return db.session.scalar(those) or 0


def by_day(activities: Iterable[Activity], fair: Fair) -> list[Day]:
    """Activities in the order of time, grouped by the local day on which they begin."""
    grouped = groupby(activities, key=lambda activity: clock.local_day(activity.starts_at, fair.timezone))
    return [Day(day, list(those)) for day, those in grouped]


def present_day(days: list[Day], fair: Fair) -> Day | None:
    """The day to show first: today's or the next one; once the fair is over, its first."""
    return next((day for day in days if day.on >= fair.today), days[0] if days else None)


@dataclass(frozen=True)
class HallRow:
    """A hall with its booths counted."""

    hall: Hall
    booths: int
    blocked: int
    square_metres: int


def halls(fair: Fair) -> list[HallRow]:
    """The halls of a fair by code."""
    counts = (
        func.count(Booth.id),
        func.count(case((Booth.is_blocked, 1))),
        func.coalesce(func.sum(Booth.square_metres), 0),
    )
    those = select(Hall, *counts).outerjoin(Booth, Booth.hall_id == Hall.id).where(Hall.fair_id == fair.id)
    return [HallRow(*row) for row in db.session.execute(those.group_by(Hall.id).order_by(Hall.code))]


def booths_by_category(fair: Fair) -> dict[str, int]:
    """How many booths of each kind the fair has."""
    rows = select(Booth.category, func.count()).filter_by(fair_id=fair.id).group_by(Booth.category)
    return {row.category: row[1] for row in db.session.execute(rows)}


def booths(hall: Hall) -> list[Booth]:
    """The booths of a hall as people count them: A2 before A10."""
    return sorted(db.session.scalars(select(Booth).filter_by(hall_id=hall.id)), key=_counted)


def _counted(booth: Booth) -> list[tuple[int, str]]:
    """The code's numbers by value, its letters by themselves."""
    parts = re.findall(r"\d+|\D+", booth.code)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]

"""The clicker: people counted without names, at gates that do not scan; shown beside the scans, never added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Integer, cast, extract, func, select

from techfair.core import clock
from techfair.core.database import insert_new
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import rules
from techfair.visitors.device_schemas import HeadCountInput
from techfair.visitors.gate_models import Gate, HeadCount
from techfair.visitors.tallies.figures import hour_at
from techfair.visitors.tallies.growth import QUARTER


def count(gate: Gate, fair: Fair, counts: Sequence[HeadCountInput], sent_at: datetime | None) -> int:
    """Store counts of a device, each id once however often it is sent; answer how many are new.

    The device's clock is corrected by what it showed at ``sent_at``; the day turns at the fair's midnight.
    """
    received_at = clock.now()
    rows = []
    for one in counts:
        counted_at, _is_wrong = rules.corrected(one.counted_at, sent_at, received_at)
        on = clock.local_day(counted_at, fair.timezone)
        rows.append(
            {"id": one.id, "gate_id": gate.id, "counted_at": counted_at, "counted_on": on, "people": one.people}
        )
    return len(insert_new(HeadCount, rows, returning=HeadCount.id))


def of_day(gate: Gate, fair: Fair) -> int:
    """How many were counted at a gate today."""
    today = select(func.sum(HeadCount.people)).filter_by(gate_id=gate.id, counted_on=fair.today)
    return db.session.scalar(today) or 0


def by_gate(fair: Fair) -> dict[int, int]:
    """How many were counted today, by the gate's id."""
    read = select(HeadCount.gate_id, func.sum(HeadCount.people)).join(Gate, Gate.id == HeadCount.gate_id)
    today = read.where(Gate.fair_id == fair.id, HeadCount.counted_on == fair.today).group_by(HeadCount.gate_id)
    return {row[0]: row[1] for row in db.session.execute(today)}


@dataclass(frozen=True)
class Clicked:
    """Heads counted at an entrance in an hour of the fair's clock."""

    gate_id: int
    day: date
    hour: int
    people: int


def of_entrances(fair: Fair) -> list[Clicked]:
    """All that was counted at the fair's entrances, by gate, day and hour; one statement."""
    hour, minute = (cast(extract(part, HeadCount.counted_at), Integer) for part in ("hour", "minute"))
    key = (HeadCount.gate_id, HeadCount.counted_on, hour * 60 + minute // QUARTER * QUARTER)
    counted = select(*key, func.sum(HeadCount.people)).join(Gate, Gate.id == HeadCount.gate_id)
    rows = db.session.execute(counted.where(Gate.fair_id == fair.id, Gate.place == "entrance").group_by(*key))
    return [Clicked(gate, day, hour_at(fair, day, minutes), people) for gate, day, minutes, people in rows]

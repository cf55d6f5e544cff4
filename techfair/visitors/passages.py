"""Who is inside now: who of a day's people came in and has not gone, at each gate that also scans who goes out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, func, or_, select

from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.gate_models import Gate, Scan
from techfair.visitors.models import Registration
from techfair.visitors.tallies import figures


@dataclass(frozen=True)
class Inside:
    """How many people are inside one scope: ``gate`` is None for the entrances together."""

    gate: Gate | None
    people: int


def inside(fair: Fair, gates: Collection[Gate], day: date) -> list[Inside]:
    """Who is inside on a day, for each scope of the fair's ``gates`` whose exits are scanned.

    The entrances are counted ahead; doors and booths, which few people pass, by one statement for all of them.
    """
    watched = [gate for gate in gates if gate.scans_exits]
    doors = [gate for gate in watched if gate.place != "entrance"]
    at_entrances = [Inside(None, figures.of(fair).of(day).inside)] if len(doors) < len(watched) else []
    people = _behind(fair, doors, day) if doors else {}
    return [*at_entrances, *(Inside(door, people.get(door.id, 0)) for door in doors)]


def _behind(fair: Fair, doors: Collection[Gate], day: date) -> dict[int, int]:
    """By the door's id, how many people's last passage was an entry; merged registrations are one person.

    An entry that was repeated is a passage, too: whoever is read coming in is inside.
    """
    went_in = func.max(case((Scan.direction == "entry", Scan.scanned_at)))
    went_out = func.max(case((Scan.direction == "exit", Scan.scanned_at)))
    each = (
        select(Scan.gate_id, went_in.label("went_in"), went_out.label("went_out"))
        .join(Registration, Registration.id == Scan.registration_id)
        .where(Scan.fair_id == fair.id, Scan.scanned_on == day, Scan.gate_id.in_([door.id for door in doors]))
        .where(Scan.verdict.in_(("admitted", "repeated")))
        .group_by(Scan.gate_id, Registration.person_id)
        .subquery()
    )
    stayed = and_(each.c.went_in.is_not(None), or_(each.c.went_out.is_(None), each.c.went_in > each.c.went_out))
    counted = select(each.c.gate_id, func.count().label("people")).where(stayed).group_by(each.c.gate_id)
    return {row.gate_id: row.people for row in db.session.execute(counted)}

"""Reads of delegations: who is named, who has arrived, which provinces are covered."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from techfair.extensions import db
from techfair.fairs import provinces
from techfair.fairs.models import Activity, Fair
from techfair.fairs.provinces import Province
from techfair.visitors import queries
from techfair.visitors.gate_models import Scan
from techfair.visitors.models import Delegation, Registration
from techfair.visitors.signups.models import SignUp


@dataclass(frozen=True)
class Standing:
    """A delegation with how many of its people are named and how many have arrived."""

    delegation: Delegation
    named: int
    arrived: int

    @property
    def missing(self) -> int:
        """Those expected, or named where nobody said how many, who have not arrived."""
        return max((self.delegation.expected or self.named) - self.arrived, 0)


def standings(fair: Fair) -> list[Standing]:
    """All delegations of a fair, by their body's name; one statement."""
    came = queries.people_scanned(fair, Scan.verdict == "admitted")
    arrived = case((or_(Registration.is_present, Registration.id.in_(came)), 1))
    named = (Registration.delegation_id == Delegation.id) & (Registration.state == "confirmed")
    read = select(Delegation, func.count(Registration.id), func.count(arrived)).outerjoin(Registration, named)
    rows = db.session.execute(read.where(Delegation.fair_id == fair.id).group_by(Delegation.id))
    return sorted((Standing(*row) for row in rows), key=lambda one: one.delegation.body.casefold())


def coverage(fair: Fair, standings: Sequence[Standing]) -> tuple[int, list[Province]]:
    """How many provinces of the list in force on the fair's first day have people here, and which have none."""
    here = {one.delegation.province_code for one in standings if one.arrived and not one.delegation.is_own_wish}
    listed = provinces.in_force(fair.starts_on)
    return sum(place.code in here for place in listed), [place for place in listed if place.code not in here]


def people_of(delegation: Delegation) -> list[Registration]:
    """The delegation's people who are to come, in the order of their names, with their badges."""
    mine = select(Registration).filter_by(delegation_id=delegation.id, state="confirmed")
    with_badges = mine.options(selectinload(Registration.badges))
    return list(db.session.scalars(with_badges.order_by(Registration.sort_key, Registration.id)))


def seats_of(people: Sequence[Registration]) -> dict[int, list[SignUp]]:
    """By person the activities at which they have a seat or wait for one, in the order in which they begin."""
    theirs = select(SignUp).join(SignUp.activity).where(SignUp.registration_id.in_([person.id for person in people]))
    standing = theirs.where(SignUp.state != "left", Activity.state != "cancelled")
    read = standing.options(contains_eager(SignUp.activity)).order_by(Activity.starts_at, Activity.id)
    seats: dict[int, list[SignUp]] = {}
    for seat in db.session.scalars(read):
        seats.setdefault(seat.registration_id, []).append(seat)
    return seats


def arrived(people: Sequence[Registration]) -> set[int]:
    """The ids of those who were let in somewhere, or marked as present."""
    ids = [person.id for person in people]
    read = select(Scan.registration_id).where(Scan.registration_id.in_(ids), Scan.verdict == "admitted").distinct()
    return {id for id in db.session.scalars(read) if id} | {person.id for person in people if person.is_present}

"""How many people each exhibitor may bring, and how many it has brought."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from techfair.accounts.models import User
from techfair.core import audit
from techfair.core.database import upsert
from techfair.exhibitors.models import BoothAssignment, Exhibitor
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair
from techfair.visitors.booth_people.models import EVERY, BoothPeopleQuota, StaffBadge


@dataclass(frozen=True)
class Quota:
    """How many staff and how many guests."""

    staff: int = 0
    guests: int = 0


def set_quotas(fair: Fair, quotas: Mapping[str, Quota], by: User) -> None:
    """Set the quota of each kind of booth and of every exhibitor. Who has named more keeps them."""
    rows = [
        {"fair_id": fair.id, "category": category, "staff": quota.staff, "guests": quota.guests}
        for category, quota in quotas.items()
    ]
    upsert(BoothPeopleQuota, rows, by=("fair_id", "category"))
    after = {category or "every": [quota.staff, quota.guests] for category, quota in quotas.items()}
    audit.record("booth_people.quotas_set", fair, by=by, after=after)


def of_fair(fair_id: int) -> dict[str, Quota]:
    """What is set, by kind of booth; ``EVERY`` for each exhibitor."""
    rows = db.session.scalars(select(BoothPeopleQuota).filter_by(fair_id=fair_id))
    return {row.category: Quota(row.staff, row.guests) for row in rows}


def of(exhibitors: Sequence[Exhibitor]) -> dict[int, Quota]:
    """The quota of each of these exhibitors of one fair: that of its booths together, or at least everyone's."""
    if not exhibitors:
        return {}
    told = of_fair(exhibitors[0].fair_id)
    if not any(quota.staff or quota.guests for quota in told.values()):
        return {one.id: Quota() for one in exhibitors}
    booths = _booths([one.id for one in exhibitors])
    return {one.id: _of(told, booths.get(one.id, Counter())) for one in exhibitors}


def _booths(exhibitor_ids: Iterable[int]) -> dict[int, Counter[str]]:
    held = select(BoothAssignment.exhibitor_id, Booth.category, func.count()).join(
        Booth, Booth.id == BoothAssignment.booth_id
    )
    held = held.where(BoothAssignment.exhibitor_id.in_(list(exhibitor_ids)), BoothAssignment.state == "assigned")
    found: dict[int, Counter[str]] = {}
    for id, category, number in db.session.execute(held.group_by(BoothAssignment.exhibitor_id, Booth.category)):
        found.setdefault(id, Counter())[category] = number
    return found


def _of(told: Mapping[str, Quota], booths: Counter[str]) -> Quota:
    least = told.get(EVERY, Quota())
    by_booths = [(told.get(category, Quota()), number) for category, number in booths.items()]
    return Quota(
        max(least.staff, sum(quota.staff * number for quota, number in by_booths)),
        max(least.guests, sum(quota.guests * number for quota, number in by_booths)),
    )


def staff_counts(exhibitor_ids: Sequence[int]) -> dict[int, int]:
    """How many staff each of these exhibitors named."""
    counted = select(StaffBadge.exhibitor_id, func.count()).where(StaffBadge.exhibitor_id.in_(exhibitor_ids))
    return {row[0]: row[1] for row in db.session.execute(counted.group_by(StaffBadge.exhibitor_id))}


def held_alone(exhibitor: Exhibitor) -> Quota:
    """The quota of one exhibitor, whom nobody else brings people for until this transaction ends."""
    db.session.execute(select(Exhibitor.id).filter_by(id=exhibitor.id).with_for_update())
    return of([exhibitor])[exhibitor.id]


def first_free(taken: Iterable[int], most: int) -> int | None:
    """The lowest place up to ``most`` that nobody has."""
    held = set(taken)
    return next((place for place in range(1, most + 1) if place not in held), None)

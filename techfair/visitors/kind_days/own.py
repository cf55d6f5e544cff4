"""Days of a person's own, above those of the kind: an invitation for the opening alone, a delegation for one day.

``Registration.days`` is None for who never had any. An empty list is left where they were taken back, so that a device
without network, which is told changes alone, learns of that, too.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Text, cast, or_, select, update

from techfair.core import clock
from techfair.extensions import db
from techfair.visitors.models import Badge, Delegation, Registration

Days = list[int] | None


def given(ticked: Iterable[int] | None) -> Days:
    """The days as they are kept: none ticked means those of the kind."""
    return sorted(set(ticked or ())) or None


def give(registration: Registration, days: Days) -> None:
    """Let one person in on these days, or again on those of the kind."""
    if (registration.days or None) != days:
        registration.days = days or []


def give_all(delegation: Delegation) -> None:
    """Let all people of a delegation in on its days; one statement."""
    theirs = update(Registration).where(Registration.delegation_id == delegation.id)
    if not delegation.days:
        theirs = theirs.where(Registration.days.is_not(None))
    db.session.execute(theirs.values(days=delegation.days or [], changed_at=clock.now()))


def changed(fair_id: int, since: datetime | None) -> list[tuple[list[int], list[int]]]:
    """The numbers of valid badges by their own days, of those alone of whom something changed ``since``."""
    read = (
        select(Registration.days, Badge.number)
        .join(Badge, Badge.registration_id == Registration.id)
        .where(Registration.fair_id == fair_id, Registration.days.is_not(None), Badge.state == "issued")
        .order_by(Badge.number)
    )
    if since:
        read = read.where(or_(Registration.changed_at > since, Badge.changed_at > since))
    else:
        read = read.where(cast(Registration.days, Text) != "[]")
    by_days: dict[tuple[int, ...], list[int]] = {}
    for days, number in db.session.execute(read):
        by_days.setdefault(tuple(days or ()), []).append(number)
    return [(list(days), numbers) for days, numbers in by_days.items()]

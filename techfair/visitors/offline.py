"""What a gate's device needs to decide without network: keys, rules and what became void; no personal data.

Names leave the server only for a gate that its organizer lets have them, and that is in the audit log.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from techfair.core import audit, clock
from techfair.extensions import db
from techfair.fairs.models import FairKey
from techfair.visitors import rules
from techfair.visitors.device_schemas import BadgeDays, Key, Manifest, NameOfBadge, Opening, Void
from techfair.visitors.gate_models import Device, Gate
from techfair.visitors.kind_days import choosing as kind_days
from techfair.visitors.kind_days import own as own_days
from techfair.visitors.models import KINDS, Badge, Registration
from techfair.visitors.signups.models import SignUp

OVERLAP = timedelta(minutes=2)  # what was being written while the last answer was made comes with the next one


def manifest(device: Device, gate: Gate, since: datetime | None = None) -> Manifest:
    """What the device needs at this gate; of void badges only those since the last answer's ``cursor``.

    Taking the same part twice changes nothing on the device, so the parts overlap on purpose.
    """
    fair, now = device.fair, clock.now()
    return Manifest(
        fair=fair.number,
        timezone=fair.timezone,
        first_day=fair.starts_on,
        last_day=fair.ends_on,
        open_outside_dates=fair.open_outside_dates,
        gate=gate.code,
        scope=gate.scope,
        rule=gate.rule,
        allowed_kinds=gate.allowed_kinds,
        kind_days=kind_days.chosen(fair.id),
        badge_days=[BadgeDays(days=days, badges=numbers) for days, numbers in own_days.changed(fair.id, since)],
        is_closed=gate.is_closed,
        openings=[Opening(opens_at=opens, closes_at=closes) for opens, closes in rules.opening_times(gate, fair)],
        gives_names=gate.gives_names,
        kinds=list(KINDS),
        keys=list(_keys(fair.id)),
        void=[*_ended(fair.id, since), *_unconfirmed(fair.id)],
        seated=_signed_up(gate, "seated") if gate.sign_up_activity_id else None,
        waiting=_signed_up(gate, "waiting") if gate.sign_up_activity_id else [],
        cursor=now - OVERLAP,
        at=now,
    )


def names(device: Device, gate: Gate, since: datetime | None = None) -> tuple[list[NameOfBadge], datetime]:
    """Number, name and organisation of each valid badge (known here ``since``), and the next cursor; logged."""
    now = clock.now()
    person = Registration
    read = (
        select(Badge.number, person.full_name, person.organisation)
        .join(person, person.id == Badge.registration_id)
        .where(Badge.fair_id == device.fair_id, Badge.state == "issued", person.state == "confirmed")
        .order_by(Badge.number)
    )
    if since:
        read = read.where(or_(Badge.changed_at > since, person.changed_at > since))
    rows = db.session.execute(read)
    found = [NameOfBadge(number=row.number, name=row.full_name, organisation=row.organisation) for row in rows]
    if found:
        audit.record("gate.names_given", gate, by=None, device=device.name, names=len(found))
    return found, now - OVERLAP


def _signed_up(gate: Gate, state: str) -> list[int]:
    """The numbers of valid badges with a seat, or waiting: all each time, for a room holds no more than it holds."""
    held = select(Badge.number).join(SignUp, SignUp.registration_id == Badge.registration_id)
    there = held.where(SignUp.activity_id == gate.activity_id, SignUp.state == state, Badge.state == "issued")
    return list(db.session.scalars(there.order_by(Badge.number)))


def _keys(fair_id: int) -> Iterator[Key]:
    for key in db.session.scalars(select(FairKey).filter_by(fair_id=fair_id).order_by(FairKey.number)):
        yield Key(number=key.number, public_key=key.public_key)


def _ended(fair_id: int, since: datetime | None) -> Iterator[Void]:
    ended = select(Badge.number, Badge.state).where(Badge.fair_id == fair_id, Badge.ended_at.is_not(None))
    rows = db.session.execute(ended.where(Badge.changed_at > since) if since else ended)
    yield from (Void(number=number, reason=state) for number, state in rows)


def _unconfirmed(fair_id: int) -> Iterator[Void]:
    """Badges of people who may not enter, or not yet: all of them each time, for they are few."""
    held = select(Badge.number, Registration.state).join(Registration, Registration.id == Badge.registration_id)
    waiting = held.where(Badge.fair_id == fair_id, Badge.state == "issued", Registration.state != "confirmed")
    yield from (Void(number=number, reason=rules.UNCONFIRMED[state]) for number, state in db.session.execute(waiting))

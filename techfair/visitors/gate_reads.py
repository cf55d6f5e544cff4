"""What a gate's call asks before it decides: the device with its gates, and the badges of its codes, as plain values.

One scan, as gates send them all day, asks both in one statement; a batch, whose badges would be multiplied by the
gates, in two.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, bindparam

from techfair.extensions import db
from techfair.fairs.keys import StoredKey
from techfair.fairs.models import FairKey
from techfair.visitors import badges, known_devices
from techfair.visitors.gate_models import Device, Gate
from techfair.visitors.kind_days.models import KindDays
from techfair.visitors.known_devices import KnownDevice
from techfair.visitors.models import Badge, Registration
from techfair.visitors.rules import CodeFound, KnownBadge
from techfair.visitors.signups.models import SignUp
from techfair.visitors.tokens import BadgePayload

DeviceAndCodes = tuple[KnownDevice, Mapping[str, CodeFound]]


def of(digest: bytes, codes: Sequence[str]) -> DeviceAndCodes | None:
    """The device whose token has this digest, and what each code is to its fair; None where there is no such device."""
    if len(set(codes)) == 1:
        return _of_one(digest, codes[0])
    device = known_devices.of_token(digest)
    return (device, badges.find(device.fair, codes, device.sign_up_activities)) if device else None


def _of_one(digest: bytes, code: str) -> DeviceAndCodes | None:
    claim = badges.claimed(code)
    number = claim.badge if isinstance(claim, BadgePayload) else None
    rows = db.session.connection().execute(OF_TOKEN_AND_NUMBER, {"digest": digest, "number": number}).all()
    device = known_devices.of_rows(rows)
    if device is None:
        return None
    known = {} if rows[0].badge_number is None else {rows[0].badge_number: _badge(rows)}
    return device, {code: badges.judged(code, claim, device.fair, known)}


def _badge(rows: Sequence[Row[Any]]) -> tuple[KnownBadge, StoredKey]:
    """The badge that all rows name, with its seats at the activities of the device's gates, and the key it is under."""
    *badge, public, sealed_private, _activity_id, _seat = rows[0][-len(OF_BADGE) :]
    seats = {row.seat_at: row.seat for row in rows if row.seat}
    return replace(KnownBadge(*badge), seats=seats), StoredKey(public, sealed_private)


_tables = (model.__table__ for model in (Badge, Registration, KindDays, FairKey, SignUp))
_badge_table, _person, _days, _key, _seat = _tables
OF_BADGE = (
    *(_badge_table.c.id, _badge_table.c.registration_id, _badge_table.c.number.label("badge_number")),
    *(_badge_table.c.kind, _badge_table.c.state),
    *(_person.c.state, _person.c.full_name, _person.c.organisation, _person.c.days, _days.c.days),
    *(_key.c.public_key, _key.c.sealed_private_key),
    *(_seat.c.activity_id.label("seat_at"), _seat.c.state.label("seat")),
)
OF_TOKEN_AND_NUMBER = (
    known_devices.OF_TOKEN.add_columns(*OF_BADGE)
    .outerjoin(_badge_table, (Badge.fair_id == Device.fair_id) & (Badge.number == bindparam("number")))
    .outerjoin(_person, Registration.id == Badge.registration_id)
    .outerjoin(_days, (KindDays.fair_id == Badge.fair_id) & (KindDays.kind == Badge.kind))
    .outerjoin(_key, (FairKey.fair_id == Badge.fair_id) & (FairKey.number == Badge.key_number))
    .outerjoin(
        _seat,
        (SignUp.registration_id == Badge.registration_id)
        & (SignUp.activity_id == Gate.activity_id)
        & (SignUp.state != "left"),
    )
)  # made once, for each scan asks it

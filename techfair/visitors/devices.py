"""Devices: phones and scanners that may scan at their gates, known by a token that only they hold."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.datastructures import Authorization

from techfair.accounts.models import User
from techfair.core import audit, clock
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs.models import Activity, Fair
from techfair.visitors import gate_reads
from techfair.visitors.gate_models import Device, Gate
from techfair.visitors.gate_reads import DeviceAndCodes
from techfair.visitors.known_devices import KnownDevice

CONTACT_NOTED = timedelta(minutes=1)  # a device's last contact is written at most so often
DOOR_OF_GATE = joinedload(Gate.activity).load_only(Activity.needs_sign_up)
DOOR = joinedload(Device.gates).options(DOOR_OF_GATE)
WHOLE = select(Device).options(joinedload(Device.fair), joinedload(Device.gates).joinedload(Gate.openings), DOOR)
JOINS_WITHIN = timedelta(minutes=30)
JOIN_SIGNS, JOIN_LENGTH = "ABCDEFGHJKMNPQRSTUVWXYZ23456789", 8  # none that a hand mistakes for another


class DeviceUnknown(TechfairError):
    code, status, message = "device_unknown", 401, _l("This device's token does not open this fair's gates.")


class DeviceRevoked(TechfairError):
    code, status, message = "device_revoked", 403, _l("This device may no longer scan.")


class JoinCodeUnknown(TechfairError):
    code, status = "join_code_unknown", 404
    message = _l("This code joins no device: it is mistyped, used already, or older than half an hour.")


def enrol(fair: Fair, gates: Iterable[Gate], name: str, by: Any = None) -> tuple[Device, str]:
    """A new device of the fair for these gates, and its token, which is kept nowhere here."""
    token = secrets.token_urlsafe(32)
    device = Device(
        fair_id=fair.id,
        name=name,
        token_digest=_digest(token),
        gates=list(gates),
    )
    db.session.add(device)
    audit.record("device.enrolled", device, by=by, name=name, gates=[gate.code for gate in device.gates])
    return device, token


def enrol_scan_page(fair: Fair, gates: Iterable[Gate], user: User) -> tuple[Device, str]:
    """A device for the scan page that a steward has open; it ends with the length of a sign-in."""
    device, token = enrol(fair, gates, user.full_name, by=user)
    device.user_id = user.id
    return device, token


def invite(fair: Fair, gates: Iterable[Gate], name: str, by: Any) -> tuple[Device, str]:
    """A device that may join once within half an hour, and the code for it, which is kept nowhere here."""
    device, _unknown_to_all = enrol(fair, gates, name, by)
    code = "".join(secrets.choice(JOIN_SIGNS) for _ in range(JOIN_LENGTH))
    device.join_digest, device.join_until = _digest(code), clock.now() + JOINS_WITHIN
    return device, code


def join(slug: str, code: str) -> tuple[Device, str]:
    """The device of a join code and its token; of two with the same code one wins. Raises JoinCodeUnknown."""
    token, typed = secrets.token_urlsafe(32), "".join(sign for sign in code.upper() if sign in JOIN_SIGNS)
    fair = select(Fair.id).filter_by(slug=slug).scalar_subquery()
    invited = (Device.fair_id == fair, Device.join_digest == _digest(typed), Device.join_until > clock.now())
    joined = update(Device).where(*invited, Device.revoked_at.is_(None)).returning(Device.id)
    id = db.session.scalar(joined.values(token_digest=_digest(token), join_digest=None, join_until=None))
    device = id and whole(id=id)
    if not device:
        raise JoinCodeUnknown
    audit.record("device.joined", device, by=None, name=device.name)
    return device, token


def may_join(device: Device) -> bool:
    """Whether the device's join code is still good."""
    return not device.is_revoked and device.join_until is not None and device.join_until > clock.now()


def revoke(device: Device, by: Any) -> None:
    """From now on the device scans nothing; a second time changes nothing."""
    if not device.is_revoked:
        device.revoked_at = clock.now()
        audit.record("device.revoked", device, by=by, name=device.name)


def authenticate(authorization: Authorization | None, slug: str) -> Device:
    """The device of a Bearer token, with its fair and gates, in one statement; raises DeviceUnknown."""
    device = whole(token_digest=_digest(_bearer(authorization)))
    if device is None or device.fair.slug != slug or _is_outworn(device):
        raise DeviceUnknown
    return device


def scanning(authorization: Authorization | None, slug: str, codes: Sequence[str]) -> DeviceAndCodes:
    """The same as plain values, with what each code is to the fair: all that a scan asks; raises DeviceUnknown."""
    known = gate_reads.of(_digest(_bearer(authorization)), codes)
    if known is None or known[0].fair.slug != slug or _is_outworn(known[0]):
        raise DeviceUnknown
    return known


def _bearer(authorization: Authorization | None) -> str:
    if authorization is None or authorization.type != "bearer" or not authorization.token:
        raise DeviceUnknown
    return authorization.token


def whole(**key: Any) -> Device | None:
    """The device of a unique key with its fair, gates and their openings: what scanning needs, in one statement."""
    return db.session.scalars(WHOLE.filter_by(**key)).unique().one_or_none()


def note_contact(device: Device | KnownDevice) -> None:
    """Remember that the device spoke; not oftener than the list of devices needs."""
    if device.last_contact_at is None or clock.now() - device.last_contact_at > CONTACT_NOTED:
        _note(device, last_contact_at=clock.now())


def note_waiting(device: Device, waiting: int) -> None:
    """Remember how many scans the device has still to send."""
    if waiting != device.waiting:
        _note(device, last_contact_at=clock.now(), waiting=waiting)
    else:
        note_contact(device)


def _note(device: Device | KnownDevice, **values: Any) -> None:
    db.session.execute(update(Device).where(Device.id == device.id).values(**values))


def of_fair(fair: Fair) -> list[Device]:
    """The fair's devices with their gates, those in use first."""
    in_order = select(Device).filter_by(fair_id=fair.id).order_by(Device.revoked_at.is_not(None), Device.id.desc())
    return list(db.session.scalars(in_order.options(selectinload(Device.gates))))


def _is_outworn(device: Device | KnownDevice) -> bool:
    age = clock.now() - device.created_at
    return device.user_id is not None and age > current_app.permanent_session_lifetime


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

"""Devices: phones and scanners that may scan at their gates, known by a token that only they hold."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.datastructures import Authorization

from techfair.accounts.models import User
from techfair.core import audit, clock
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.models import Device, Gate

CONTACT_NOTED = timedelta(minutes=1)  # a device's last contact is written at most so often


class DeviceUnknown(TechfairError):
    code, status, message = "device_unknown", 401, _l("This device's token does not open this fair's gates.")


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


def revoke(device: Device, by: Any) -> None:
    """From now on the device scans nothing; a second time changes nothing."""
    if not device.is_revoked:
        device.revoked_at = clock.now()
        audit.record("device.revoked", device, by=by, name=device.name)


def authenticate(authorization: Authorization | None, slug: str) -> Device:
    """The device of a Bearer token, with its fair and gates, in one statement; raises DeviceUnknown."""
    if authorization is None or authorization.type != "bearer" or not authorization.token:
        raise DeviceUnknown
    device = whole(token_digest=_digest(authorization.token))
    if device is None or device.fair.slug != slug or _is_outworn(device):
        raise DeviceUnknown
    return device


def whole(**key: Any) -> Device | None:
    """The device of a unique key with its fair, gates and their openings: what scanning needs, in one statement."""
    loaded = (joinedload(Device.fair), joinedload(Device.gates).joinedload(Gate.openings))
    return db.session.scalars(select(Device).filter_by(**key).options(*loaded)).unique().one_or_none()


def note_contact(device: Device) -> None:
    """Remember that the device spoke; not oftener than the list of devices needs."""
    if device.last_contact_at is None or clock.now() - device.last_contact_at > CONTACT_NOTED:
        device.last_contact_at = clock.now()


def of_fair(fair: Fair) -> list[Device]:
    """The fair's devices with their gates, those in use first."""
    in_order = select(Device).filter_by(fair_id=fair.id).order_by(Device.revoked_at.is_not(None), Device.id.desc())
    return list(db.session.scalars(in_order.options(selectinload(Device.gates))))


def _is_outworn(device: Device) -> bool:
    age = clock.now() - device.created_at
    return device.user_id is not None and age > current_app.permanent_session_lifetime


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

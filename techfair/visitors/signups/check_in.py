"""Checking in oneself: the code at an activity's door, opened on the visitor's own phone."""

from datetime import timedelta
from uuid import uuid4

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from techfair.core import clock, links
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs.models import Activity, Fair
from techfair.visitors import badges, devices, scanning
from techfair.visitors.gate_models import Device, Gate
from techfair.visitors.models import Registration
from techfair.visitors.rules import Verdict
from techfair.visitors.schemas import ScanInput

PURPOSE, LINK_DAYS = "check-in", 400
EARLY = timedelta(minutes=30)  # before the activity begins
NAME = "Tự điểm danh / Self check-in"


class NotNow(TechfairError):
    code, status = "check_in_closed", 409
    message = _l("Checking in is possible from 30 minutes before the activity begins until it ends.")


class NoDoor(TechfairError):
    code, status = "no_door", 409
    message = _l("The organizer has not set up a gate at this activity’s door.")


class NoBadge(TechfairError):
    code, status = "no_badge", 409
    message = _l("You have no valid badge.")


def address(activity: Activity) -> str:
    """What the printed code at the door opens: signed, so that nobody makes one for another activity."""
    return f"{current_app.config['BASE_URL']}/check-in/{links.sign(PURPOSE, activity.id)}"


def of_address(token: str) -> Activity | None:
    """The activity of a printed code; raises LinkBroken, LinkExpired."""
    id = links.read(PURPOSE, token, days=LINK_DAYS)
    return db.session.scalars(select(Activity).filter_by(id=id).options(joinedload(Activity.fair))).one_or_none()


def door(activity: Activity) -> Gate | None:
    """The gate at the activity's door that counts who comes in."""
    mine = select(Gate).filter_by(activity_id=activity.id, is_closed=False).order_by(Gate.code).limit(1)
    return db.session.scalars(mine).one_or_none()


def check_in(activity: Activity, person: Registration) -> Verdict:
    """Count the person present as any gate would: the same rules, one scan. Raises NotNow, NoDoor, NoBadge."""
    if not activity.starts_at - EARLY <= clock.now() < activity.ends_at:
        raise NotNow
    gate, badge = door(activity), badges.valid_badge(person)
    if gate is None:
        raise NoDoor
    if badge is None:
        raise NoBadge
    device = _device(activity.fair, gate)
    token = badges.token(badge, activity.fair)
    scan = ScanInput(id=uuid4(), code=token, gate=gate.code, scanned_at=clock.now())
    return scanning.admit(device, [scan])[0]


def _device(fair: Fair, gate: Gate) -> Device:
    """The device that stands for the visitors' own phones at this gate; its token is known to nobody."""
    mine = select(Device).filter_by(fair_id=fair.id, name=NAME, revoked_at=None).where(Device.gates.any(id=gate.id))
    known = db.session.scalars(mine.options(selectinload(Device.gates)).limit(1)).first()
    made = known or devices.enrol(fair, [gate], NAME)[0]
    db.session.flush()
    return devices.whole(id=made.id) or made

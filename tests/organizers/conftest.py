"""An entrance with people and their passages, and short ways to the organizer's pages."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from techfair.accounts.models import UnitRole, User
from techfair.core import clock
from techfair.extensions import db
from techfair.fairs.models import Fair, OrganizingUnit
from techfair.visitors.gate_models import Device, Gate, Scan
from techfair.visitors.models import Registration


@pytest.fixture
def entrance(fair: Fair) -> Gate:
    """The main entrance with a device that just spoke."""
    gate = Gate(fair_id=fair.id, code="A", name_vi="Cổng chính")
    device = Device(fair_id=fair.id, name="Máy quét", token_digest=b"1" * 32, last_contact_at=clock.now())
    db.session.add_all([gate, device])
    db.session.commit()
    return gate


@pytest.fixture
def person(fair: Fair) -> Callable[..., Registration]:
    """Registers somebody: ``person(kind="press")``."""

    def registered(**values: Any) -> Registration:
        given = {"full_name": "Trần Văn Tùng", "sort_key": "", "search_key": "", "is_walk_in": True}
        made = Registration(fair_id=fair.id, **(given | values))
        db.session.add(made)
        db.session.commit()
        return made

    return registered


@pytest.fixture
def passes(fair: Fair, entrance: Gate) -> Callable[..., Scan]:
    """Lets somebody through the entrance: ``passes(person, "08:10", direction="exit", on=day)``."""
    device = db.session.scalars(db.select(Device)).one()

    def passed(who: Registration, at: str = "09:00", on: date | None = None, **values: Any) -> Scan:
        day = on or fair.today
        moment = datetime.combine(day, time.fromisoformat(at), fair.zone)
        given = {"direction": "entry", "verdict": "admitted", "gate_id": entrance.id} | values
        times = {"scanned_at": moment, "device_time": moment, "received_at": moment, "scanned_on": day}
        scan = Scan(id=uuid4(), fair_id=fair.id, device_id=device.id, registration_id=who.id, **times, **given)
        db.session.add(scan)
        db.session.commit()
        return scan

    return passed


@pytest.fixture
def as_stranger(make_user: Callable[..., User], sign_in: Callable[[User], FlaskClient]) -> FlaskClient:
    """The administrator of another unit."""
    other = OrganizingUnit(name_vi="Sở Khoa học và Công nghệ tỉnh Kon Tum")
    user = make_user("nguoi.la@example.vn")
    db.session.add(other)
    db.session.flush()
    db.session.add(UnitRole(user_id=user.id, unit_id=other.id, role="admin"))
    db.session.commit()
    return sign_in(user)


@pytest.fixture
def as_staff(fair: Fair, make_user: Callable[..., User], sign_in: Callable[[User], FlaskClient]) -> FlaskClient:
    """Staff who may only read."""
    user = make_user("can.bo@example.vn")
    db.session.add(UnitRole(user_id=user.id, unit_id=fair.unit_id, role="staff", grants=["read"]))
    db.session.commit()
    return sign_in(user)


@pytest.fixture
def figure() -> Callable[[str, str], str]:
    """The value above a tile's label: ``figure(page, "lượt vào hôm nay")``."""

    def found(page: str, label: str) -> str:
        before = page.split(f'<span class="figure-label">{label}</span>')[0]
        return before.rsplit('<span class="figure-value', 1)[1].split(">", 1)[1].split("</span>")[0].strip()

    return found

"""A gate and badges of the test's fair, and short words to scan with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient

from techfair.core import clock
from techfair.extensions import db
from techfair.fairs import keys
from techfair.fairs.models import Fair
from techfair.visitors import badges, devices, registering
from techfair.visitors.gate_models import Gate, Scan
from techfair.visitors.models import Badge, Registration
from techfair.visitors.registering import RegistrationInput

VN = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def fair(make_fair: Callable[..., Fair]) -> Fair:
    """A fair with a key, as fairs have that are made in the browser."""
    fair = make_fair()
    keys.create(fair)
    db.session.commit()
    return fair


@pytest.fixture
def register(fair: Fair) -> Callable[..., Registration]:
    """Registers a person: ``register("H'Bia Siu", email="hbia@example.vn")``."""

    def registered(full_name: str = "Trần Văn Tùng", **values: Any) -> Registration:
        given = RegistrationInput(full_name=full_name, **({"email": f"{uuid4().hex}@example.vn"} | values))
        registration = registering.register(fair, given)
        db.session.commit()
        return registration

    return registered


@dataclass
class Worn:
    """A badge as its wearer carries it."""

    badge: Badge
    token: str
    address: str


@pytest.fixture
def make_badge(fair: Fair, register: Callable[..., Registration]) -> Callable[..., Worn]:
    def make(full_name: str = "Trần Văn Tùng", **values: Any) -> Worn:
        badge = badges.valid_badge(register(full_name, **values))
        assert badge
        return Worn(badge, badges.token(badge, fair), badges.address(badge, fair))

    return make


@pytest.fixture
def badge(make_badge: Callable[..., Worn]) -> Worn:
    return make_badge()


@dataclass
class ScannedGate:
    """A gate with a device at it. Times are the fair's: ``scan(badge, at="08:00", day=1)``."""

    gate: Gate
    fair: Fair
    token: str
    client: FlaskClient

    def __post_init__(self) -> None:
        self.code, self.slug, self.first_day = self.gate.code, self.fair.slug, self.fair.starts_on

    def moment(self, at: str, day: int = 0) -> datetime:
        return datetime.combine(self.first_day, time.fromisoformat(at), VN) + timedelta(days=day)

    def reading(self, code: Any, at: str = "09:00", day: int = 0, **values: Any) -> dict[str, Any]:
        return {
            "id": str(uuid4()),
            "code": getattr(code, "token", code),
            "gate": self.code,
            "scanned_at": self.moment(at, day).isoformat(),
        } | values

    def send(
        self, *readings: dict[str, Any], status: int = 200, now: datetime | None = None, **batch: Any
    ) -> list[Any]:
        with clock.held_at(now or self.moment("23:59", day=5)):
            answer = self.client.post(
                f"/api/v1/fairs/{self.slug}/scans",
                json={"scans": readings} | batch,
                headers={"Authorization": f"Bearer {self.token}"},
            )
        assert answer.status_code == status, answer.text
        return answer.get_json().get("results")

    def scan(self, code: Any, at: str = "09:00", day: int = 0, **values: Any) -> dict[str, Any]:
        return self.send(self.reading(code, at, day, **values))[0]


@pytest.fixture
def make_gate(fair: Fair, client: FlaskClient) -> Callable[..., ScannedGate]:
    def make(code: str = "A", **values: Any) -> ScannedGate:
        gate = Gate(fair_id=fair.id, code=code, name_vi=f"Cổng {code}", **values)
        db.session.add(gate)
        db.session.flush()
        device, token = devices.enrol(fair, [gate], f"Máy quét {code}")
        device.last_contact_at = clock.now() + timedelta(days=30)
        db.session.commit()
        return ScannedGate(gate, fair, token, client)

    return make


@pytest.fixture
def gate(make_gate: Callable[..., ScannedGate]) -> ScannedGate:
    """The main entrance: each badge once a day."""
    return make_gate()


@pytest.fixture
def scans(app: Flask) -> Callable[[], list[Scan]]:
    def stored() -> list[Scan]:
        db.session.expire_all()
        return list(db.session.scalars(db.select(Scan).order_by(Scan.received_at, Scan.scanned_at)))

    return stored

"""A gate's device with its fair and gates, as each scan needs to know them: plain values of one plain statement.

Made into objects that could be changed and saved, they cost more than all the rest of a scan.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, bindparam, select

from techfair.extensions import Model, db
from techfair.fairs.models import Activity, Fair
from techfair.visitors import rules
from techfair.visitors.gate_models import Device, DeviceGate, Gate, GateOpening


@dataclass(frozen=True)
class KnownFair:
    """When a fair is open, and where its day turns."""

    id: int
    slug: str
    number: int
    timezone: str
    starts_on: date
    ends_on: date
    open_outside_dates: bool

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


@dataclass(frozen=True)
class KnownOpening:
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class KnownGate:
    """What a gate lets in."""

    id: int
    fair_id: int
    code: str
    place: str
    rule: str
    allowed_kinds: list[str]
    is_closed: bool
    activity_id: int | None
    needs_sign_up: bool | None
    openings: list[KnownOpening]

    @property
    def scope(self) -> str:
        return rules.scope(self)

    @property
    def sign_up_activity_id(self) -> int | None:
        return self.activity_id if self.needs_sign_up else None


@dataclass(frozen=True)
class KnownDevice:
    """A device with all gates at which it may scan."""

    id: int
    fair_id: int
    user_id: int | None
    created_at: datetime
    last_contact_at: datetime | None
    revoked_at: datetime | None
    fair: KnownFair
    gates: list[KnownGate]

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def sign_up_activities(self) -> list[int | None]:
        return [gate.sign_up_activity_id for gate in self.gates if gate.sign_up_activity_id]

    def gate(self, code: str) -> KnownGate | None:
        return next((gate for gate in self.gates if gate.code == code), None)


def of_token(digest: bytes) -> KnownDevice | None:
    """The device whose token has this digest; one statement."""
    return of_rows(db.session.connection().execute(OF_TOKEN, {"digest": digest}).all())


def of_rows(rows: Sequence[Row[Any]]) -> KnownDevice | None:
    """The device of the rows of ``OF_TOKEN``, or of a statement that says more after the same columns."""
    if not rows:
        return None
    device, fair, _gate, _opening = _parted(rows[0])
    return KnownDevice(**device, fair=KnownFair(**fair), gates=list(_gates(rows)))


def _gates(rows: Iterable[Row[Any]]) -> Iterable[KnownGate]:
    """The gates of rows that are sorted by gate, each with its openings."""
    known: dict[int, KnownGate] = {}
    for row in rows:
        _device, _fair, gate, opening = _parted(row)
        if gate["id"] is None:
            continue
        place = known.setdefault(gate["id"], KnownGate(**gate, openings=[]))
        if opening["opens_at"]:
            place.openings.append(KnownOpening(**opening))
    return known.values()


def _parted(row: Row[Any]) -> list[dict[str, Any]]:
    """What a row says of the device, the fair, a gate and one of its openings."""
    values = iter(row)
    return [{column.name: next(values) for column in part} for part in PARTS]


def _columns(model: type[Model], *names: str) -> list[Any]:
    return [model.__table__.c[name] for name in names]


OF_DEVICE = _columns(Device, "id", "fair_id", "user_id", "created_at", "last_contact_at", "revoked_at")
OF_FAIR = _columns(Fair, "id", "slug", "number", "timezone", "starts_on", "ends_on", "open_outside_dates")
OF_GATE = _columns(Gate, "id", "fair_id", "code", "place", "rule", "allowed_kinds", "is_closed", "activity_id")
OF_GATE += _columns(Activity, "needs_sign_up")
OF_OPENING = _columns(GateOpening, "opens_at", "closes_at")
PARTS = (OF_DEVICE, OF_FAIR, OF_GATE, OF_OPENING)
OF_TOKEN = (
    select(*(column for part in PARTS for column in part))
    .select_from(
        Device.__table__.join(Fair.__table__, Fair.id == Device.fair_id)
        .outerjoin(DeviceGate.__table__, DeviceGate.device_id == Device.id)
        .outerjoin(Gate.__table__, Gate.id == DeviceGate.gate_id)
        .outerjoin(Activity.__table__, Activity.id == Gate.activity_id)
        .outerjoin(GateOpening.__table__, GateOpening.gate_id == Gate.id)
    )
    .where(Device.token_digest == bindparam("digest"))
    .order_by(Gate.code, GateOpening.opens_at)
)  # made once, for each scan asks it

"""Gates: entrances, doors of activities and booths, and whose they are to scan at."""

from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from pydantic import BaseModel
from sqlalchemy import delete as delete_rows
from sqlalchemy import select

from techfair.accounts.models import FairRole, User
from techfair.core import access, audit
from techfair.core.database import insert_new
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import queries
from techfair.visitors.gate_models import DeviceGate, Gate, GateOpening, Scan

CHANGEABLE = (
    *("name_vi", "name_en", "rule", "allowed_kinds"),
    *("gives_names", "scans_exits", "hand_out_vi", "hand_out_en"),
)


class GateHasScans(TechfairError):
    code, status = "gate_has_scans", 409
    message = _l("This gate has scans. Close it: what was counted there stays.")


class GateCodeTaken(TechfairError):
    code, status = "gate_code_taken", 409
    message = _l("The fair has a gate with this code already.")


class GateInput(BaseModel, frozen=True):
    """A gate as its organizer describes it. ``place`` never changes: what was counted there was counted so."""

    code: str
    name_vi: str
    name_en: str = ""
    place: str = "entrance"
    activity_id: int | None = None
    booth_id: int | None = None
    rule: str = "daily"
    allowed_kinds: list[str] = []
    gives_names: bool = False
    scans_exits: bool = False
    hand_out_vi: str = ""
    hand_out_en: str = ""
    hours: tuple[time, time] | None = None  # of each day of the fair, in its zone; none: all day


def make_gate(fair: Fair, given: GateInput, by: Any) -> Gate:
    """A new gate of the fair; raises GateCodeTaken."""
    described = given.model_dump(exclude={"hours"})
    new = insert_new(Gate, [{"fair_id": fair.id, "is_closed": False} | described], returning=Gate.id)
    if not new:
        raise GateCodeTaken
    gate = db.session.get_one(Gate, new[0])
    _keep_hours(gate, fair, given.hours)
    audit.record("gate.made", gate, by=by, code=gate.code)
    return gate


def change(gate: Gate, fair: Fair, given: GateInput, by: Any) -> None:
    """Change a gate's name, rule, kinds and hours; code and place stay. Scans judged before keep their verdicts."""
    for name in CHANGEABLE:
        setattr(gate, name, getattr(given, name))
    _keep_hours(gate, fair, given.hours)
    audit.record("gate.changed", gate, by=by, rule=gate.rule, kinds=gate.allowed_kinds, names=gate.gives_names)


def close(gate: Gate, by: Any) -> None:
    """From now on the gate admits nobody, until it is reopened."""
    gate.is_closed = True
    audit.record("gate.closed", gate, by=by)


def reopen(gate: Gate, by: Any) -> None:
    gate.is_closed = False
    audit.record("gate.reopened", gate, by=by)


def delete(gate: Gate, by: Any) -> None:
    """Delete a gate at which nobody scanned; raises GateHasScans."""
    if db.session.scalar(select(Scan.id).filter_by(gate_id=gate.id).limit(1)):
        raise GateHasScans
    audit.record("gate.deleted", gate, by=by, code=gate.code)
    for belonging in (DeviceGate, GateOpening):
        db.session.execute(delete_rows(belonging).filter_by(gate_id=gate.id))
    db.session.delete(gate)
    db.session.flush()


def hours(gate: Gate, fair: Fair) -> tuple[time, time] | None:
    """The hours of the gate's first day, by the fair's clock; None where it follows the fair's days."""
    first = next(iter(gate.openings), None)
    return (_local(first.opens_at, fair), _local(first.closes_at, fair)) if first else None


def _keep_hours(gate: Gate, fair: Fair, hours: tuple[time, time] | None) -> None:
    db.session.execute(delete_rows(GateOpening).filter_by(gate_id=gate.id))
    days = range((fair.ends_on - fair.starts_on).days + 1) if hours else ()
    for day in (fair.starts_on + timedelta(days=number) for number in days):
        opens, closes = (datetime.combine(day, at, fair.zone) for at in hours or ())
        db.session.add(GateOpening(gate_id=gate.id, opens_at=opens, closes_at=closes))
    db.session.flush()


def _local(moment: datetime, fair: Fair) -> time:
    return moment.astimezone(fair.zone).time()


def of_steward(fair: Fair, user: User) -> list[Gate]:
    """The open gates at which a user may scan: all, or the ones a steward was given."""
    gates = [gate for gate in queries.gates(fair) if not gate.is_closed]
    if access.may(user, fair, "gates"):
        return gates
    role = db.session.scalars(select(FairRole).filter_by(user_id=user.id, fair_id=fair.id)).one_or_none()
    return [gate for gate in gates if role is None or not role.gate_codes or gate.code in role.gate_codes]


def next_code(fair: Fair) -> str:
    """A code to propose: the first letter that no gate has."""
    taken = {gate.code for gate in queries.gates(fair)}
    return next((letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter not in taken), "")


def has_entrance(fair: Fair) -> bool:
    """Whether people can enter: some entrance is open."""
    return any(gate.place == "entrance" and not gate.is_closed for gate in queries.gates(fair))

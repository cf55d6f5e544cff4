"""What the organizer set up on the central server, as rows that a hall server keeps with the same ids."""

import base64
import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, TypeDecorator, delete, select
from sqlalchemy.types import TypeEngine

from techfair.core.database import upsert
from techfair.extensions import Model, db
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.models import Activity, Fair, FairKey, OrganizingUnit
from techfair.visitors.approving.models import KindApproval
from techfair.visitors.gate_models import Gate, GateOpening
from techfair.visitors.kind_days.models import KindDays
from techfair.visitors.models import BadgeDesign, Delegation

Row = dict[str, Any]
Plan = dict[str, list[Row]]

# What stays on the central server: a hall needs no pictures, no secret keys, and whom to call at a delegation.
STAYS: dict[str, dict[str, Any]] = {
    "organizing_unit": {"parent_id": None},
    "fair": {"logo_digest": None},
    "fair_key": {"sealed_private_key": b""},
    "delegation": {"contact_name": "", "contact_email": "", "form_token": None},
}
KEPT = {"fair_key": ("sealed_private_key",)}  # what the hall server has of its own in such a row
KNOWN_BY = {
    "fair_key": ("fair_id", "number"),
    "badge_design": ("fair_id", "kind"),
    "kind_days": ("fair_id", "kind"),
    "kind_approval": ("fair_id", "kind"),
}  # others by their id
MAY_GO = (GateOpening, BadgeDesign, KindDays, KindApproval)  # rows that an organizer deletes


def rows(fair: Fair) -> Plan:
    """The fair's rows by table, each after those that it refers to."""
    return {model.__tablename__: list(_rows(model, condition)) for model, condition in _parts(fair.id, fair.unit_id)}


def digest(plan: Plan) -> str:
    return hashlib.sha256(json.dumps(plan, sort_keys=True).encode()).hexdigest()


def keep(plan: Plan) -> None:
    """Make the hall server's rows those of the plan."""
    [fair] = plan["fair"]
    for model, condition in _parts(fair["id"], fair["unit_id"]):
        if model in MAY_GO:
            db.session.execute(delete(model).where(condition).execution_options(synchronize_session=False))
    for model, _condition in _parts(fair["id"], fair["unit_id"]):
        name = model.__tablename__
        known_by = KNOWN_BY.get(name, ("id",))
        upsert(model, [_read(model, row, known_by) for row in plan[name]], by=known_by, keep=KEPT.get(name, ()))
    db.session.expire_all()


def _parts(fair_id: int, unit_id: int) -> list[tuple[type[Model], ColumnElement[bool]]]:
    """The tables of a plan in the order of their references, and which of their rows are the fair's."""
    gates = select(Gate.id).where(Gate.fair_id == fair_id)
    booths = select(Gate.booth_id).where(Gate.fair_id == fair_id, Gate.booth_id.is_not(None))
    halls = select(Booth.hall_id).where(Booth.id.in_(booths))
    return [
        (OrganizingUnit, OrganizingUnit.id == unit_id),
        (Fair, Fair.id == fair_id),
        (FairKey, FairKey.fair_id == fair_id),
        (Hall, Hall.id.in_(halls)),
        (Booth, Booth.id.in_(booths)),
        (Activity, Activity.fair_id == fair_id),
        (Delegation, Delegation.fair_id == fair_id),
        (Gate, Gate.fair_id == fair_id),
        (GateOpening, GateOpening.gate_id.in_(gates)),
        (BadgeDesign, BadgeDesign.fair_id == fair_id),
        (KindDays, KindDays.fair_id == fair_id),
        (KindApproval, KindApproval.fair_id == fair_id),
    ]


def _rows(model: type[Model], condition: ColumnElement[bool]) -> Iterator[Row]:
    table = model.__table__
    stays = STAYS.get(model.__tablename__, {})
    for row in db.session.execute(select(table).where(condition).order_by(*table.primary_key)).mappings():
        yield {name: _written(value) for name, value in {**row, **stays}.items()}


def _written(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value


def _read(model: type[Model], row: Row, known_by: tuple[str, ...]) -> Row:
    """The row as the table takes it; an id that nothing refers to is the hall server's own."""
    own = {"id"} - {*known_by}
    columns = [column for column in model.__table__.columns if column.name not in own]
    return {column.name: _value(_kind(column.type), row[column.name]) for column in columns}


def _kind(of: TypeEngine[Any]) -> type:
    return (of.impl_instance if isinstance(of, TypeDecorator) else of).python_type


def _value(kind: type, value: Any) -> Any:
    if value is None:
        return None
    if issubclass(kind, bytes):
        return base64.b64decode(value)
    return kind.fromisoformat(value) if issubclass(kind, datetime | date) else value

"""Who may do what to registrations, badges, gates and devices: what the fair lets them."""

from typing import Any

from techfair.core import access
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.gate_models import Device, Gate, Scan
from techfair.visitors.models import Badge, Delegation, Registration


@access.rule(Registration)
@access.rule(Badge)
@access.rule(Delegation)
def of_person(user: Any, thing: Registration | Badge | Delegation, to: str) -> bool:
    """``see`` and ``edit``: those who look after the fair's visitors."""
    return to in {"see", "edit"} and _of_fair(user, thing.fair_id, "visitors")


@access.rule(Gate)
@access.rule(Device)
@access.rule(Scan)
def of_gate(user: Any, thing: Gate | Device | Scan, to: str) -> bool:
    """``edit``: those who look after the fair's gates; ``scan``: its stewards too."""
    return to in {"edit", "scan"} and _of_fair(user, thing.fair_id, "gates" if to == "edit" else "scan")


def _of_fair(user: Any, fair_id: int, to: str) -> bool:
    return access.may(user, db.session.get_one(Fair, fair_id), to)

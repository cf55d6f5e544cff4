"""Organizing units: a tree that administrators make, rename and move."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from techfair.accounts.permissions import units_above
from techfair.core import audit
from techfair.core.database import alone
from techfair.core.refusal import InputRefused
from techfair.extensions import db
from techfair.fairs.models import OrganizingUnit

TREE_LOCK = 7_301_004  # two moves at once could close a circle that neither sees


class UnitRefused(InputRefused):
    """A name or a place in the tree that a unit cannot have; ``reason`` is the field."""


@dataclass(frozen=True)
class Branch:
    """A unit and how deep it lies."""

    unit: OrganizingUnit
    depth: int


def tree() -> list[Branch]:
    """All units, each below its parent, brothers by name."""
    children: dict[int | None, list[OrganizingUnit]] = {}
    for unit in db.session.scalars(select(OrganizingUnit).order_by(OrganizingUnit.name_vi)):
        children.setdefault(unit.parent_id, []).append(unit)

    def walk(parent: int | None, depth: int) -> list[Branch]:
        return [b for unit in children.get(parent, []) for b in (Branch(unit, depth), *walk(unit.id, depth + 1))]

    return walk(None, 0)


def save(unit: OrganizingUnit, by: Any, **values: Any) -> None:
    """Give a unit, new or not, its names, kind and place in the tree; raises UnitRefused."""
    alone(TREE_LOCK)
    parent_id = values["parent_id"]
    if unit.id is not None and parent_id is not None and unit.id in units_above(parent_id):
        raise UnitRefused("parent_id", _l("A unit cannot lie below itself. Choose another."))
    is_new = unit.id is None
    before = {} if is_new else {"name": unit.name_vi, "parent_id": unit.parent_id}
    try:
        with db.session.begin_nested():
            for name, value in values.items():
                setattr(unit, name, value)
            db.session.add(unit)
    except IntegrityError as error:
        raise UnitRefused("name_vi", _l("There is a unit of this name already.")) from error
    after = {"name": unit.name_vi, "parent_id": unit.parent_id}
    audit.record("unit.created" if is_new else "unit.changed", unit, by=by, before=before, after=after)

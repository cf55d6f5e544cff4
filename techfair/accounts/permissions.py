"""Who may do what to units, fairs, and what belongs to a fair."""

from typing import Any

from flask import g
from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import aliased

from techfair.accounts.models import FairRole, UnitRole, User
from techfair.core import access
from techfair.extensions import db
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.models import Activity, Fair, OrganizingUnit

LOOKS = {"read", "report"}


def units_above(unit_id: int) -> list[int]:
    """The unit and all above it: a role there reaches down here."""
    start = select(OrganizingUnit.id, OrganizingUnit.parent_id).where(OrganizingUnit.id == unit_id).cte(recursive=True)
    parent = aliased(OrganizingUnit)
    walk = start.union(select(parent.id, parent.parent_id).join(start, parent.id == start.c.parent_id))
    return list(db.session.scalars(select(walk.c.id)))


def roles_at(user: User, unit_id: int) -> list[UnitRole]:
    """The user's roles that reach a unit."""
    reach = _asked_once(unit_id) if user.unit_roles else ()
    return [role for role in user.unit_roles if role.unit_id in reach]


def _asked_once(unit_id: int) -> list[int]:
    """``units_above``, asked once a request: a page's rail wants to know it for each of its rooms."""
    known: dict[int, list[int]] = g.setdefault("units_above", {})
    if unit_id not in known:
        known[unit_id] = units_above(unit_id)
    return known[unit_id]


def units_below(user: User, *roles: str) -> ColumnElement[bool]:
    """Whether a unit is one where the user has one of the roles, or lies below such a one."""
    if user.is_administrator:
        return true()
    mine = select(UnitRole.unit_id).where(UnitRole.user_id == user.id, UnitRole.role.in_(roles))
    start = select(OrganizingUnit.id).where(OrganizingUnit.id.in_(mine)).cte(recursive=True)
    child = aliased(OrganizingUnit)
    walk = start.union(select(child.id).join(start, child.parent_id == start.c.id))
    return OrganizingUnit.id.in_(select(walk.c.id))


@access.scope(OrganizingUnit)
def units_of(user: User) -> ColumnElement[bool]:
    """The units whose fairs the user makes and changes."""
    return units_below(user, "admin")


@access.scope(Fair)
def fairs_of(user: User) -> ColumnElement[bool]:
    """The fairs that the user helps to run."""
    return Fair.unit_id.in_(select(OrganizingUnit.id).where(units_below(user, "admin", "staff")))


@access.rule(OrganizingUnit)
def of_unit(user: Any, unit: OrganizingUnit, to: str) -> bool:
    """``settings`` (its administrators) and ``read`` (everyone of the unit)."""
    if not user.is_authenticated:
        return False
    if user.is_administrator:
        return True
    roles = roles_at(user, unit.id)
    return bool(roles) if to == "read" else any(role.role == "admin" for role in roles)


STEWARDS_DO = {"scan": {"gates"}, "day": {"gates", "meetings"}}  # and which grants let staff do it


@access.rule(Fair)
def of_fair(user: Any, fair: Fair, to: str) -> bool:
    """``see`` (anyone, once published), ``scan`` and ``day``, the tables of the meetings on their day (stewards
    too), ``read``, a grant of GRANTS, or ``settings``.
    """
    if to == "see" and fair.is_public:
        return True
    if not user.is_authenticated:
        return False
    if user.is_administrator:
        return True
    if any(_allows(role, to) for role in roles_at(user, fair.unit_id)):  # mostly read already
        return True
    return to in STEWARDS_DO and is_steward(user, fair.id)


def _allows(role: UnitRole, to: str) -> bool:
    if role.role == "admin" or to == "see":
        return True
    if to in STEWARDS_DO:
        return not STEWARDS_DO[to].isdisjoint(role.grants)
    if to in LOOKS:
        return bool(role.grants)
    return to in role.grants


def is_steward(user: User, fair_id: int) -> bool:
    mine = select(FairRole.id).filter_by(user_id=user.id, fair_id=fair_id, role="steward").limit(1)
    return db.session.scalar(mine) is not None


@access.rule(Activity)
@access.rule(Hall)
@access.rule(Booth)
def of_part(user: Any, part: Any, to: str) -> bool:
    """A part of a fair follows the fair."""
    return access.may(user, db.session.get_one(Fair, part.fair_id), to)


@access.rule(UnitRole)
def of_unit_role(user: Any, role: UnitRole, to: str) -> bool:
    """``edit``: staff by the unit's administrators; its administrators by the platform's alone."""
    if not user.is_authenticated:
        return False
    return bool(user.is_administrator) or (role.role == "staff" and access.may(user, role.unit, "settings"))


@access.rule(FairRole)
def of_fair_role(user: Any, role: FairRole, to: str) -> bool:
    return access.may(user, role.fair, "settings")


@access.rule(User)
def of_user(user: Any, other: User, to: str) -> bool:
    """Another's account is the platform administrators' business alone."""
    return bool(user.is_authenticated and user.is_administrator)

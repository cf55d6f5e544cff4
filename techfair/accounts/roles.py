"""Who may do what where: given and taken, told by mail, written into the audit log."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select

from techfair.accounts import mailing
from techfair.accounts.models import GRANTS, FairRole, UnitRole, User
from techfair.core import audit
from techfair.core.database import alone
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs.models import Fair, OrganizingUnit

LAST_LOCK = 7_301_005  # two administrators must not dismiss each other at once


class LastAdministrator(TechfairError):
    code, status = "last_administrator", 409
    message = _l("This is the last administrator. Make another one first.")


def give_unit_role(user: User, unit: OrganizingUnit, role: str, grants: list[str], by: Any) -> UnitRole:
    """Make the user administrator or staff of a unit, or change what they may do there; invites by mail."""
    given = db.session.scalar(select(UnitRole).filter_by(user_id=user.id, unit_id=unit.id))
    is_new = given is None
    if given is None:
        given = UnitRole(user_id=user.id, unit_id=unit.id)
        db.session.add(given)
    given.role = role
    given.grants = [grant for grant in GRANTS if grant in grants] if role == "staff" else []
    audit.record("unit_role.given", given, by=by, user=user.email, unit_id=unit.id, role=role, grants=given.grants)
    if is_new:
        mailing.mail_invitation(user, unit.name_vi, unit.name_en)
    return given


def give_steward(user: User, fair: Fair, by: Any) -> FairRole:
    """Let the user scan at a fair's gates; invites by mail."""
    given = db.session.scalar(select(FairRole).filter_by(user_id=user.id, fair_id=fair.id, role="steward"))
    if given is None:
        given = FairRole(user_id=user.id, fair_id=fair.id, role="steward")
        db.session.add(given)
        audit.record("steward.given", given, by=by, user=user.email)
        mailing.mail_invitation(user, fair.name_vi, fair.name_en)
    return given


def take(role: UnitRole | FairRole, by: Any) -> None:
    """End a role; what was done in it stays."""
    action = "unit_role.taken" if isinstance(role, UnitRole) else "steward.taken"
    audit.record(action, role, by=by, user_id=role.user_id)
    db.session.execute(delete(type(role)).filter_by(id=role.id))


def set_active(user: User, is_active: bool, by: Any) -> None:
    """Close or reopen an account; closing ends its sessions. Raises LastAdministrator."""
    if not is_active and user.is_administrator:
        _refuse_last()
    user.is_active = is_active
    user.session_epoch += 1
    audit.record("user.reopened" if is_active else "user.closed", user, by=by)


def set_administrator(user: User, is_administrator: bool, by: Any) -> None:
    """Make someone a platform administrator or no longer; raises LastAdministrator."""
    if not is_administrator:
        _refuse_last()
    user.is_administrator = is_administrator
    audit.record("user.made_administrator" if is_administrator else "user.no_longer_administrator", user, by=by)


def _refuse_last() -> None:
    alone(LAST_LOCK)
    active = select(func.count()).select_from(User).filter_by(is_administrator=True, is_active=True)
    if (db.session.scalar(active) or 0) < 2:
        raise LastAdministrator

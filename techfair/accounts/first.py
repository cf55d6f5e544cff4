"""The first administrator of a new installation: by the command, or by the page /setup while there is none."""

from sqlalchemy import select

from techfair.accounts.models import User
from techfair.accounts.passwords import set_password
from techfair.accounts.people import person
from techfair.core import audit
from techfair.core.database import alone
from techfair.core.errors import TechfairError
from techfair.extensions import db

FIRST_LOCK = 7_301_003  # of two first administrators at once, one is made


class SetupIsOver(TechfairError):
    """There is an administrator: the first-run page does not exist any more."""

    code, status = "setup_is_over", 404


def is_needed() -> bool:
    """Whether nobody administers this installation yet."""
    return db.session.scalar(select(User.id).filter_by(is_administrator=True).limit(1)) is None


def set_up(email: str, full_name: str, password: str, language: str) -> User:
    """Make the first administrator; raises SetupIsOver where somebody was first."""
    alone(FIRST_LOCK)
    if not is_needed():
        raise SetupIsOver
    user = administrator(email, full_name, language)
    set_password(user, password)
    return user


def administrator(email: str, full_name: str, language: str = "vi") -> User:
    """Make the person of an address an administrator; does nothing where they are one."""
    user = person(email, full_name, language)
    if not (user.is_administrator and user.is_active):
        user.is_administrator = user.is_active = True
        audit.record("user.made_administrator", user, by="setup")
    return user

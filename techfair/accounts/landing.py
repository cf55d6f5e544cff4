"""Where someone lands after signing in: each role where it works.

Rooms to the right add where theirs work; the first that knows the user decides.
"""

from urllib.parse import urlsplit

from flask import request, url_for
from sqlalchemy import select

from techfair.accounts.models import FairRole, UnitRole, User
from techfair.core.in_order import Additions
from techfair.extensions import db
from techfair.fairs.models import Fair

places: Additions[[User], str] = Additions()  # addresses


def after_sign_in(user: User, next: str | None) -> str:
    """The page that was asked for before signing in, if it is one of ours, else where the user works."""
    return next if next and is_local(next) else of(user)


def of(user: User) -> str:
    """The page where the user works; the account's own where no room knows the user."""
    return places.first(user) or url_for("accounts.account")


def is_local(address: str) -> bool:
    """Whether an address is a path on this site: browsers read ``//x``, ``/\\x`` and control characters otherwise."""
    if not address.startswith("/") or address[1:2] in {"/", "\\"} or not address.isprintable():
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc


@places.add(10)
def administrators(user: User) -> str | None:
    return f"{request.script_root}/admin/" if user.is_administrator else None


@places.add(20)
def organizers(user: User) -> str | None:
    mine = select(UnitRole.id).filter_by(user_id=user.id).limit(1)
    return f"{request.script_root}/organizer/" if db.session.scalar(mine) else None


@places.add(40)
def stewards(user: User) -> str | None:
    """The scan page of the fair that runs, else of the latest."""
    mine = select(Fair).join(FairRole).where(FairRole.user_id == user.id, FairRole.role == "steward")
    fairs = list(db.session.scalars(mine.order_by(Fair.starts_on.desc())))
    running = [fair for fair in fairs if fair.starts_on <= fair.today <= fair.ends_on]
    return next((f"{request.script_root}/gate/{fair.slug}" for fair in running + fairs), None)

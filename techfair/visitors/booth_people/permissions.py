"""Who may do what to an exhibitor's staff and codes: those who act for it."""

from typing import Any

from techfair.core import access
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.visitors.booth_people.models import GuestCode, StaffBadge


@access.rule(StaffBadge)
@access.rule(GuestCode)
def of_brought(user: Any, thing: StaffBadge | GuestCode, to: str) -> bool:
    """``act``, as of the exhibitor."""
    return to == "act" and access.may(user, db.session.get_one(Exhibitor, thing.exhibitor_id), "act")

"""Who may see and change fees."""

from typing import Any

from techfair.core import access
from techfair.exhibitors.fees.models import Fee
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db


@access.rule(Fee)
def of_fee(user: Any, fee: Fee, to: str) -> bool:
    """``look`` and ``review`` for organizers of its fair, ``read`` for people of the company that pays."""
    return access.may(user, db.session.get_one(Exhibitor, fee.exhibitor_id), to) if to != "see" else False

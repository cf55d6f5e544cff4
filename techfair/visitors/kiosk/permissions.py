"""Who may do what to kiosks: those who look after the fair's visitors."""

from typing import Any

from techfair.core import access
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.kiosk.models import Kiosk


@access.rule(Kiosk)
def of_kiosk(user: Any, kiosk: Kiosk, to: str) -> bool:
    """``edit``: as of the fair's visitors."""
    return to == "edit" and access.may(user, db.session.get_one(Fair, kiosk.fair_id), "visitors")

"""Who may see and change ceremonies: the fair's organizers with the grant for agreements."""

from typing import Any

from techfair.agreements.ceremony.models import Ceremony
from techfair.core import access
from techfair.extensions import db
from techfair.fairs.models import Fair


@access.rule(Ceremony)
def of_ceremony(user: Any, ceremony: Ceremony, to: str) -> bool:
    """``run``."""
    return to == "run" and access.may(user, db.session.get_one(Fair, ceremony.fair_id), "agreements")

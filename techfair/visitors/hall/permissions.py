"""Who may do what to hall servers: those who look after the fair's gates."""

from typing import Any

from techfair.core import access
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.hall.models import HallServer


@access.rule(HallServer)
def of_hall(user: Any, server: HallServer, to: str) -> bool:
    return to == "edit" and access.may(user, db.session.get_one(Fair, server.fair_id), "gates")

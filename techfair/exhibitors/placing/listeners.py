"""When a booth is given, the others who asked for it are told."""

from typing import Any

from sqlalchemy import select

from techfair.exhibitors.booths import booth_given
from techfair.exhibitors.models import BoothAssignment
from techfair.exhibitors.placing import requests
from techfair.extensions import db


@booth_given.connect
def tell_the_others(given: BoothAssignment, by: Any) -> None:
    """Who else asked for this booth can choose another."""
    others = select(BoothAssignment).filter_by(booth_id=given.booth_id, state="requested")
    for request in db.session.scalars(others.order_by(BoothAssignment.id)).all():
        requests.turn_down(request, by, is_given=True)

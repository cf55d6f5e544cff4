"""What the worker does again and again: offers expire."""

from techfair.core import clock
from techfair.core.jobs import every
from techfair.exhibitors.placing import offers
from techfair.extensions import db


@every(minutes=5)
def expire_offers() -> None:
    """End the offers whose time is over; their exhibitors get a mail."""
    offers.expire_due(clock.now())
    db.session.commit()

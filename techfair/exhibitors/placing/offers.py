"""A booth offered to one exhibitor for some days: accepted, declined, or expired by itself."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from techfair.core import audit, clock
from techfair.core.errors import TechfairError
from techfair.exhibitors import booths, letters
from techfair.exhibitors.models import BoothAssignment, Exhibitor
from techfair.exhibitors.placing.requests import OWN_PAGE, end
from techfair.extensions import db

DAYS = (2, 3, 5, 7, 14)  # for which an offer may stand
USUAL_DAYS = 5


class OfferExpired(TechfairError):
    code, status = "offer_expired", 409
    message = _l(
        "This offer has expired. Ask for the booth again; if it is still free the organizer can offer it anew."
    )


def offer(request: BoothAssignment, by: Any, days: int = USUAL_DAYS) -> None:
    """Offer the booth of a request to who asked; raises StepSkipped, booths.BoothTaken, booths.BoothUnusable."""
    exhibitor = db.session.get_one(Exhibitor, request.exhibitor_id)
    booths.refuse_unusable(exhibitor, request.booth)
    db.session.refresh(request, ["state"], with_for_update=True)
    until = clock.now() + timedelta(days=days)
    booths.hold(request, "offered", expires_at=until)
    audit.record("booth.offered", exhibitor, by=by, booth=request.booth.code, until=until.isoformat())
    letters.tell_exhibitor(exhibitor, "booth_offered", OWN_PAGE, booth=request.booth, until=until)


def accept(offered: BoothAssignment, by: Any) -> None:
    """The exhibitor takes the booth; raises OfferExpired, StepSkipped."""
    db.session.refresh(offered, ["state", "expires_at"], with_for_update=True)
    if offered.state == "released" or (offered.state == "offered" and _is_over(offered, clock.now())):
        raise OfferExpired
    offered.move_to("assigned")
    offered.changed_at = clock.now()
    exhibitor = db.session.get_one(Exhibitor, offered.exhibitor_id)
    audit.record("booth.accepted", exhibitor, by=by, booth=offered.booth.code)
    booths.booth_given.send(offered, by=by)


def decline(offered: BoothAssignment, by: Any) -> None:
    """The exhibitor does not want the booth: it is free for others who asked."""
    exhibitor = end(offered, "offered")
    audit.record("booth.offer_declined", exhibitor, by=by, booth=offered.booth.code)


def expire_due(now: datetime) -> int:
    """End the offers whose time is over and tell who had them; how many."""
    due = select(BoothAssignment).where(BoothAssignment.state == "offered", BoothAssignment.expires_at <= now)
    over = db.session.scalars(due.order_by(BoothAssignment.id).with_for_update(of=BoothAssignment)).all()
    for offered in over:
        exhibitor = end(offered, "offered", now)
        audit.record("booth.offer_expired", exhibitor, by="system", booth=offered.booth.code)
        letters.tell_exhibitor(exhibitor, "booth_offer_expired", OWN_PAGE, booth=offered.booth)
    return len(over)


def _is_over(offered: BoothAssignment, now: datetime) -> bool:
    return offered.expires_at is not None and offered.expires_at <= now

"""Exhibitors ask for booths that are free; several may ask for one, and the organizer decides."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from techfair.core import audit, clock, database
from techfair.core.errors import TechfairError
from techfair.exhibitors import booths, letters
from techfair.exhibitors.booths import BoothTaken
from techfair.exhibitors.models import BoothAssignment, Exhibitor
from techfair.extensions import db
from techfair.fairs.floor.models import Booth

MOST = 3  # requests of one exhibitor at once: an order of choice, not the whole hall
OWN_PAGE = "/exhibitor/booth"


class TooManyRequests(TechfairError):
    code, status = "too_many_requests_for_booths", 409
    message = _l("You ask for %(most)s booths already. Withdraw one of these requests first.", most=MOST)


def ask(exhibitor: Exhibitor, booth: Booth, by: Any) -> BoothAssignment:
    """Note that an exhibitor asks for a booth; asking twice is asking once.

    Raises BoothUnusable, BoothTaken, TooManyRequests.
    """
    booths.refuse_unusable(exhibitor, booth)
    if (mine := booths.own(exhibitor.id, booth.id)) is not None:
        return mine
    if booths.held(booth) is not None:
        raise BoothTaken(booth, booths.free(booth.fair_id))
    _count(exhibitor)
    row = {"booth_id": booth.id, "exhibitor_id": exhibitor.id, "state": "requested"}
    inserted = database.insert_new(BoothAssignment, [row], returning=BoothAssignment.id)
    if not inserted:  # the same form at the same moment
        return booths.own(exhibitor.id, booth.id) or ask(exhibitor, booth, by)
    audit.record("booth.requested", exhibitor, by=by, booth=booth.code)
    return db.session.get_one(BoothAssignment, inserted[0])


def _count(exhibitor: Exhibitor) -> None:
    """Raises TooManyRequests; whoever asks twice at once waits here for the first."""
    db.session.execute(select(Exhibitor.id).filter_by(id=exhibitor.id).with_for_update())
    mine = [one for one in booths.held_by(exhibitor.id) if one.state == "requested"]
    if len(mine) >= MOST:
        raise TooManyRequests


def withdraw(request: BoothAssignment, by: Any) -> None:
    """The exhibitor takes the request back."""
    exhibitor = end(request, "requested")
    audit.record("booth.request_withdrawn", exhibitor, by=by, booth=request.booth.code)


def turn_down(request: BoothAssignment, by: Any, reason: str = "", *, is_given: bool = False) -> None:
    """The organizer will not give this booth, or ``is_given`` to another; the exhibitor is told."""
    exhibitor = end(request, "requested")
    audit.record("booth.request_turned_down", exhibitor, by=by, booth=request.booth.code, reason=reason)
    letters.tell_exhibitor(
        exhibitor, "booth_turned_down", OWN_PAGE, booth=request.booth, reason=reason, is_given=is_given
    )


def end(assignment: BoothAssignment, state: str, now: datetime | None = None) -> Exhibitor:
    """Release what is still in ``state``; raises StepSkipped where somebody decided meanwhile."""
    db.session.refresh(assignment, ["state"], with_for_update=True)
    if assignment.state != state:
        assignment.move_to(state)  # no way leads back, so this says that it has changed
    assignment.move_to("released")
    assignment.changed_at = now or clock.now()
    return db.session.get_one(Exhibitor, assignment.exhibitor_id)

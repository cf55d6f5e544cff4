"""Who has which booth. Two exhibitors on one booth are refused by the database itself."""

from collections.abc import Iterable
from typing import Any

from blinker import Signal
from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError

from techfair.accounts.models import User
from techfair.core import audit, clock, database
from techfair.core.errors import TechfairError
from techfair.exhibitors.models import BoothAssignment, Exhibitor
from techfair.extensions import db
from techfair.fairs.floor.models import Booth

booth_given = Signal("An exhibitor has a booth for good. Sent before the commit with ``by``: write rows only.")

MOST_NAMED = 6  # free booths that a refusal names


class BoothTaken(TechfairError):
    """Somebody else has the booth; the message names what is free."""

    code, status = "booth_taken", 409

    def __init__(self, booth: Booth, free: list[Booth]) -> None:
        codes = ", ".join(other.code for other in free[:MOST_NAMED])
        if codes:
            message = _l("Booth %(code)s was taken meanwhile. Free are: %(free)s.", code=booth.code, free=codes)
        else:
            message = _l("Booth %(code)s was taken meanwhile, and no other is free.", code=booth.code)
        super().__init__(message)


class BoothUnusable(TechfairError):
    """The booth is blocked, or stands at another fair, or the exhibitor takes no part any more."""

    code, status = "booth_unusable", 409
    message = _l("This booth cannot be given to this exhibitor.")


def free(fair_id: int) -> list[Booth]:
    """The booths of a fair that can be given to somebody, in the order of their codes."""
    held = exists().where(BoothAssignment.booth_id == Booth.id, BoothAssignment.state.in_(("offered", "assigned")))
    usable = select(Booth).where(Booth.fair_id == fair_id, ~Booth.is_blocked, ~held)
    return list(db.session.scalars(usable.order_by(Booth.code)))


def refuse_unusable(exhibitor: Exhibitor, booth: Booth) -> None:
    """Raises BoothUnusable where this exhibitor could never have this booth as things stand."""
    if booth.fair_id != exhibitor.fair_id or booth.is_blocked or not exhibitor.is_active:
        raise BoothUnusable


def assign(exhibitor: Exhibitor, booth: Booth, by: User) -> BoothAssignment:
    """Give an exhibitor a booth; giving it twice is giving it once. Raises BoothTaken, BoothUnusable."""
    refuse_unusable(exhibitor, booth)
    mine = own(exhibitor.id, booth.id)
    if mine is None:
        mine = _assigned(exhibitor, booth)
    elif mine.state == "assigned":
        return mine
    else:
        hold(mine, "assigned")
    audit.record("booth.assigned", exhibitor, by=by, booth=booth.code)
    booth_given.send(mine, by=by)
    return mine


def own(exhibitor_id: int, booth_id: int) -> BoothAssignment | None:
    """What an exhibitor has to do with a booth: has it, was offered it, or asked for it; the furthest of these."""
    those = select(BoothAssignment).filter_by(exhibitor_id=exhibitor_id, booth_id=booth_id)
    found = db.session.scalars(those.where(BoothAssignment.state != "released")).all()
    return min(found, key=lambda one: ("assigned", "offered", "requested").index(one.state), default=None)


def hold(assignment: BoothAssignment, state: str, **values: Any) -> None:
    """Move a request on to where it keeps others out; raises BoothTaken where somebody else has the booth."""
    booth = assignment.booth
    try:
        with db.session.begin_nested():
            assignment.move_to(state)
            assignment.changed_at = clock.now()
            for name, value in values.items():
                setattr(assignment, name, value)
    except IntegrityError as error:
        raise BoothTaken(booth, free(booth.fair_id)) from error


def _assigned(exhibitor: Exhibitor, booth: Booth) -> BoothAssignment:
    row = {"booth_id": booth.id, "exhibitor_id": exhibitor.id, "state": "assigned"}
    inserted = database.insert_new(BoothAssignment, [row], returning=BoothAssignment.id)
    if inserted:
        return db.session.get_one(BoothAssignment, inserted[0])
    present = held(booth)  # of two at once: the other may have been for the same exhibitor
    if present is None or present.exhibitor_id != exhibitor.id:
        raise BoothTaken(booth, free(booth.fair_id))
    return present


def release(assignment: BoothAssignment, exhibitor: Exhibitor, by: User) -> None:
    """Take a booth from an exhibitor, so that another may have it."""
    assignment.move_to("released")
    assignment.changed_at = clock.now()
    audit.record("booth.released", exhibitor, by=by, booth=assignment.booth.code)


def release_all(exhibitor: Exhibitor, by: User) -> None:
    """Free every booth of an exhibitor that takes no part any more."""
    for assignment in held_by(exhibitor.id):
        release(assignment, exhibitor, by)


def held_by(exhibitor_id: int) -> list[BoothAssignment]:
    """The booths an exhibitor has, was offered or asked for."""
    those = select(BoothAssignment).where(
        BoothAssignment.exhibitor_id == exhibitor_id, BoothAssignment.state != "released"
    )
    return list(db.session.scalars(those.order_by(BoothAssignment.id)))


def codes(assignments: Iterable[BoothAssignment]) -> list[str]:
    """The codes of the booths that are given for good, for people to read."""
    return sorted(one.booth.code for one in assignments if one.state == "assigned")


def held(booth: Booth) -> BoothAssignment | None:
    """Who has a booth, or was offered it."""
    those = select(BoothAssignment).where(
        BoothAssignment.booth_id == booth.id, BoothAssignment.state.in_(("offered", "assigned"))
    )
    return db.session.scalars(those).one_or_none()

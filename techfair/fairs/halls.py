"""Halls and the booths in them; a booth that somebody has or had is blocked, never deleted."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from techfair.core import audit
from techfair.core.database import insert_new
from techfair.core.errors import TechfairError
from techfair.core.refusal import InputRefused
from techfair.extensions import db
from techfair.fairs.floor import drawing, terms
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.floor.schemas import GRID
from techfair.fairs.models import Fair

AISLE = 1  # free squares below a row of booths


class CodeTaken(InputRefused):
    """The fair has a hall or booths of this code already; ``reason`` is the field."""


class HallInUse(TechfairError):
    code, status = "hall_in_use", 409
    message = _l("This hall has booths. Delete or move them first.")


class BoothInUse(TechfairError):
    """An exhibitor has the booth or had it, or a gate stands there."""

    code, status = "booth_in_use", 409
    message = _l("An exhibitor has or had this booth, or a gate stands there. Block it: what happened there stays.")


def add_hall(fair: Fair, by: Any, **values: Any) -> Hall:
    """A new hall of the fair; raises CodeTaken."""
    new = insert_new(Hall, [{"fair_id": fair.id} | values], returning=Hall.id)
    if not new:
        raise _hall_taken(values["code"])
    hall = db.session.get_one(Hall, new[0])
    audit.record("hall.added", hall, by=by, code=hall.code)
    return hall


def change_hall(hall: Hall, by: Any, **values: Any) -> None:
    """Change a hall's code and names; raises CodeTaken."""
    try:
        with db.session.begin_nested():
            for name, value in values.items():
                setattr(hall, name, value)
    except IntegrityError as error:
        raise _hall_taken(values["code"]) from error
    audit.record("hall.changed", hall, by=by, code=hall.code)


def _hall_taken(code: str) -> CodeTaken:
    return CodeTaken("code", _l("The fair has a hall %(code)s already.", code=code))


def delete_hall(hall: Hall, by: Any) -> None:
    """Delete a hall without booths; raises HallInUse."""
    try:
        with db.session.begin_nested():
            db.session.delete(hall)
    except IntegrityError as error:
        raise HallInUse from error
    audit.record("hall.deleted", hall, by=by, code=hall.code)


def add_booths(hall: Hall, codes: Sequence[str], by: Any, **values: Any) -> list[Booth]:
    """New booths side by side below those that stand in the hall; all of them, or none: raises CodeTaken."""
    drawing.touch(hall.id)
    category = values.get("category", "standard")
    size = terms.sizes(hall.fair_id)[category]
    common = {"hall_id": hall.id, "fair_id": hall.fair_id, "category": category} | size | values
    places = _places(hall, common["width"], common["height"])
    rows = [common | {"code": code, "is_blocked": False} | next(places) for code in codes]
    with db.session.begin_nested():
        ids = insert_new(Booth, rows, returning=Booth.id)
        if len(ids) < len(codes):
            raise _booths_taken(hall, codes, ids)
    hall.rows = max(hall.rows, *(row["y"] + row["height"] for row in rows))
    hall.columns = max(hall.columns, *(row["x"] + row["width"] for row in rows))
    audit.record("booths.added", hall, by=by, codes=list(codes))
    return list(db.session.scalars(select(Booth).where(Booth.id.in_(ids)).order_by(Booth.code)))


def _places(hall: Hall, width: int, height: int) -> Iterator[dict[str, int]]:
    """Free places on the plan, row after row; beyond the grid they lie on its last squares, to be moved by hand."""
    lowest = select(func.max(Booth.y + Booth.height)).filter_by(hall_id=hall.id)
    used = db.session.scalar(lowest)
    x, y = 0, 0 if used is None else used + AISLE
    while True:
        yield {"x": min(x, GRID - width), "y": min(y, GRID - height)}
        x += width
        if x + width > hall.columns:
            x, y = 0, y + height + AISLE


def _booths_taken(hall: Hall, codes: Sequence[str], new: Sequence[int]) -> CodeTaken:
    """Names the codes that stood there before those that are new."""
    those = select(Booth.code).where(Booth.fair_id == hall.fair_id, Booth.code.in_(codes), Booth.id.not_in(new))
    taken = ", ".join(db.session.scalars(those.order_by(Booth.code)))
    return CodeTaken("codes", _l("The fair has these booths already: %(codes)s.", codes=taken))


def change_booth(booth: Booth, by: Any, **values: Any) -> None:
    """Change a booth's code, kind and area; raises CodeTaken."""
    try:
        with db.session.begin_nested():
            for name, value in values.items():
                setattr(booth, name, value)
            drawing.touch(booth.hall_id)
    except IntegrityError as error:
        raise CodeTaken("code", _l("The fair has a booth %(code)s already.", code=values["code"])) from error
    audit.record("booth.changed", booth, by=by, code=booth.code)


def block(booth: Booth, by: Any) -> None:
    """From now on the booth is given to nobody; who has it keeps it."""
    booth.is_blocked = True
    drawing.touch(booth.hall_id)
    audit.record("booth.blocked", booth, by=by, code=booth.code)


def unblock(booth: Booth, by: Any) -> None:
    booth.is_blocked = False
    drawing.touch(booth.hall_id)
    audit.record("booth.unblocked", booth, by=by, code=booth.code)


def delete_booth(booth: Booth, by: Any) -> None:
    """Delete a booth that nobody has or had; raises BoothInUse."""
    try:
        with db.session.begin_nested():
            db.session.delete(booth)
            drawing.touch(booth.hall_id)
    except IntegrityError as error:
        raise BoothInUse from error
    audit.record("booth.deleted", booth, by=by, code=booth.code)

"""A hall's drawing, saved whole: what cannot stand is refused with the reason, and nothing is undone unseen."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from techfair.core import audit
from techfair.core.database import insert_new
from techfair.core.errors import ChangedMeanwhile, TechfairError
from techfair.extensions import db
from techfair.fairs import queries
from techfair.fairs.floor import geometry
from techfair.fairs.floor.geometry import Fault
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.floor.schemas import Drawing, DrawnBooth, Feature

COLUMNS = ("code", "x", "y", "width", "height", "category", "square_metres", "is_blocked")


class DrawingRefused(TechfairError):
    """What was drawn cannot stand so; ``faults`` name each booth and why."""

    code, status = "drawing_refused", 422
    message = _l("This cannot stand so. Nothing was saved yet; what is drawn stays on your screen.")

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = list(faults)


class BoothsInUse(TechfairError):
    """Booths that were taken off the plan although somebody has or had them."""

    code, status = "booths_in_use", 409

    def __init__(self, codes: Iterable[str]) -> None:
        told = ", ".join(codes)
        super().__init__(
            _l("Exhibitors have or had %(codes)s, or a gate stands there. Block such booths instead.", codes=told)
        )


def why(fault: Fault) -> str:
    """A fault as people read it."""
    values = {"code": fault.code, "other": fault.other}
    texts: dict[str, str] = {
        "outside": _("%(code)s stands outside the hall.", **values),
        "overlap": _("%(code)s stands on %(other)s.", **values),
        "in_the_way": _("%(code)s stands on an aisle or an entrance.", **values),
        "double_code": _("%(code)s is the code of two booths.", **values),
    }
    return texts[fault.reason]


def of(hall: Hall) -> Drawing:
    """The hall as it is drawn now."""
    booths = [
        DrawnBooth.model_construct(id=booth.id, **{name: getattr(booth, name) for name in COLUMNS})
        for booth in queries.booths(hall)
    ]
    # Not validated: a hall of before the plan may hold what nobody could draw today, and is shown to be mended.
    features = [Feature.model_validate(feature) for feature in hall.features]
    return Drawing.model_construct(
        version=hall.plan_version, columns=hall.columns, rows=hall.rows, booths=booths, features=features
    )


def touch(hall_id: int) -> None:
    """Note that the hall's drawing changed: whoever draws at this moment is told."""
    db.session.execute(update(Hall).where(Hall.id == hall_id).values(plan_version=Hall.plan_version + 1))


def save(hall: Hall, drawing: Drawing, by: Any) -> None:
    """Make the hall what was drawn; raises ChangedMeanwhile, DrawingRefused, BoothsInUse, and then keeps nothing."""
    _take(hall, drawing.version)
    present = {booth.id: booth for booth in db.session.scalars(select(Booth).filter_by(hall_id=hall.id))}
    if any(drawn.id is not None and drawn.id not in present for drawn in drawing.booths):
        raise ChangedMeanwhile
    if found := geometry.faults(drawing.columns, drawing.rows, drawing.booths, drawing.ways) + _taken(hall, drawing):
        raise DrawingRefused(found)
    hall.columns, hall.rows = drawing.columns, drawing.rows
    hall.features = [feature.model_dump() for feature in drawing.features]
    kept = {drawn.id for drawn in drawing.booths}
    gone = _delete([booth for id, booth in present.items() if id not in kept])
    changed = _change(present, drawing.booths)
    new = [{"hall_id": hall.id, "fair_id": hall.fair_id} | _values(one) for one in drawing.booths if one.id is None]
    db.session.flush()
    if len(insert_new(Booth, new, returning=Booth.id)) < len(new):  # another hall took a code at this very moment
        raise ChangedMeanwhile
    codes: dict[str, Any] = {"added": [one["code"] for one in new], "changed": changed, "deleted": gone}
    audit.record("hall.drawn", hall, by=by, **{name: told for name, told in codes.items() if told})


def _take(hall: Hall, version: int) -> None:
    """Raise the hall's version if it is the one that was drawn from; of two at once the second waits, then fails."""
    mine = update(Hall).where(Hall.id == hall.id, Hall.plan_version == version).values(plan_version=version + 1)
    if db.session.scalar(mine.returning(Hall.id)) is None:
        raise ChangedMeanwhile
    db.session.refresh(hall)


def _taken(hall: Hall, drawing: Drawing) -> list[Fault]:
    """Codes that booths of other halls have."""
    codes = [drawn.code for drawn in drawing.booths]
    others = select(Booth.code).where(Booth.fair_id == hall.fair_id, Booth.hall_id != hall.id, Booth.code.in_(codes))
    return [Fault("double_code", code) for code in db.session.scalars(others.order_by(Booth.code))]


def _delete(booths: list[Booth]) -> list[str]:
    """Take these off the plan; the database refuses those that exhibitors or gates refer to."""
    in_use = [booth.code for booth in booths if not _is_deleted(booth)]
    if in_use:
        raise BoothsInUse(in_use)
    return [booth.code for booth in booths]


def _is_deleted(booth: Booth) -> bool:
    try:
        with db.session.begin_nested():
            db.session.delete(booth)
    except IntegrityError:
        return False
    return True


def _change(present: dict[int, Booth], drawn: Iterable[DrawnBooth]) -> list[str]:
    """Bring the known booths to what was drawn; the codes of those that changed."""
    changed = [one for one in drawn if one.id is not None and _values(one) != _values(present[one.id])]
    for one in changed:  # two that exchange their codes would meet in the unique constraint
        if one.id is not None and one.code != present[one.id].code:
            present[one.id].code = f"~{one.id}"
    db.session.flush()
    for one in changed:
        for name, value in _values(one).items():
            setattr(present[one.id or 0], name, value)
    return [one.code for one in changed]


def _values(of: Booth | DrawnBooth) -> dict[str, Any]:
    return {name: getattr(of, name) for name in COLUMNS}

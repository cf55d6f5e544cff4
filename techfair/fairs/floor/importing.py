"""Booths of a table put into the halls of a fair: each where the table says, what stands there already stays."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from techfair.core import audit
from techfair.extensions import db
from techfair.fairs import halls
from techfair.fairs.floor import drawing, geometry
from techfair.fairs.floor.listing import ListedBooth
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.floor.schemas import Drawing, DrawnBooth
from techfair.fairs.models import Fair


def judge(fair: Fair, listed: Sequence[ListedBooth]) -> None:
    """Mark the rows whose booth cannot stand there: on another, on a way, or with the code of another hall's."""
    halls = _halls(fair)
    at_fair = select(Booth.code, Hall.code).join(Hall, Hall.id == Booth.hall_id).where(Booth.fair_id == fair.id)
    elsewhere = {row[0]: row[1] for row in db.session.execute(at_fair)}
    for code in {one.hall for one in listed}:
        _judge_hall(halls.get(code), [one for one in listed if one.hall == code and one.booth is not None])
    for one in listed:
        if one.booth is not None and elsewhere.get(one.booth.code, one.hall) != one.hall:
            one.errors["code"] = _("Hall %(hall)s has a booth of this code.", hall=elsewhere[one.booth.code])


def _judge_hall(hall: Hall | None, listed: Sequence[ListedBooth]) -> None:
    rows = {one.booth.code: one for one in listed if one.booth is not None and one.is_good}
    drawn = _drawn(hall, [one.booth for one in rows.values() if one.booth is not None])
    for fault in geometry.faults(drawn.columns, drawn.rows, drawn.booths, drawn.ways):
        if fault.code in rows:  # of two rows that meet the later one; who stands there already stays
            rows[fault.code].errors[""] = drawing.why(fault)


def put(fair: Fair, listed: Iterable[ListedBooth], by: Any) -> int:
    """Put the good rows' booths into their halls, making those that are missing; how many booths that are."""
    by_hall: dict[str, list[DrawnBooth]] = {}
    for one in listed:
        if one.is_good and one.booth is not None:
            by_hall.setdefault(one.hall, []).append(one.booth)
    known = _halls(fair)
    for code, booths in by_hall.items():
        hall = known.get(code) or halls.add_hall(fair, by, code=code, name_vi=f"Nhà {code}", name_en=f"Hall {code}")
        drawing.save(hall, _drawn(hall, booths), by)
    number = sum(map(len, by_hall.values()))
    audit.record("booths.imported", fair, by=by, booths=number)
    return number


def _drawn(hall: Hall | None, booths: Sequence[DrawnBooth]) -> Drawing:
    """The hall with these booths in it, as large as they need."""
    before = drawing.of(hall) if hall else Drawing.model_construct(version=0, columns=1, rows=1, booths=[], features=[])
    ids = {booth.code: booth.id for booth in before.booths}
    new = {booth.code: booth.model_copy(update={"id": ids.get(booth.code)}) for booth in booths}
    all_booths = [*(booth for booth in before.booths if booth.code not in new), *new.values()]
    columns = max([before.columns, *(booth.x + booth.width for booth in new.values())])
    rows = max([before.rows, *(booth.y + booth.height for booth in new.values())])
    return Drawing.model_validate(
        {
            "version": before.version,
            "columns": min(columns, 200),
            "rows": min(rows, 200),
            "booths": [booth.model_dump() for booth in all_booths],
            "features": [feature.model_dump() for feature in before.features],
        }
    )


def _halls(fair: Fair) -> dict[str, Hall]:
    return {hall.code: hall for hall in db.session.scalars(select(Hall).filter_by(fair_id=fair.id))}

"""The hall's screen of tables: who meets now, and who is next; it turns its pages by itself."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from techfair.core import access, clock, links, pages
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair
from techfair.meetings import participants
from techfair.meetings.day import now
from techfair.meetings.models import Meeting, Slot, Table

bp = access.by_token(Blueprint("meeting_screen", __name__, url_prefix="/screens/meetings"))
PURPOSE, LINK_DAYS = "meeting_screen", 30
ROWS, SECONDS = 7, 12  # tables on one page, and how long it stays: to be read from six metres


@dataclass(frozen=True)
class Row:
    """A table or booth with its present meeting and its next."""

    place: Any
    room: str  # of a table; a booth is where its code says
    present: Meeting | None
    following: Meeting | None


def address(fair: Fair) -> str:
    """The address that a screen opens without anybody signing in."""
    return f"{current_app.config['BASE_URL']}/screens/meetings/{links.sign(PURPOSE, fair.id)}"


@bp.get("/<token>")
def screen(token: str) -> ResponseReturnValue:
    """The whole screen, which asks for its tables again and again."""
    return render_template("meetings/day/screen.html", token=token, **_shown(token))


@bp.get("/<token>/tables")
def tables(token: str) -> ResponseReturnValue:
    """The tables alone."""
    return render_template("meetings/day/_tables.html", token=token, **_shown(token))


def _shown(token: str) -> dict[str, Any]:
    id = links.read(PURPOSE, token, days=LINK_DAYS)
    fair = db.session.scalars(select(Fair).filter_by(id=id)).one()
    pages.show(fair)
    slots, at = now.around(fair), clock.now()
    rows = _rows([one for one in now.meetings_in(slots) if one.state != "no_show"], slots)
    count = max(1, -(-len(rows) // ROWS))
    number = int(at.timestamp()) // SECONDS % count
    coming = [slot for slot in slots if slot.starts_at > at]
    return {
        "rows": rows[number * ROWS : (number + 1) * ROWS],
        "number": number + 1,
        "count": count,
        "at": at,
        "seconds": SECONDS,
        "next_at": coming[0].starts_at if coming else None,
        "name_of": participants.short_name_of,
    }


def _rows(meetings: list[Meeting], slots: list[Slot]) -> list[Row]:
    present = {slot.id for slot in slots if slot.starts_at <= clock.now()}
    places: dict[Any, list[Meeting | None]] = {}
    for one in meetings:
        if place := one.table or one.booth:
            places.setdefault(place, [None, None])[0 if one.slot_id in present else 1] = one
    return [Row(place, _room(place), *pair) for place, pair in sorted(places.items(), key=_by_room)]


def _room(place: Table | Booth) -> str:
    return place.place if isinstance(place, Table) else ""


def _by_room(item: tuple[Any, Any]) -> tuple[int, str]:
    place = item[0]
    return place.room_id if isinstance(place, Table) else 0, place.code

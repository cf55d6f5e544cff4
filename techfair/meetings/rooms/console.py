"""The organizer's pages of rooms: their tables and places, and a room that is lost, with the repair that follows."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from techfair.core import access
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs.floor.models import Hall
from techfair.fairs.models import Fair
from techfair.meetings import slots
from techfair.meetings.console import bp, fair_of
from techfair.meetings.models import Table
from techfair.meetings.rooms import closing, feeding, furnishing
from techfair.meetings.rooms.forms import RoomForm
from techfair.meetings.rooms.models import Room
from techfair.meetings.timetable import running
from techfair.meetings.timetable.console import plan_page


@bp.get("/rooms")
def rooms(slug: str) -> ResponseReturnValue:
    """All rooms with their tables, places and closed times."""
    return _page(fair_of(slug))


def _page(fair: Fair, **refused: Any) -> str:
    codes: dict[int, list[str]] = {}
    for table in slots.tables(fair):
        codes.setdefault(table.room_id, []).append(table.code)
    return render_template(
        "meetings/rooms/list.html",
        rooms=feeding.of_fair(fair),
        codes=codes,
        halls={hall.id: hall for hall in _halls(fair)},
        closures=closing.ahead(fair),
        coming=slots.ahead(fair),
        **refused,
    )


@bp.route("/rooms/new", methods=["GET", "POST"])
def new_room(slug: str) -> ResponseReturnValue:
    """Add a room."""
    return _form_page(slug, None)


@bp.route("/rooms/<int:id>", methods=["GET", "POST"])
def room(slug: str, id: int) -> ResponseReturnValue:
    """Change what is said of a room, and how many tables it has."""
    return _form_page(slug, id)


def _form_page(slug: str, id: int | None) -> ResponseReturnValue:
    fair = fair_of(slug)
    known = _room(fair, id) if id is not None else None
    present = list(db.session.scalars(select(Table.code).filter_by(room_id=id).order_by(Table.code))) if id else []
    form = RoomForm(known, len(present) if known else 10, _halls(fair))
    if form.validate_on_submit():
        try:
            furnishing.keep(fair, known, form.described(), form.tables.data or 0, current_user)
        except TechfairError as refusal:
            db.session.rollback()
            fair_of(slug)
            field = form.name_vi if isinstance(refusal, furnishing.NameTaken) else form.tables
            field.errors = [refusal.message]
        else:
            flash(_("The room is saved."), "good")
            db.session.commit()
            return redirect(url_for(".rooms", slug=slug), 303)
    page = render_template("meetings/rooms/room.html", form=form, is_new=id is None, codes=present)
    return page, 422 if form.errors else 200


@bp.post("/rooms/<int:id>/remove")
def remove_room(slug: str, id: int) -> ResponseReturnValue:
    """Take a room away with its tables, if nobody meets there."""
    fair = fair_of(slug)
    try:
        furnishing.remove(_room(fair, id), current_user)
    except furnishing.TablesInUse as refusal:
        message = str(refusal.message)
        db.session.rollback()
        return _page(fair_of(slug), refused=id, refusal=message), refusal.status
    flash(_("The room is taken away."), "good")
    db.session.commit()
    return redirect(url_for(".rooms", slug=slug), 303)


@bp.post("/rooms/close")
def close_room(slug: str) -> ResponseReturnValue:
    """Close a room for some hours or for good, and look at once for a repair: its differences are shown."""
    fair = fair_of(slug)
    try:
        closing.close(fair, _room(fair, _number("room")), _number("first"), _number("last") or None, current_user)
    except closing.WrongWayRound as refusal:
        message = str(refusal.message)
        db.session.rollback()
        return _page(fair_of(slug), wrong=message), refusal.status
    db.session.commit()  # it is lost, whether the rest can be mended at once or not
    return _repair(slug)


def _repair(slug: str) -> ResponseReturnValue:
    if running.is_under_way(fair_of(slug)):  # it began before the room was lost, and knows nothing of it
        flash(_("The room is closed. A search that began before is still at work: look for a repair after it."), "warn")
        return redirect(url_for(".plan", slug=slug), 303)
    try:
        running.begin(fair_of(slug), "repair", current_user)
    except running.Impossible as refusal:
        db.session.rollback()
        return plan_page(fair_of(slug), faults=refusal.faults), refusal.status
    except running.NotReady:
        db.session.rollback()
        flash(_("The room is closed."), "good")
        return redirect(url_for(".rooms", slug=slug), 303)
    flash(
        _("The room is closed. What a repair would move is shown here; nobody is told before you publish it."), "good"
    )
    db.session.commit()
    return redirect(url_for(".plan", slug=slug), 303)


@bp.post("/rooms/<int:id>/open/<int:closure_id>")
def open_room(slug: str, id: int, closure_id: int) -> ResponseReturnValue:
    """Let a room be used again."""
    closing.open_again(_room(fair_of(slug), id), closure_id, current_user)
    flash(_("The room can be used again then."), "good")
    db.session.commit()
    return redirect(url_for(".rooms", slug=slug), 303)


def _room(fair: Fair, id: int | None) -> Room:
    return access.fetch(Room, id, to="manage", fair_id=fair.id)


def _halls(fair: Fair) -> list[Hall]:
    return list(db.session.scalars(select(Hall).filter_by(fair_id=fair.id).order_by(Hall.code)))


def _number(name: str) -> int:
    value = request.form.get(name, "")
    return int(value) if value.isdecimal() else 0

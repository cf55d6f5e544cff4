"""The organizer's board: looking at a day, and moving a meeting by drag, by keyboard or by a plain form."""

from datetime import date
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.core import access
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import participants, queries, slots
from techfair.meetings.console import bp, fair_of
from techfair.meetings.models import Meeting
from techfair.meetings.rooms import feeding as rooms
from techfair.meetings.timetable import board, moving
from techfair.meetings.words import MEETING_STATES

VIEWS = ("table", "person")


@bp.get("/timetable")
def timetable(slug: str) -> ResponseReturnValue:
    """A day's meetings, tables or participants down, times across: the draft, or what is in force."""
    fair, by = fair_of(slug), request.args.get("by", "table")
    by = by if by in VIEWS else "table"
    shown = board.of(fair, request.args.get("day", type=date.fromisoformat), by)
    return render_template("timetable/board.html", board=shown, by=by, states=MEETING_STATES)


@bp.route("/<int:id>/move", methods=["GET", "POST"])
def move(slug: str, id: int) -> ResponseReturnValue:
    """Move one meeting in the draft; the board asks for JSON, a plain form gets its page again."""
    fair = fair_of(slug)
    meeting = access.fetch(Meeting, id, to="manage", fair_id=fair.id, options=queries.WHOLE_MEETING)
    if request.method == "GET":
        return _form(fair, meeting)
    try:
        moving.move(fair, meeting, _number("slot") or 0, _number("table"), current_user)
    except TechfairError as refusal:
        message = str(refusal.message)
        db.session.rollback()
        if request.accept_mimetypes.best == "application/json":
            return jsonify({"code": refusal.code, "message": message}), refusal.status
        fair = fair_of(slug)
        meeting = access.fetch(Meeting, id, to="manage", fair_id=fair.id, options=queries.WHOLE_MEETING)
        return _form(fair, meeting, message), refusal.status
    db.session.commit()
    if request.accept_mimetypes.best == "application/json":
        return jsonify({"moved": id})
    flash(_("Moved in the draft. Nobody is told before you publish it."), "good")
    return redirect(url_for(".timetable", slug=slug, day=request.form.get("day") or None), 303)


def _form(fair: Fair, meeting: Meeting, refusal: str = "") -> str:
    return render_template(
        "timetable/move.html",
        meeting=meeting,
        coming=slots.ahead(fair),
        tables=rooms.usable_tables(fair),
        chosen={"slot": _number("slot") or meeting.slot_id, "table": _number("table")},
        refusal=refusal,
        name_of=participants.name_of,
    )


def _number(name: str) -> Any:
    value = request.form.get(name, "")
    return int(value) if value.isdecimal() else None

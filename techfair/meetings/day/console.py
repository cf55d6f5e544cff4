"""The steward's page of the day: a box for badges, and one action for each problem."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.orm import joinedload

from techfair.core import access, clock, pages, rail
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import participants
from techfair.meetings.day import arriving, now, screens
from techfair.meetings.models import Meeting, Slot, Table
from techfair.meetings.staff import coming, naming

bp = access.signed_in(Blueprint("day_console", __name__, url_prefix="/organizer/fairs/<slug>/meetings/day"))
rail.console_entry(bp.name, _l("Meetings today"), "user-check", "day_console.page", grant="day", order=51)


def fair_of(slug: str) -> Fair:
    """The fair of an address, for those who look after its meetings and for the stewards of its gates."""
    fair = access.fetch(Fair, slug=slug, to="day")
    pages.show(fair)
    return fair


@bp.get("")
def page(slug: str) -> ResponseReturnValue:
    """What needs somebody now, and all tables."""
    return _page(fair_of(slug))


def _page(fair: Fair, **context: Any) -> str:
    meetings, at = now.meetings_in(now.around(fair)), clock.now()
    came = now.arrived(meetings)
    people = [party.participant for one in meetings for party in one.parties]
    return render_template(
        "meetings/day/steward.html",
        meetings=[one for one in meetings if one.state != "no_show"],
        came=came,
        late=[one for one in meetings if now.is_late(one, came.get(one.id, set()), at)],
        offers=now.offers(fair),
        at=at,
        comes=coming.of_meetings(meetings),
        stand_ins=naming.by_participant({one.id for one in people}),
        name_of=participants.short_name_of,
        screen=screens.address(fair),
        **context,
    )


@bp.post("/check-in")
def check_in(slug: str) -> ResponseReturnValue:
    """Note who came, by the code that was scanned or typed."""
    fair, code = fair_of(slug), request.form.get("code", "")
    try:
        meeting = arriving.check_in(fair, code, current_user)
    except TechfairError as refusal:
        db.session.rollback()
        return _page(fair_of(slug), refusal=refusal.message, code=code), refusal.status
    place = meeting.table.code if meeting.table else meeting.booth.code if meeting.booth else ""
    names = " – ".join(participants.short_name_of(party.participant) for party in meeting.parties)
    return _back(slug, _("Checked in at %(place)s: %(names)s", place=place, names=names))


@bp.post("/<int:id>/arrived/<int:participant_id>")
def arrived(slug: str, id: int, participant_id: int) -> ResponseReturnValue:
    """Note by the steward's own word that a side came."""
    meeting = _meeting(slug, id)
    if participant_id not in {party.participant_id for party in meeting.parties}:
        abort(404)
    arriving.arrive(meeting, participant_id, current_user)
    return _back(slug, _("Noted."))


@bp.post("/<int:id>/missed")
def missed(slug: str, id: int) -> ResponseReturnValue:
    """Note that somebody did not come, which frees the table."""
    arriving.missed(_meeting(slug, id), current_user)
    return _back(slug, _("Noted. The table is free for a pair that waits."))


@bp.post("/<int:id>/give/<int:slot_id>/<int:table_id>")
def give(slug: str, id: int, slot_id: int, table_id: int) -> ResponseReturnValue:
    """Give a free table to a pair that waits."""
    meeting = _meeting(slug, id)
    slot, table = db.session.get(Slot, slot_id), db.session.get(Table, table_id)
    if slot is None or table is None or {slot.fair_id, table.fair_id} != {meeting.fair_id}:
        abort(404)
    try:
        arriving.give(fair_of(slug), meeting, slot, table, current_user)
    except TechfairError as refusal:
        db.session.rollback()
        return _page(fair_of(slug), refusal=refusal.message), refusal.status
    return _back(slug, _("Table %(code)s is theirs. Both are told by mail; call them too.", code=table.code))


def _meeting(slug: str, id: int) -> Meeting:
    sides = joinedload(Meeting.parties)
    return access.fetch(Meeting, id, to="day", fair_id=fair_of(slug).id, options=(joinedload(Meeting.slot), sides))


def _back(slug: str, message: str) -> ResponseReturnValue:
    flash(message, "good")
    db.session.commit()
    return redirect(url_for(".page", slug=slug), 303)

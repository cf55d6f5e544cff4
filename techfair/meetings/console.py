"""The organizer's pages of meetings: what waits, the timetable, its times and tables, and pressing Schedule."""

from datetime import date
from itertools import groupby
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from techfair.core import access, clock, pages, rail
from techfair.extensions import db
from techfair.fairs import setup
from techfair.fairs.models import Fair
from techfair.meetings import outcomes, participants, queries, slots
from techfair.meetings.forms import SessionForm, TablesForm
from techfair.meetings.models import Meeting, Slot
from techfair.meetings.rooms import feeding as rooms
from techfair.meetings.timetable import running, showing
from techfair.meetings.words import MEETING_STATES

bp = access.signed_in(Blueprint("meeting_console", __name__, url_prefix="/organizer/fairs/<slug>/meetings"))
rail.console_entry(bp.name, _l("Meetings"), "handshake", "meeting_console.index", grant="meetings", order=50)

PAGE = 50


@setup.step("meetings", _l("Times and tables for meetings"), 60, "meeting_console.times", is_optional=True)
def has_times_and_tables(fair: Fair) -> bool:
    """What the schedule stands on."""
    return bool(slots.all_slots(fair) and slots.tables(fair))


def fair_of(slug: str) -> Fair:
    fair = access.fetch(Fair, slug=slug, to="meetings")
    pages.show(fair)
    return fair


def _meeting(slug: str, id: int) -> Meeting:
    return access.fetch(Meeting, id, to="manage", fair_id=fair_of(slug).id, options=queries.WHOLE_MEETING)


@bp.get("")
def index(slug: str) -> ResponseReturnValue:
    """The meetings of a fair by state, in the order of their times."""
    fair = fair_of(slug)
    state = request.args.get("state", "")
    job = queries.last_scheduling(fair)
    page = db.paginate(queries.meetings_at(fair, state), per_page=PAGE, max_per_page=PAGE, error_out=False)
    return render_template(
        "meetings/console.html",
        page=page,
        state=state,
        states=MEETING_STATES,
        counts=queries.meeting_counts(fair),
        asked=queries.request_counts(fair),
        name_of=participants.name_of,
        is_ready=slots.is_ready(fair),
        job=job,
        run=running.of(job),
        reached=showing.reached,
    )


@bp.post("/<int:id>/cancel")
def cancel(slug: str, id: int) -> ResponseReturnValue:
    """Cancel a meeting; both sides are told."""
    outcomes.cancel(_meeting(slug, id), current_user)
    return _back(slug, _("The meeting is cancelled. Both sides are told."))


@bp.post("/<int:id>/<any(held, no_show):outcome>")
def note(slug: str, id: int, outcome: str) -> ResponseReturnValue:
    """Note whether a meeting took place."""
    outcomes.note_held(_meeting(slug, id), current_user, outcome == "held")
    return _back(slug, _("Noted."))


def _back(slug: str, message: str) -> ResponseReturnValue:
    flash(message, "good")
    answer = redirect(url_for(".index", slug=slug, state=request.args.get("state") or None), 303)
    db.session.commit()
    return answer


@bp.route("/times", methods=["GET", "POST"])
def times(slug: str) -> ResponseReturnValue:
    """The times in which meetings take place: add a session."""
    fair = fair_of(slug)
    form = SessionForm(fair)
    if not form.validate_on_submit():
        return _times_page(fair, form=form), 422 if form.errors else 200
    try:
        new = slots.add_session(fair, form.session(), current_user)
    except slots.SlotsWrong as refusal:
        form.ends.errors = [refusal.message]
        return _times_page(fair, form=form), 422
    flash(_("%(count)s times are added.", count=len(new)), "good")
    db.session.commit()
    return redirect(url_for(".times", slug=slug), 303)


@bp.post("/tables")
def tables(slug: str) -> ResponseReturnValue:
    """Set the number of tables and where they stand."""
    fair = fair_of(slug)
    form = TablesForm()
    if not form.validate():
        return _times_page(fair, tables_form=form), 422
    slots.set_tables(fair, form.count.data or 0, str(form.place_vi.data), str(form.place_en.data), current_user)
    flash(_("The tables are saved."), "good")
    db.session.commit()
    return redirect(url_for(".times", slug=slug), 303)


@bp.post("/times/<day>/clear")
def clear_day(slug: str, day: str) -> ResponseReturnValue:
    """Take away a day's times in which nobody meets."""
    fair = fair_of(slug)
    try:
        staying = slots.clear_day(fair, date.fromisoformat(day), current_user)
    except ValueError:
        abort(404)
    flash(_("%(count)s times stay, because somebody meets then.", count=staying) if staying else _("Noted."), "good")
    db.session.commit()
    return redirect(url_for(".times", slug=slug), 303)


def _times_page(fair: Fair, form: SessionForm | None = None, tables_form: TablesForm | None = None) -> str:
    present, known = slots.tables(fair), rooms.of_fair(fair)
    place: dict[str, Any] = {"place_vi": known[0].name_vi, "place_en": known[0].name_en} if known else {}
    blank = {"formdata": None} if tables_form is None and form is not None and form.errors else {}
    return render_template(
        "meetings/times.html",
        days=[(day, list(group)) for day, group in groupby(slots.all_slots(fair), key=lambda slot: _day(fair, slot))],
        form=form or SessionForm(fair, formdata=None),
        tables_form=tables_form or TablesForm(count=len(present), **place, **blank),
        rooms=[(one, sum(table.room_id == one.id for table in present)) for one in known],
    )


def _day(fair: Fair, slot: Slot) -> date:
    return clock.local_day(slot.starts_at, fair.timezone)

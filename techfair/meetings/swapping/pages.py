"""The draft of one's own timetable, for exhibitors and registered people alike."""

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from techfair.core import formats
from techfair.core.languages import language
from techfair.extensions import db
from techfair.meetings import participants, slots
from techfair.meetings.programme import seats
from techfair.meetings.programme.seats import Seat
from techfair.meetings.staff import coming
from techfair.meetings.swapping import wishing
from techfair.meetings.swapping.forms import SwapForm
from techfair.meetings.swapping.wishing import shown_draft as shown_draft
from techfair.meetings.swapping.words import WISH_STATES


@seats.page("/draft")
def draft(seat: Seat) -> ResponseReturnValue:
    """The own meetings as the draft has them; nothing before the organizer shows it."""
    found = wishing.planned(seat.fair, seat.participant)
    return render_template(
        "meetings/swapping/draft.html", seat=seat, planned=found, name_of=participants.name_of, states=WISH_STATES
    )


@seats.page("/draft/<int:id>", methods=("GET", "POST"))
def swap(seat: Seat, id: int) -> ResponseReturnValue:
    """Say that a time suits badly."""
    one = next((one for one in wishing.planned(seat.fair, seat.participant) if one.meeting.id == id), None)
    if one is None or seat.participant is None:
        abort(404)
    ahead = slots.ahead(seat.fair)
    blocked = coming.blocked([seat.participant.id], [slot.id for slot in ahead])[seat.participant.id]
    free = [slot for slot in ahead if slot.id not in blocked and slot.id != one.place.slot.id]
    zone = seat.fair.timezone
    times = [(str(slot.id), formats.format_datetime(slot.starts_at, zone, language())) for slot in free]
    form = SwapForm(times, one.wish)
    if not form.validate_on_submit():
        page = render_template(
            "meetings/swapping/swap.html", seat=seat, one=one, form=form, name_of=participants.name_of
        )
        return page, 422 if form.errors else 200
    wishing.wish(seat.participant, one.meeting, form.slot_id, str(form.note.data), seat.by)
    flash(_("Your wish is sent. The organizer looks whether it is possible."), "good")
    db.session.commit()
    return redirect(seat.url("draft"), 303)

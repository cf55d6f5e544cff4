"""Saying which of one's meetings matter most, for exhibitors and registered people alike."""

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from techfair.extensions import db
from techfair.meetings.programme import seats
from techfair.meetings.programme.seats import Seat
from techfair.meetings.ranking import choosing


@seats.page("/most", methods=("POST",))
def rank_meetings(seat: Seat) -> ResponseReturnValue:
    """Name the three meetings that matter most."""
    if seat.participant is None:
        abort(404)
    named = [int(id) for id in request.form.getlist("meeting") if id.isdecimal()]
    choosing.choose(seat.participant, named, seat.by)
    flash(_("Saved. Nobody else is told."), "good")
    db.session.commit()
    return redirect(seat.home, 303)

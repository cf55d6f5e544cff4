"""Asking whoever takes part for a meeting, from one's own pages."""

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from techfair.core.errors import TechfairError
from techfair.extensions import db, limiter
from techfair.meetings import participants, requests, slots
from techfair.meetings.forms import WishForm
from techfair.meetings.programme import seats, suggesting
from techfair.meetings.programme.seats import Seat
from techfair.visitors import own as visitor_own


@seats.page("/ask/<key>", methods=("GET", "POST"))
@limiter.limit("60 per hour", methods=["POST"], key_func=visitor_own.limited_by)
def ask(seat: Seat, key: str) -> ResponseReturnValue:
    """Ask somebody for a meeting."""
    party = suggesting.party_of(seat.fair, key)
    if party is None or party == seat.party or not slots.takes_requests(seat.fair.id):
        abort(404)
    name, form = suggesting.name_of(party), WishForm()
    if not form.validate_on_submit():
        page = render_template("meetings/programme/ask.html", seat=seat, form=form, name=name)
        return page, 422 if form.errors else 200
    try:
        requests.ask(*participants.pair(seat.party, party), seat.by, form.wish())
    except TechfairError as refusal:
        db.session.rollback()
        page = render_template(
            "meetings/programme/ask.html", seat=seat.again(), form=form, name=name, refusal=refusal.message
        )
        return page, refusal.status
    flash(_("Your request is sent. You are told by mail when it is answered."), "good")
    db.session.commit()
    return redirect(seat.home, 303)

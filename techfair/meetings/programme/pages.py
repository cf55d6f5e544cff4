"""Joining the programme and leaving it, for exhibitors and registered people alike."""

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from techfair.extensions import db
from techfair.meetings import slots
from techfair.meetings.limits import numbers
from techfair.meetings.programme import joining, seats, suggesting
from techfair.meetings.programme.forms import JoinForm
from techfair.meetings.programme.seats import Seat
from techfair.meetings.programme.words import KIND_WORDS


@seats.page("/join", methods=("GET", "POST"))
def join(seat: Seat) -> ResponseReturnValue:
    """Say what one offers and seeks; again at any time."""
    form = JoinForm(seat.participant, seat.profile, exhibits=seat.is_exhibitor)
    if not form.validate_on_submit():
        page = render_template("meetings/programme/join.html", seat=seat, form=form)
        return page, 422 if form.errors else 200
    if not slots.takes_requests(seat.fair.id) and seat.profile is None:
        flash(_("This fair takes no requests for meetings now."), "warn")
        return redirect(seat.home, 303)
    was_in = seat.profile is not None
    try:
        numbers.wish(joining.join(seat.party, form.said(), seat.by), form.most.data, seat.by)
    except numbers.NumberRefused as refusal:
        db.session.rollback()
        form.most.errors = [refusal.message]
        return render_template("meetings/programme/join.html", seat=seat.again(), form=form), refusal.status
    told = _("Saved.") if was_in else _("You take part. Here is whom you should meet, and why.")
    flash(told, "good")
    db.session.commit()
    return redirect(seat.home if was_in else seat.url("suggestions"), 303)


@seats.page("/suggestions")
def suggestions(seat: Seat) -> ResponseReturnValue:
    """Whom to meet, each with the reasons."""
    found = suggesting.of_seat(seat) if seat.profile else []
    return render_template("meetings/programme/suggestions.html", seat=seat, suggestions=found, kinds=KIND_WORDS)


@seats.page("/suggestions/<key>/not-interested", methods=("POST",))
def not_interested(seat: Seat, key: str) -> ResponseReturnValue:
    """Do not wish to meet somebody: final, and they never learn of it."""
    party = suggesting.party_of(seat.fair, key)
    if party is None or party == seat.party:
        abort(404)
    joining.turn_away(seat.party, party)
    db.session.commit()
    return redirect(seat.url("suggestions"), 303)


@seats.page("/leave", methods=("POST",))
def leave(seat: Seat) -> ResponseReturnValue:
    """Take no part any more."""
    if seat.participant is not None:
        joining.leave(seat.participant, seat.by)
    flash(_("You take no part any more. Whom you were to meet is told."), "info")
    db.session.commit()
    return redirect(seat.home, 303)

"""Saying what came of a meeting, for exhibitors and registered people alike."""

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.meetings import connections, participants, queries
from techfair.meetings.front import outcomes as offers
from techfair.meetings.models import Connection, Meeting
from techfair.meetings.programme import seats
from techfair.meetings.programme.seats import Seat
from techfair.meetings.results import saying
from techfair.meetings.results.forms import ResultForm


@seats.page("/result/<int:id>", methods=("GET", "POST"))
def result(seat: Seat, id: int) -> ResponseReturnValue:
    """What this side says of one of its meetings; a connection and a draft agreement follow from it."""
    meeting = _meeting(seat, id)
    form = ResultForm(saying.of_side(id, seat.participant), subject=_subject(seat, meeting))  # type: ignore[arg-type]
    if not form.validate_on_submit():
        return _page(seat, meeting, form), 422 if form.errors else 200
    try:
        saying.say(meeting, seat.participant, seat.by, **form.said())  # type: ignore[arg-type]
        if form.connection_subject:
            connections.of_held(meeting, seat.participant, form.connection_subject, seat.by)  # type: ignore[arg-type]
    except TechfairError as refusal:
        db.session.rollback()
        seat = seat.again()
        return _page(seat, _meeting(seat, id), form, refusal=refusal.message), refusal.status
    flash(_("Thank you. That is all."), "good")
    db.session.commit()
    return redirect(seat.home, 303)


def _meeting(seat: Seat, id: int) -> Meeting:
    found = saying.own_meeting(seat.participant, id, joinedload(Meeting.slot), *queries.WHOLE_MEETING)
    if found is None or not saying.may_say(found):
        abort(404)
    return found


def _page(seat: Seat, meeting: Meeting, form: ResultForm, refusal: object = None) -> str:
    own_id = seat.participant.id if seat.participant else None
    others = [party.participant for party in meeting.parties if party.participant_id != own_id]
    return render_template(
        "meetings/results/say.html",
        seat=seat,
        meeting=meeting,
        form=form,
        refusal=refusal,
        others=", ".join(participants.name_of(one) for one in others),
        offers=offers(meeting) if seat.is_exhibitor and meeting.state == "held" else [],
    )


def _subject(seat: Seat, meeting: Meeting) -> str | None:
    """What a connection of two exhibitors would be about; None where there can be none, or is one already."""
    are_companies = all(party.participant.exhibitor_id for party in meeting.parties)
    if not seat.is_exhibitor or not are_companies or len(meeting.parties) != 2:
        return None
    noted = select(Connection.id).where(Connection.meeting_id == meeting.id).limit(1)
    if db.session.scalar(noted) is not None:
        return None
    technology = meeting.request.technology if meeting.request else None
    return technology.title_vi if technology else ""

"""Asking whoever takes part for a meeting, alone or with up to four more, from one's own pages."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms import SelectMultipleField
from wtforms.validators import ValidationError

from techfair.core.errors import TechfairError
from techfair.core.fields import choices_of
from techfair.core.vietnamese import reading_key
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db, limiter
from techfair.meetings import participants, requests, slots
from techfair.meetings.forms import WishForm
from techfair.meetings.programme import seats, suggesting
from techfair.meetings.programme.seats import Seat
from techfair.visitors import own as visitor_own


class GroupForm(WishForm):
    """A wish to meet somebody, and others besides at the same table."""

    others = SelectMultipleField(_l("Others at the same meeting"))

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__()
        self.others.choices = choices_of(names.items())

    def validate_others(self, field: Any) -> None:
        if len(field.data or ()) > requests.MOST_PARTIES - 2:
            raise ValidationError(_l("A meeting has six parties at most."))


def _may_join(seat: Seat, asked: suggesting.Party) -> dict[str, str]:
    """Whom else one may ask to the meeting, by key: all exhibitors, and the people that one is shown anyway."""
    here = select(Exhibitor).filter_by(fair_id=seat.fair.id, is_active=True).options(joinedload(Exhibitor.company))
    parties: list[suggesting.Party] = list(db.session.scalars(here))
    parties += [one.party for one in suggesting.of_seat(seat)] if seat.profile else []
    named = {
        suggesting.key_of(party): suggesting.name_of(party) for party in parties if party not in (seat.party, asked)
    }
    return dict(sorted(named.items(), key=lambda pair: reading_key(pair[1])))


@seats.page("/ask/<key>", methods=("GET", "POST"))
@limiter.limit("60 per hour", methods=["POST"], key_func=visitor_own.limited_by)
def ask(seat: Seat, key: str) -> ResponseReturnValue:
    """Ask somebody for a meeting."""
    party = suggesting.party_of(seat.fair, key)
    if party is None or party == seat.party or not slots.takes_requests(seat.fair.id):
        abort(404)
    name, form = suggesting.name_of(party), GroupForm(_may_join(seat, party))
    if not form.validate_on_submit():
        page = render_template("meetings/programme/ask.html", seat=seat, form=form, name=name)
        return page, 422 if form.errors else 200
    try:
        sides = participants.pair(seat.party, party)
        found = [suggesting.party_of(seat.fair, key) for key in form.others.data or ()]
        others = [participants.of_party(one) for one in found if one is not None]
        requests.ask(*sides, seat.by, form.wish(), others=others)
    except TechfairError as refusal:
        db.session.rollback()
        page = render_template(
            "meetings/programme/ask.html", seat=seat.again(), form=form, name=name, refusal=refusal.message
        )
        return page, refusal.status
    flash(_("Your request is sent. You are told by mail when it is answered."), "good")
    db.session.commit()
    return redirect(seat.home, 303)

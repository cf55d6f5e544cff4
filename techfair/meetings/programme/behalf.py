"""The organizer asks for a meeting on behalf of others, also of up to six parties."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import InputRequired, ValidationError

from techfair.core.errors import TechfairError
from techfair.core.fields import choices_of
from techfair.core.vietnamese import reading_key
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import participants, requests
from techfair.meetings.forms import WishForm
from techfair.meetings.models import Participant
from techfair.meetings.programme import queries, suggesting
from techfair.meetings.programme.console import bp, fair_of
from techfair.meetings.programme.models import MeetingProfile
from techfair.visitors.models import Registration

MOST_OTHERS = requests.MOST_PARTIES - 1


class BehalfForm(WishForm):
    """Who asks whom, and why."""

    asking = SelectField(_l("Who asks"), [InputRequired(_l("Choose who asks."))])
    asked = SelectMultipleField(_l("Whom they would like to meet"))

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__()
        self.asking.choices = choices_of([("", _l("Choose a participant")), *names.items()])
        self.asked.choices = choices_of(names.items())

    def validate_asked(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_l("Choose whom they would like to meet."))
        if len(field.data) > MOST_OTHERS:
            raise ValidationError(_l("A meeting has six parties at most."))
        if self.asking.data in field.data:
            raise ValidationError(_l("Nobody can be asked by themselves."))


def everyone(fair: Fair) -> dict[str, str]:
    """All exhibitors, and the registered people who take part, by the key of their address."""
    here = select(Exhibitor).filter_by(fair_id=fair.id, is_active=True).options(joinedload(Exhibitor.company))
    people = select(Registration).join(Participant, Participant.registration_id == Registration.id)
    people = people.join(MeetingProfile, MeetingProfile.participant_id == Participant.id)
    people = people.where(Participant.fair_id == fair.id, queries.JOINED, Registration.state == "confirmed")
    parties = [*db.session.scalars(here), *db.session.scalars(people)]
    named = {suggesting.key_of(party): suggesting.name_of(party) for party in parties}
    return dict(sorted(named.items(), key=lambda pair: reading_key(pair[1])))


@bp.route("/ask", methods=["GET", "POST"])
def ask(slug: str) -> ResponseReturnValue:
    """Ask for a meeting in somebody's name; mail, page and log say so."""
    fair = fair_of(slug)
    form = BehalfForm(everyone(fair))
    if not form.validate_on_submit():
        return render_template("meetings/programme/behalf.html", form=form), 422 if form.errors else 200
    try:
        asking, first, *others = [_participant(fair, key) for key in (form.asking.data, *(form.asked.data or ()))]
        requests.ask(asking, first, current_user, form.wish(), others=others, is_on_behalf=True)
    except TechfairError as refusal:
        db.session.rollback()
        fair_of(slug)
        return render_template("meetings/programme/behalf.html", form=form, refusal=refusal.message), refusal.status
    flash(_("The request is sent in their name."), "good")
    db.session.commit()
    return redirect(url_for(".listing", slug=slug), 303)


def _participant(fair: Fair, key: str) -> Participant:
    party = suggesting.party_of(fair, key)
    if party is None:
        raise requests.MeetingsClosed
    return participants.of_party(party)

"""The organizer's pages of limits: a participant with the most meetings, and which meeting comes before which."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.core import access
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import participants, queries
from techfair.meetings.console import bp, fair_of
from techfair.meetings.limits import numbers, ordering
from techfair.meetings.limits.forms import MostForm, OrderForm
from techfair.meetings.models import Meeting, Participant
from techfair.meetings.participants import WITH_PARTY
from techfair.meetings.programme import rules
from techfair.meetings.programme.words import KIND_WORDS, language_names
from techfair.meetings.staff import naming
from techfair.meetings.words import MEETING_STATES


@bp.route("/participants/<int:id>", methods=["GET", "POST"])
def participant(slug: str, id: int) -> ResponseReturnValue:
    """Somebody who takes part, with their meetings; how many they have at most is set here."""
    fair = fair_of(slug)
    found = access.fetch(Participant, id, to="manage", fair_id=fair.id, options=WITH_PARTY)
    form = MostForm(data={"allowed": numbers.of(found).allowed})
    if not form.validate_on_submit():
        return _participant_page(found, form), 422 if form.errors else 200
    try:
        numbers.allow(found, form.allowed.data, current_user)
    except numbers.NumberRefused as refusal:
        db.session.rollback()
        fair = fair_of(slug)
        form.allowed.errors = [refusal.message]
        found = access.fetch(Participant, id, to="manage", fair_id=fair.id, options=WITH_PARTY)
        return _participant_page(found, form), refusal.status
    flash(_("Saved. The next plan or repair goes by it."), "good")
    db.session.commit()
    return redirect(url_for(".participant", slug=slug, id=id), 303)


def _participant_page(found: Participant, form: MostForm) -> str:
    profile = rules.profiles_of(found).get(found.id)
    return render_template(
        "meetings/limits/participant.html",
        participant=found,
        form=form,
        wished=numbers.of(found).wished,
        profile=profile,
        kind=KIND_WORDS[rules.kind_in(found, profile)],
        stand_ins=naming.by_participant([found.id]).get(found.id, []),
        meetings=queries.meetings_of(found),
        states=MEETING_STATES,
        name_of=participants.name_of,
        short_name_of=participants.short_name_of,
        language_names=language_names,
    )


@bp.route("/orders", methods=["GET", "POST"])
def orders(slug: str) -> ResponseReturnValue:
    """Which meetings come before which; of one participant where the address names it."""
    fair = fair_of(slug)
    form = _form(fair)
    if not form.validate_on_submit():
        return _orders_page(fair, form), 422 if form.errors else 200
    try:
        ordering.put(fair, _meeting(fair, form.earlier.data), _meeting(fair, form.later.data), current_user)
    except ordering.OrderRefused as refusal:
        db.session.rollback()
        fair = fair_of(slug)
        form.later.errors = [refusal.message]
        return _orders_page(fair, form), refusal.status
    flash(_("Noted. Plans, repairs and the board keep it."), "good")
    db.session.commit()
    return redirect(url_for(".orders", slug=slug, participant=request.args.get("participant")), 303)


@bp.post("/<int:id>/orders/<int:later_id>/drop")
def drop_order(slug: str, id: int, later_id: int) -> ResponseReturnValue:
    """Let two meetings come in any order again."""
    earlier = access.fetch(Meeting, id, to="manage", fair_id=fair_of(slug).id)
    ordering.drop(earlier, later_id, current_user)
    flash(_("Taken away. The two may come in any order."), "good")
    db.session.commit()
    return redirect(url_for(".orders", slug=slug), 303)


def _form(fair: Fair) -> OrderForm:
    about, chosen = request.args.get("participant", type=int), request.args.get("meeting", type=int)
    return OrderForm(ordering.choosable(fair, about), chosen)


def _orders_page(fair: Fair, form: OrderForm) -> str:
    about = request.args.get("participant", type=int)
    named: Any = access.fetch(Participant, about, to="manage", fair_id=fair.id, options=WITH_PARTY) if about else None
    return render_template(
        "meetings/limits/orders.html",
        orders=ordering.of_fair(fair),
        form=form,
        about=named,
        label=ordering.label,
        name_of=participants.name_of,
    )


def _meeting(fair: Fair, id: Any) -> Meeting:
    return access.fetch(Meeting, int(id), to="manage", fair_id=fair.id)

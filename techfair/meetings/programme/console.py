"""The organizer's pages of the programme: its rules, and who takes part."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.core import access, pages
from techfair.core.errors import ChangedMeanwhile
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import participants
from techfair.meetings.programme import queries
from techfair.meetings.programme import rules as programme_rules
from techfair.meetings.programme.forms import RulesForm
from techfair.meetings.programme.queries import TakingPart
from techfair.meetings.programme.words import GOAL_HINTS, KIND_WORDS, language_names
from techfair.meetings.staff import naming

bp = access.signed_in(Blueprint("programme_console", __name__, url_prefix="/organizer/fairs/<slug>/meetings"))
PAGE = 50


def fair_of(slug: str) -> Fair:
    """The fair of an address, for those who look after its meetings."""
    fair = access.fetch(Fair, slug=slug, to="meetings")
    pages.show(fair)
    g.rail_key = "meeting_console"
    return fair


@bp.route("/rules", methods=["GET", "POST"])
def rules(slug: str) -> ResponseReturnValue:
    """When requests are taken, how many, and who meets whom."""
    fair = fair_of(slug)
    form = RulesForm(programme_rules.of_fair(fair))
    if not form.validate_on_submit():
        return _rules_page(form), 422 if form.errors else 200
    try:
        programme_rules.set_rules(fair, form.version.data, current_user, **form.rules())
    except ChangedMeanwhile as refusal:
        db.session.rollback()
        form.version.data = programme_rules.of_fair(fair_of(slug)).version
        return _rules_page(form, refusal=refusal.message), refusal.status
    flash(_("The rules are set."), "good")
    db.session.commit()
    return redirect(url_for(".rules", slug=slug), 303)


def _rules_page(form: RulesForm, **context: Any) -> str:
    return render_template("meetings/programme/rules.html", form=form, goal_hints=GOAL_HINTS, **context)


@bp.get("/participants")
def listing(slug: str) -> ResponseReturnValue:
    """Who takes part, found without accents and by kind."""
    fair = fair_of(slug)
    kind, text = request.args.get("kind", ""), request.args.get("q", "")
    those = queries.taking_part(fair, kind if kind in KIND_WORDS else "", text)
    page = db.paginate(those, per_page=PAGE, max_per_page=PAGE, error_out=False)
    number = max(page.page, 1)
    rows = db.session.execute(those.limit(PAGE).offset((number - 1) * PAGE))
    found = [TakingPart(*row) for row in rows]
    return render_template(
        "meetings/programme/participants.html",
        page=page,
        rows=found,
        stand_ins=naming.by_participant([row.profile.participant_id for row in found]),
        kind=kind,
        text=text,
        kinds=KIND_WORDS,
        counts=queries.counts(fair),
        name_of=participants.name_of,
        language_names=language_names,
    )

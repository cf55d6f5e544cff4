"""The organizer's pages of the programme."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.core import access
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs import programme as activities
from techfair.fairs import queries
from techfair.fairs.console import bp, fair_of
from techfair.fairs.forms import ActivityForm
from techfair.fairs.models import Activity, Fair

DEEDS: dict[str, Callable[[Activity, Any], None]] = {
    "hold": activities.hold,
    "cancel": activities.cancel,
    "plan": activities.plan,
    "delete": activities.delete,
}


def _activity(fair: Fair, id: int) -> Activity:
    return access.fetch(Activity, id, to="settings", fair_id=fair.id)


def _back(slug: str) -> ResponseReturnValue:
    answer = redirect(url_for(".programme", slug=slug), 303)
    db.session.commit()
    return answer


@bp.get("/fairs/<slug>/programme")
def programme(slug: str) -> ResponseReturnValue:
    """All activities by day."""
    return render_template("fairs/console_programme.html", days=queries.programme(fair_of(slug)))


@bp.route("/fairs/<slug>/programme/new", methods=["GET", "POST"])
def new_activity(slug: str) -> ResponseReturnValue:
    """Add an activity."""
    fair = fair_of(slug)
    form = ActivityForm(fair)
    if form.validate_on_submit():
        activity = activities.add(fair, form.activity(), current_user)
        flash(_("%(title)s stands in the programme.", title=activity.title), "good")
        return _back(slug)
    return render_template("fairs/console_activity.html", form=form, activity=None), 422 if form.errors else 200


@bp.route("/fairs/<slug>/programme/<int:id>", methods=["GET", "POST"])
def activity(slug: str, id: int) -> ResponseReturnValue:
    """Change an activity."""
    fair = fair_of(slug)
    activity = _activity(fair, id)
    form = ActivityForm(fair, activity)
    if form.validate_on_submit():
        activities.change(activity, fair, form.activity(), current_user)
        flash(_("Saved."), "success")
        return _back(slug)
    return render_template("fairs/console_activity.html", form=form, activity=activity), 422 if form.errors else 200


@bp.post("/fairs/<slug>/programme/<int:id>/<deed>")
def change_activity(slug: str, id: int, deed: str) -> ResponseReturnValue:
    """Mark an activity as held, cancel it, plan it again, or delete one that nothing belongs to."""
    if deed not in DEEDS:
        abort(404)
    activity = _activity(fair_of(slug), id)
    try:
        DEEDS[deed](activity, current_user)
    except TechfairError as refusal:
        flash(str(refusal.message), "bad")
    return _back(slug)

"""The organizer's page on which the days of each kind are ticked."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.core import access, pages
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.kind_days import choosing
from techfair.visitors.kind_days.forms import KindDaysForm

bp = access.signed_in(Blueprint("kind_days_console", __name__, url_prefix="/organizer/fairs/<slug>/gates/days"))


@bp.route("", methods=["GET", "POST"])
def index(slug: str) -> ResponseReturnValue:
    """Choose on which days each kind is let in."""
    fair = access.fetch(Fair, slug=slug, to="gates")
    pages.show(fair)
    g.rail_key = "gate_console"
    form = KindDaysForm(fair)
    if form.validate_on_submit():
        choosing.choose(fair, form.wanted(), current_user)
        flash(_("The gates go by these days from now on."), "good")
        answer = redirect(url_for("gate_console.index", slug=slug), 303)
        db.session.commit()
        return answer
    page = render_template("gates/kind_days.html", form=form)
    return page, 422 if form.errors else 200

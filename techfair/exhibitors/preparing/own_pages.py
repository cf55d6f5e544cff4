"""The exhibitor's page of what is still to be done."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from techfair.core import access, clock, pages
from techfair.core.errors import ChangedMeanwhile
from techfair.exhibitors import front, own
from techfair.exhibitors.models import Exhibitor
from techfair.exhibitors.preparing import progress
from techfair.exhibitors.preparing.forms import BoothForm
from techfair.extensions import db
from techfair.fairs.models import Fair

bp = access.signed_in(Blueprint("own_preparing", __name__, url_prefix="/exhibitor/preparing"))
front.own_entry("own_preparing.tasks", _l("Preparation"), "list-checks", "own_preparing.tasks", order=15)


@bp.get("")
@own.place("own_preparing.tasks")
def tasks() -> ResponseReturnValue:
    """What is done, what is missing, by when."""
    exhibitor = own.current_exhibitor()
    if exhibitor is None:
        return render_template("preparing/own_none.html")
    today = clock.today(db.session.get_one(Fair, exhibitor.fair_id).timezone)
    return render_template("preparing/own_tasks.html", progress=progress.of_exhibitor(exhibitor), today=today)


@bp.route("/booth", methods=["GET", "POST"])
@own.place("own_preparing.tasks")
def booth() -> ResponseReturnValue:
    """Fascia, power, water, deliveries."""
    exhibitor = _mine()
    form = BoothForm(progress.said_by(exhibitor))
    if not form.validate_on_submit():
        return render_template("preparing/own_booth.html", form=form), 422 if form.errors else 200
    try:
        progress.say(exhibitor, form.version.data, own.me(), **form.said())
    except ChangedMeanwhile as refusal:
        db.session.rollback()
        theirs = progress.said_by(_mine())
        form.version.data = theirs.version
        return render_template("preparing/own_booth.html", form=form, theirs=theirs), refusal.status
    flash(_("Saved. The organizer sees it."), "good")
    db.session.commit()
    return redirect(url_for(".tasks"), 303)


def _mine() -> Exhibitor:
    """The exhibitor that this person may speak for."""
    exhibitor = own.current_exhibitor() or abort(404)
    pages.show(db.session.get_one(Fair, exhibitor.fair_id))
    return own.with_company(access.fetch(Exhibitor, exhibitor.id, to="act"))

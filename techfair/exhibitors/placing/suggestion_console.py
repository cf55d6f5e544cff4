"""The organizer's page of the suggestion: made by the worker, shown as differences, then applied or not."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user

from techfair.core import jobs
from techfair.exhibitors.console import bp, fair_of
from techfair.exhibitors.placing import suggesting
from techfair.exhibitors.placing.words import REASONS
from techfair.extensions import db
from techfair.fairs.models import Fair


@bp.get("/booths/suggestion")
def suggestion(slug: str) -> ResponseReturnValue:
    """Ask for a suggestion; the last one with what it would change."""
    return _page(fair_of(slug, "read"))


def _page(fair: Fair) -> str:
    last = jobs.last(suggesting.JOB, fair.id)
    found = last.arguments.get("found") if last and last.state == "done" else None
    told = suggesting.changes(fair, found) if found else None
    return render_template("placing/suggestion.html", job=last, found=found, told=told, reasons=REASONS)


@bp.get("/booths/suggestion/progress")
def suggestion_progress(slug: str) -> ResponseReturnValue:
    """How far the worker is, for the page that waits."""
    last = jobs.last(suggesting.JOB, fair_of(slug, "read").id) or abort(404)
    return render_template("placing/_suggesting.html", job=last)


@bp.post("/booths/suggestion")
def suggest(slug: str) -> ResponseReturnValue:
    """Have a suggestion made."""
    fair = fair_of(slug, "exhibitors")
    jobs.start(suggesting.JOB, by=current_user, fair_id=fair.id, may_move="may_move" in request.form)
    return _to_page(slug)


@bp.post("/booths/suggestion/<int:id>/apply")
def apply_suggestion(slug: str, id: int) -> ResponseReturnValue:
    """Give the booths as the suggestion says: all, or none where the plan has changed since."""
    fair = fair_of(slug, "exhibitors")
    last = jobs.last(suggesting.JOB, fair.id)
    try:
        if last is None or last.id != id:
            raise suggesting.SuggestionOutdated
        number = suggesting.apply(fair, last, current_user)
    except suggesting.SuggestionOutdated as refusal:
        db.session.rollback()
        flash(str(refusal.message), "bad")
        return _to_page(slug)
    flash(ngettext("%(num)d exhibitor has its booth.", "%(num)d exhibitors have their booths.", number), "good")
    return _to_page(slug)


def _to_page(slug: str) -> ResponseReturnValue:
    answer = redirect(url_for(".suggestion", slug=slug), 303)
    db.session.commit()
    return answer

"""The queue of a fair's applications: narrowed, compared, given to reviewers, decided many at once."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_ngettext
from flask_babel.speaklater import LazyString

from techfair.accounts.models import User
from techfair.core import access
from techfair.core.languages import LANGUAGES
from techfair.exhibitors import queries, words
from techfair.exhibitors.applications import ReasonMissing
from techfair.exhibitors.console import bp, fair_of, me
from techfair.exhibitors.models import Application
from techfair.exhibitors.reviewing import assigning, decisions, showing
from techfair.exhibitors.reviewing import queries as review_queries
from techfair.exhibitors.reviewing.application_page import asked_reviewer, tell
from techfair.exhibitors.reviewing.assigning import NoReviewer
from techfair.exhibitors.reviewing.decisions import DECISIONS, IN_BULK, MOST, Decision
from techfair.exhibitors.reviewing.filters import Filters, applications
from techfair.exhibitors.reviewing.forms import BatchForm
from techfair.extensions import db
from techfair.fairs.models import Fair

PAGE, MOST_COMPARED = 50, 4


@bp.get("")
def listing(slug: str) -> ResponseReturnValue:
    """The applications of a fair, narrowed and ordered, each with its reviewer and how much is noted about it."""
    fair, filters = fair_of(slug, "read"), Filters.read(request.args)
    those = applications(fair, filters, me().id)
    page = db.paginate(those, per_page=PAGE, max_per_page=PAGE, error_out=False)
    ids = [one.id for one in page.items]
    return render_template(
        "exhibitors/console_list.html",
        page=page,
        filters=filters,
        counts=review_queries.state_counts(fair, filters, me().id),
        states=words.APPLICATION_STATES,
        booths=queries.booths_of_companies(fair, [one.company_id for one in page.items]),
        reviewers=review_queries.reviewers_of(ids),
        notes=review_queries.note_counts(ids),
        offered=review_queries.offered(fair),
        decisions={key: DECISIONS[key] for key in IN_BULK},
    )


@bp.get("/compare")
def compare(slug: str) -> ResponseReturnValue:
    """Up to four applications beside one another."""
    fair = fair_of(slug, "read")
    chosen = review_queries.chosen(fair, request.args.getlist("id", int)[:MOST_COMPARED])
    if len(chosen) < 2:
        abort(404)
    rows = showing.comparison(fair, chosen, review_queries.compared(fair, chosen))
    return render_template("reviewing/compare.html", applications=chosen, rows=rows)


@bp.post("/chosen")
def act_on_chosen(slug: str) -> ResponseReturnValue:
    """What the queue's buttons do with the rows ticked: compare, give to a reviewer, or show what a decision does."""
    fair = fair_of(slug, "read")
    ids, asked = request.form.getlist("application", int), request.form.get("deed", "")
    if asked == "compare":
        return _to_comparison(slug, ids)
    fair = fair_of(slug, "exhibitors")
    batch = _batch(fair, ids)
    if not batch:
        flash(_("Tick at least one application first."), "warn")
        return _back(slug)
    if asked == "assign":
        return _assign(slug, fair, batch)
    return _preview(fair, batch, asked, BatchForm(formdata=None))


def _to_comparison(slug: str, ids: Sequence[int]) -> ResponseReturnValue:
    if not 2 <= len(ids) <= MOST_COMPARED:
        flash(_("Tick two to four applications to compare them."), "warn")
        return _back(slug)
    return redirect(url_for(".compare", slug=slug, id=ids), 303)


def _batch(fair: Fair, ids: Sequence[int]) -> list[Application]:
    """Those of the fair that one may decide: each is judged, as when it is opened alone."""
    return [one for one in review_queries.chosen(fair, ids[:MOST]) if access.may(me(), one, "review")]


def _assign(slug: str, fair: Fair, batch: Sequence[Application]) -> ResponseReturnValue:
    try:
        reviewer = asked_reviewer()
        number = assigning.assign(fair, batch, reviewer, me())
    except NoReviewer as refusal:
        tell(refusal)
        return _back(slug)
    flash(str(_given(number, reviewer)), "good")
    return _back(slug)


def _given(number: int, reviewer: User | None) -> LazyString:
    if reviewer is None:
        return lazy_ngettext(
            "%(num)s application has no reviewer now.", "%(num)s applications have no reviewer now.", number
        )
    return lazy_ngettext(
        "%(num)s application is given to %(name)s.",
        "%(num)s applications are given to %(name)s.",
        number,
        name=reviewer.full_name,
    )


def _preview(fair: Fair, batch: Sequence[Application], asked: str, form: BatchForm) -> ResponseReturnValue:
    decision = _decision(asked)
    told = decisions.preview(fair, batch, decision, form.reason.data or "")
    status = 422 if form.errors else 200
    context = {"told": told, "decision": decision, "asked": asked, "filters": _kept()}
    context |= {"states": words.APPLICATION_STATES, "languages": LANGUAGES}
    return render_template("reviewing/preview.html", form=form, **context), status


def _decision(asked: str) -> Decision:
    if asked not in IN_BULK:
        abort(400)
    return DECISIONS[asked]


@bp.post("/chosen/decide")
def decide_chosen(slug: str) -> ResponseReturnValue:
    """Decide each of the batch, then tell what became of each; ``look`` shows the letters anew instead."""
    fair = fair_of(slug, "exhibitors")
    asked, form = request.form.get("deed", ""), BatchForm()
    decision, batch = _decision(asked), _batch(fair, request.form.getlist("application", int))
    if not form.validate():
        return _preview(fair, batch, asked, form)
    if "look" in request.form:
        return _preview(fair, batch, asked, form)
    try:
        results = decisions.decide_all(batch, decision, form.reason.data or "", me())
    except ReasonMissing as refusal:
        form.reason.errors = [refusal.message]
        return _preview(fair, batch, asked, form)
    context = {"results": results, "decision": decision, "filters": _kept(), "states": words.APPLICATION_STATES}
    answer = render_template("reviewing/done.html", **context)
    db.session.commit()
    return answer


def _kept() -> Filters:
    """The queue as it was narrowed when its rows were ticked."""
    return Filters.read(request.form)


def _back(slug: str) -> ResponseReturnValue:
    kept: dict[str, Any] = _kept().address()
    answer = redirect(url_for(".listing", slug=slug, **kept), 303)
    db.session.commit()
    return answer

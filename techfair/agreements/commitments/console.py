"""The organizer's pages of promises: dashboard, rows, overdue ones, reports to decide on."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select

from techfair.accounts.models import User
from techfair.agreements import kinds
from techfair.agreements.commitments import asking, promises, reporting, sheet
from techfair.agreements.commitments.models import ProgressReport, ProgressRequest
from techfair.agreements.commitments.own_pages import as_file, shown
from techfair.agreements.commitments.promises import BY, REGISTERS, Choice, Promise
from techfair.agreements.forms import ReasonForm
from techfair.agreements.models import Agreement
from techfair.core import access, pages
from techfair.core.errors import StepSkipped
from techfair.core.number_words import CURRENCY_WORDS
from techfair.core.spreadsheets import XLSX
from techfair.extensions import db
from techfair.fairs.models import Fair

bp = access.signed_in(Blueprint("commitment_console", __name__, url_prefix="/organizer/fairs/<slug>/commitments"))
PAGE = 50
FOREIGN = [f"capital:{one}" for one in CURRENCY_WORDS["vi"] if one != "VND"]
MEASURES = ("capital", *FOREIGN, "jobs", "technology", "step")


@bp.get("")
def board(slug: str) -> str:
    """Promised against realised, for one register, by one side of it."""
    fair, choice = _fair(slug), _choice()
    of_register = [one for one in promises.of_fairs(_fairs(fair)) if choice.fits(one)]
    measure = request.args.get("measure", "capital")
    by = request.args.get("by", "year")
    if by not in BY or measure not in MEASURES:
        abort(404)
    sums = promises.sums(of_register)
    chosen = [one for one in of_register if one.milestone.unit == measure]
    return render_template(
        "commitments/board.html",
        register=choice.register,
        measure=measure,
        by=by,
        everywhere=bool(request.args.get("everywhere")),
        sums=sums,
        groups=promises.grouped(chosen, by),
        overdue=sum(one.state == "overdue" for one in of_register),
        waiting=_waiting(fair),
        measures=[one for one in MEASURES if one in sums or one == measure or ":" not in one],
        registers=REGISTERS,
        **shown(),
    )


@bp.get("/rows")
def rows(slug: str) -> str:
    """The promises behind a figure."""
    found = _chosen(_fair(slug))
    number = max(1, request.args.get("page", 1, type=int))
    return render_template(
        "commitments/rows.html",
        promises=found[(number - 1) * PAGE : number * PAGE],
        total=len(found),
        number=number,
        count=max(1, -(-len(found) // PAGE)),
        choice=_choice(),
        **shown(),
    )


@bp.post("/rows.xlsx")
def take_along(slug: str) -> ResponseReturnValue:
    """The same promises as a spreadsheet, each amount to its last digit."""
    fair = _fair(slug)
    made = sheet.of(_chosen(fair), _("Promised and realised"))
    return pages.download(made, XLSX, f"{fair.slug}-commitments.xlsx")


@bp.get("/reports")
def reports(slug: str) -> str:
    """What parties reported, what waits first."""
    fair, state = _fair(slug), request.args.get("state", "waiting")
    of_fair = select(ProgressReport).join(Agreement, Agreement.id == ProgressReport.agreement_id)
    chosen = of_fair.where(Agreement.fair_id == fair.id, ProgressReport.state == state).options(*reporting.WHOLE)
    page = db.paginate(chosen.order_by(ProgressReport.id.desc()), per_page=PAGE, max_per_page=PAGE, error_out=False)
    return render_template("commitments/reports.html", page=page, state=state, **shown())


@bp.get("/reports/<int:id>")
def report(slug: str, id: int) -> str:
    """One report beside what was promised and what counts so far."""
    return _report(_fetch(slug, id), ReasonForm(formdata=None))


@bp.get("/reports/<int:id>/files/<int:file_id>")
def file(slug: str, id: int, file_id: int) -> ResponseReturnValue:
    """A piece of evidence."""
    kept = next((one for one in _fetch(slug, id).files if one.id == file_id), None) or abort(404)
    return as_file(kept)


@bp.post("/reports/<int:id>/accept")
def accept(slug: str, id: int) -> ResponseReturnValue:
    """Let a report count."""
    return _decided(slug, id, lambda told: reporting.accept(told, by=_me()), _("Accepted: it counts from now on."))


@bp.post("/reports/<int:id>/return")
def send_back(slug: str, id: int) -> ResponseReturnValue:
    """Return a report with a reason."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return _report(_fetch(slug, id), form), 422
    reason = form.reason.data or ""
    done = _("Returned. The party has received your reason and a link to report anew.")
    return _decided(slug, id, lambda told: reporting.send_back(told, by=_me(), reason=reason), done)


@bp.post("/requests/<int:id>/again")
def ask_again(slug: str, id: int) -> ResponseReturnValue:
    """Mail a party its link anew."""
    fair = _fair(slug)
    asked = access.fetch(ProgressRequest, id, to="decide", options=asking.WHOLE)
    if asked.agreement.fair_id != fair.id:
        abort(404)
    asking.send_again(asked, by=_me())
    flash(_("The link was sent to %(address)s.", address=asked.party.email), "good")
    back = url_for(".agreement", slug=slug, id=asked.agreement_id)
    db.session.commit()
    return redirect(back, 303)


@bp.get("/agreements/<int:id>")
def agreement(slug: str, id: int) -> str:
    """The promises of one agreement with every report ever made of them."""
    fair = _fair(slug)
    found = access.fetch(Agreement, id, to="look", fair_id=fair.id, options=promises.WHOLE)
    asked = select(ProgressRequest).filter_by(agreement_id=id).options(*asking.WHOLE)
    return render_template(
        "commitments/agreement.html",
        agreement=found,
        promises=promises.of_agreement(found),
        reports=reporting.of_agreement(id),
        requests=db.session.scalars(asked.order_by(ProgressRequest.id.desc())).all(),
        kinds=kinds,
        **shown(),
    )


def _fair(slug: str) -> Fair:
    g.rail_key = "agreement_console"
    fair = access.fetch(Fair, slug=slug, to="agreements")
    pages.show(fair)
    return fair


def _fairs(fair: Fair) -> Sequence[Fair]:
    """This fair, or every fair whose agreements this person may see."""
    if not request.args.get("everywhere"):
        return [fair]
    mine = db.session.scalars(access.own(Fair).order_by(Fair.id)).all()
    return [one for one in mine if access.may(current_user, one, "agreements")]


def _choice() -> Choice:
    register = request.args.get("register", "investments")
    if register not in REGISTERS:
        abort(404)
    if request.endpoint == "commitment_console.board":
        return Choice(register)
    told = {name: request.args.get(name) for name in BY}
    measure = request.args.get("measure", "")
    if measure and measure not in MEASURES:
        abort(404)
    return Choice(register, measure, state=request.args.get("state", ""), **told)


def _chosen(fair: Fair) -> list[Promise]:
    choice = _choice()
    return [one for one in promises.of_fairs(_fairs(fair)) if choice.fits(one)]


def _waiting(fair: Fair) -> int:
    of_fair = select(func.count()).select_from(ProgressReport).join(Agreement)
    waiting = of_fair.where(Agreement.fair_id == fair.id, ProgressReport.state == "waiting")
    return db.session.scalar(waiting) or 0


def _fetch(slug: str, id: int) -> ProgressReport:
    fair = _fair(slug)
    told = access.fetch(ProgressReport, id, to="decide", options=reporting.WHOLE)
    return told if told.agreement.fair_id == fair.id else abort(404)


def _report(told: ProgressReport, form: ReasonForm) -> str:
    counted = {one.milestone.id: one for one in promises.of_agreement(told.agreement)}
    return render_template(
        "commitments/decide.html", report=told, agreement=told.agreement, counted=counted, form=form, **shown()
    )


def _decided(slug: str, id: int, decide: Any, done: str) -> ResponseReturnValue:
    told = _fetch(slug, id)
    try:
        decide(told)
    except StepSkipped:
        db.session.rollback()
        flash(_("This report was decided on or corrected meanwhile."), "warn")
    else:
        db.session.commit()
        flash(done, "good")
    return redirect(url_for(".report", slug=slug, id=id), 303)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user

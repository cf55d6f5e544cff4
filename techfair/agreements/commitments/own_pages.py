"""Where a party reports: the page of the mailed link, and the way there for managers who are signed in."""

from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from techfair.agreements import kinds, mailed_pages
from techfair.agreements.commitments import asking, periods, promises, reporting, words
from techfair.agreements.commitments.forms import MOST_FILES, ProgressForm
from techfair.agreements.commitments.models import ProgressFile, ProgressRequest
from techfair.agreements.deal import values
from techfair.agreements.documents import load
from techfair.agreements.models import Agreement
from techfair.agreements.papers import ENDINGS
from techfair.core import access, clock, links, pages
from techfair.core.errors import StepSkipped
from techfair.core.languages import language
from techfair.exhibitors.models import CompanyMember
from techfair.extensions import db, limiter

bp = mailed_pages.by_link(Blueprint("progress", __name__, url_prefix="/progress"), "commitments/no_link.html")
own_bp = access.signed_in(Blueprint("own_progress", __name__, url_prefix="/exhibitor/agreements"))


@bp.get("/<token>")
def page(token: str) -> str:
    """What was promised, what counts so far, and the form."""
    request = _opened(token)
    return _page(token, request, ProgressForm(_to_report(request), formdata=None))


@bp.post("/<token>")
@limiter.limit("60/hour")
def report(token: str) -> ResponseReturnValue:
    """Hand in the report."""
    request = _opened(token)
    form = ProgressForm(_to_report(request))
    if not form.validate_on_submit():
        return _page(token, request, form), 422
    note, once = form.note.data or "", form.form_token.data
    reporting.report(request, form.reached(), form.papers, note=note, form_token=once)
    db.session.commit()
    flash(_("Thank you. The organizer reads your report; it counts once it is accepted."), "good")
    return redirect(url_for(".page", token=token), 303)


@bp.get("/<token>/files/<int:id>")
def file(token: str, id: int) -> ResponseReturnValue:
    """A file that this party sent."""
    request = _opened(token)
    mine = [one for told in reporting.of_party(request.party_id) for one in told.files if one.id == id]
    if not mine:
        raise links.LinkBroken
    return as_file(mine[0])


def as_file(kept: ProgressFile) -> Response:
    """Evidence as a download: nothing that somebody sent is shown within our pages."""
    return pages.download(current_app.extensions["files"].read(kept.digest), kept.media_type, _plain(kept))


def _plain(kept: ProgressFile) -> str:
    return f"evidence-{kept.id}.{ENDINGS[kept.media_type]}"


@bp.errorhandler(StepSkipped)
def too_late(error: StepSkipped) -> ResponseReturnValue:
    """The agreement was ended meanwhile: the page says so."""
    db.session.rollback()
    return render_template("commitments/no_link.html", is_expired=False, is_ended=True), 409


@own_bp.post("/<int:id>/progress")
def mine(id: int) -> ResponseReturnValue:
    """The page of the own company's link for the half-year that ended last."""
    access.fetch(Agreement, id, to="edit")
    agreement = load(id, for_update=True)
    companies = select(CompanyMember.company_id).filter_by(user_id=current_user.id, role="manager")
    known = set(db.session.scalars(companies))
    party = next((one for one in asking.promising(agreement) if one.company_id in known), None)
    if party is None or agreement.state != "completed":
        raise StepSkipped
    period_on = periods.last_ended(clock.today(agreement.fair.timezone))
    request = asking.ask(agreement, party, period_on, by=current_user._get_current_object())
    token = links.sign(asking.PURPOSE, request.id)
    db.session.commit()
    return redirect(url_for("progress.page", token=token), 303)


def _opened(token: str) -> ProgressRequest:
    id = links.read(asking.PURPOSE, token, days=asking.LINK_DAYS)
    request = db.session.scalars(select(ProgressRequest).filter_by(id=id).options(*asking.WHOLE)).one_or_none()
    if request is None:
        raise links.LinkBroken
    pages.show(request.agreement.fair)
    return request


def _to_report(request: ProgressRequest) -> list[promises.Promise]:
    """What is not reached yet of what counts."""
    return [one for one in promises.of_agreement(request.agreement) if not one.is_reached]


def _page(token: str, request: ProgressRequest, form: ProgressForm) -> str:
    return render_template(
        "commitments/report.html",
        token=token,
        asked=request,
        agreement=request.agreement,
        party=request.party,
        form=form,
        all_promises=promises.of_agreement(request.agreement),
        reports=reporting.of_party(request.party_id),
        most_files=MOST_FILES,
        next_on=periods.next_asked(request.period_on),
        kinds=kinds,
        **shown(),
    )


def shown() -> dict[str, Any]:
    """What every page of promises is written with."""
    return {
        "words": words,
        "measured": lambda amount, unit: values.measured(amount, unit, language()),
        "in_dong": lambda milestone: values.in_dong(milestone, language()),
        "planned": lambda milestone: values.planned(milestone, language()),
    }

"""One application as organizers see it: decided, noted about, given to a reviewer."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from techfair.accounts.models import User
from techfair.core import access, audit
from techfair.core.errors import StepSkipped, TechfairError
from techfair.exhibitors import booths, queries, words
from techfair.exhibitors.applications import ReasonMissing
from techfair.exhibitors.booths import BoothTaken, BoothUnusable
from techfair.exhibitors.call import showing as call_showing
from techfair.exhibitors.call.words import DEEDS as CALL_DEEDS
from techfair.exhibitors.console import bp, fair_of, me, of_fair
from techfair.exhibitors.contacts import deeds as contacts
from techfair.exhibitors.documents import deeds as documents
from techfair.exhibitors.forms import DecisionForm
from techfair.exhibitors.models import Application
from techfair.exhibitors.reviewing import assigning, notes
from techfair.exhibitors.reviewing import queries as review_queries
from techfair.exhibitors.reviewing.assigning import NoReviewer
from techfair.exhibitors.reviewing.decisions import DECISIONS
from techfair.exhibitors.reviewing.filters import Filters, applications
from techfair.exhibitors.reviewing.forms import NoteForm
from techfair.exhibitors.reviewing.models import ApplicationNote
from techfair.exhibitors.reviewing.words import DEEDS as REVIEW_DEEDS
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair

NEIGHBOURS = 40


@bp.get("/<int:id>")
def review(slug: str, id: int) -> ResponseReturnValue:
    """One application with everything needed to decide it."""
    fair = fair_of(slug, "read")
    return _page(fair, _application(fair, id, "look"))


def _application(fair: Fair, id: int, to: str = "review") -> Application:
    application: Application = of_fair(Application, id, fair, to, queries.WITH_COMPANY)
    return application


def _page(
    fair: Fair, application: Application, form: DecisionForm | None = None, note_form: NoteForm | None = None
) -> str:
    exhibitor = queries.exhibitor_at(fair, application.company_id)
    is_deciding = access.may(me(), fair, "exhibitors")
    beside = applications(fair, Filters(state=application.state), me().id).limit(NEIGHBOURS)
    return render_template(
        "exhibitors/console_review.html",
        application=application,
        company=application.company,
        exhibitor=exhibitor,
        form=form or DecisionForm(),
        decisions={key: one for key, one in DECISIONS.items() if is_deciding and application.may_become(one.state)},
        free=booths.free(fair.id) if application.may_become("approved") else [],
        booths=booths.codes(exhibitor.booths) if exhibitor else [],
        neighbours=db.session.scalars(beside).all(),
        earlier=queries.earlier_applications(application),
        said=call_showing.said(application),
        contacts=contacts.of(application.company_id),
        documents=documents.of(application.company),
        history=[_step(entry) for entry in audit.of(application)],
        notes=review_queries.notes_of(application),
        note_form=note_form or NoteForm(),
        reviewer=review_queries.reviewers_of([application.id]).get(application.id),
        staff=review_queries.staff_of(fair) if is_deciding else [],
    )


def _step(entry: audit.AuditEntry) -> dict[str, Any]:
    state = entry.action.partition(".")[2]
    word = CALL_DEEDS.get(entry.action) or REVIEW_DEEDS.get(entry.action)
    what = word or (_("Started") if state == "started" else words.APPLICATION_STATES.get(state, state))
    why = entry.details.get("reason") or entry.details.get("user", "")
    return {"what": what, "at": entry.at, "who": entry.actor, "why": why}


@bp.post("/<int:id>/decide")
def decide(slug: str, id: int) -> ResponseReturnValue:
    """Approve (with a booth), return, put on the waiting list, decline or cancel; the company is told by mail."""
    fair = fair_of(slug, "exhibitors")
    application = _application(fair, id)
    form, decision = DecisionForm(), DECISIONS.get(request.form.get("deed", ""))
    if decision is None or not form.validate():
        abort(400)
    booth = of_fair(Booth, form.booth_id.data, fair, "exhibitors") if form.booth_id.data else None
    try:
        extra = {"booth": booth} if decision.state == "approved" else {}
        decision.deed(application, me(), form.reason.data or "", **extra)
    except (ReasonMissing, BoothTaken, BoothUnusable) as refusal:
        db.session.rollback()
        field = form.reason if isinstance(refusal, ReasonMissing) else form.booth_id
        field.errors = [refusal.message]
        fair = fair_of(slug, "exhibitors")
        return _page(fair, _application(fair, id), form), refusal.status
    flash(decision.done, "good")
    return _back(slug, id)


@bp.post("/<int:id>/notes")
def note(slug: str, id: int) -> ResponseReturnValue:
    """Note something among organizers."""
    fair = fair_of(slug, "exhibitors")
    application, form = _application(fair, id), NoteForm()
    if not form.validate():
        return _page(fair, application, note_form=form), 422
    notes.write(application, form.text.data or "", me())
    return _back(slug, id, "notes")


@bp.post("/<int:id>/notes/<int:note_id>/take-back")
def take_note_back(slug: str, id: int, note_id: int) -> ResponseReturnValue:
    """Remove an own note."""
    fair = fair_of(slug, "exhibitors")
    application = _application(fair, id)
    notes.take_back(access.fetch(ApplicationNote, note_id, to="edit", application_id=id), application, me())
    return _back(slug, id, "notes")


@bp.post("/<int:id>/reviewer")
def give_reviewer(slug: str, id: int) -> ResponseReturnValue:
    """Give the application to a reviewer, or to nobody."""
    fair = fair_of(slug, "exhibitors")
    try:
        assigning.assign(fair, [_application(fair, id)], asked_reviewer(), me())
    except NoReviewer as refusal:
        tell(refusal)
    return _back(slug, id)


def asked_reviewer() -> User | None:
    """The person chosen in a form; None for nobody."""
    asked = request.form.get("to", "")
    if not asked:
        return None
    user = db.session.get(User, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
    if user is None:
        raise NoReviewer
    return user


def tell(refusal: TechfairError | type[StepSkipped]) -> None:
    flash(str(refusal.message), "bad")


def _back(slug: str, id: int, anchor: str | None = None) -> ResponseReturnValue:
    answer = redirect(url_for(".review", slug=slug, id=id, _anchor=anchor), 303)
    db.session.commit()
    return answer

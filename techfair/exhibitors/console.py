"""The organizer's pages of this room: applications with their decisions, and who has which booth."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from techfair.accounts.models import User
from techfair.core import access, audit, pages
from techfair.core.errors import TechfairError
from techfair.exhibitors import applications, booths, queries, words
from techfair.exhibitors.applications import ReasonMissing
from techfair.exhibitors.booths import BoothTaken, BoothUnusable
from techfair.exhibitors.call import showing as call_showing
from techfair.exhibitors.call.words import DEEDS as CALL_DEEDS
from techfair.exhibitors.forms import DecisionForm
from techfair.exhibitors.models import Application, BoothAssignment, Exhibitor
from techfair.exhibitors.placing import giving
from techfair.extensions import db
from techfair.fairs.models import Booth, Fair

bp = access.signed_in(Blueprint("exhibitor_console", __name__, url_prefix="/organizer/fairs/<slug>/exhibitors"))
pages.rail_entry("exhibitor_console", _l("Exhibitors"), "store", "exhibitor_console.listing", grant="read", order=20)

PAGE, NEIGHBOURS = 50, 40
DECISIONS: dict[str, Callable[..., Any]] = {
    "approve": applications.approve,
    "return": applications.return_,
    "wait": applications.wait,
    "decline": applications.decline,
    "cancel": applications.cancel,
}
DONE = {
    "approve": _l("Approved. The company gets a mail."),
    "return": _l("Returned. The company gets a mail with your reason."),
    "wait": _l("On the waiting list. The company gets a mail."),
    "decline": _l("Declined. The company gets a mail with your reason."),
    "cancel": _l("Cancelled. The company gets a mail with your reason; its booths are free."),
}


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


def fair_of(slug: str, to: str) -> Fair:
    """The fair of a page of this room, which is about it from now on."""
    fair = access.fetch(Fair, slug=slug, to=to)
    pages.show(fair)
    return fair


def _of_fair(model: type[Any], id: int | None, fair: Fair, to: str, options: Any = ()) -> Any:
    """A thing of this fair; another fair's number is no number here."""
    return access.fetch(model, id, to=to, options=options, fair_id=fair.id)


@bp.get("")
def listing(slug: str) -> ResponseReturnValue:
    """The applications of a fair by state, found without accents."""
    fair = fair_of(slug, "read")
    state, text = request.args.get("state", ""), request.args.get("q", "")
    page = db.paginate(queries.applications_at(fair, state, text), per_page=PAGE, max_per_page=PAGE, error_out=False)
    return render_template(
        "exhibitors/console_list.html",
        page=page,
        state=state,
        text=text,
        counts=queries.application_counts(fair),
        states=words.APPLICATION_STATES,
        booths=queries.booths_of_companies(fair, [one.company_id for one in page.items]),
    )


@bp.get("/<int:id>")
def review(slug: str, id: int) -> ResponseReturnValue:
    """One application with everything needed to decide it."""
    fair = fair_of(slug, "read")
    application = _of_fair(Application, id, fair, "look", queries.WITH_COMPANY)
    return _review_page(fair, application, DecisionForm())


def _review_page(fair: Fair, application: Application, form: DecisionForm) -> str:
    exhibitor = queries.exhibitor_at(fair, application.company_id)
    return render_template(
        "exhibitors/console_review.html",
        application=application,
        company=application.company,
        exhibitor=exhibitor,
        form=form,
        free=booths.free(fair.id) if application.may_become("approved") else [],
        booths=booths.codes(exhibitor.booths) if exhibitor else [],
        neighbours=queries.neighbours(fair, application.state, NEIGHBOURS),
        earlier=queries.earlier_applications(application),
        said=call_showing.said(application),
        history=[_step(entry) for entry in audit.of(application)],
    )


def _step(entry: audit.AuditEntry) -> dict[str, Any]:
    state = entry.action.partition(".")[2]
    words_of_call = CALL_DEEDS.get(entry.action)
    what = words_of_call or (_("Started") if state == "started" else words.APPLICATION_STATES.get(state, state))
    return {"what": what, "at": entry.at, "who": entry.actor, "why": entry.details.get("reason", "")}


@bp.post("/<int:id>/decide")
def decide(slug: str, id: int) -> ResponseReturnValue:
    """Approve (with a booth), return, put on the waiting list, decline or cancel; the company is told by mail."""
    fair = fair_of(slug, "exhibitors")
    application = _of_fair(Application, id, fair, "review", queries.WITH_COMPANY)
    form, deed = DecisionForm(), request.form.get("deed", "")
    if deed not in DECISIONS or not form.validate():
        abort(400)
    booth = _of_fair(Booth, form.booth_id.data, fair, "exhibitors") if form.booth_id.data else None
    try:
        extra = {"booth": booth} if deed == "approve" else {}
        DECISIONS[deed](application, _me(), form.reason.data or "", **extra)
    except (ReasonMissing, BoothTaken, BoothUnusable) as refusal:
        db.session.rollback()
        field = form.reason if isinstance(refusal, ReasonMissing) else form.booth_id
        field.errors = [refusal.message]
        application = _of_fair(Application, id, fair, "review", queries.WITH_COMPANY)
        return _review_page(fair, application, form), refusal.status
    flash(DONE[deed], "good")
    db.session.commit()
    return redirect(url_for(".review", slug=slug, id=id), 303)


@bp.get("/booths")
def booth_list(slug: str) -> ResponseReturnValue:
    """Every booth of the fair with who has it."""
    return _booth_page(fair_of(slug, "read"))


def _booth_page(fair: Fair, refusal: TechfairError | None = None) -> str:
    return render_template(
        "exhibitors/console_booths.html",
        rows=queries.booth_list(fair),
        exhibitors=queries.all_exhibitors(fair),
        without=queries.without_booth(fair),
        refusal=refusal,
        wanted=request.values.get("booth", 0, int),
    )


@bp.post("/booths/assign")
def assign_booth(slug: str) -> ResponseReturnValue:
    """Give a booth to an exhibitor, both of this fair."""
    fair = fair_of(slug, "exhibitors")
    booth = _of_fair(Booth, request.form.get("booth_id", 0, int), fair, "exhibitors")
    exhibitor = _of_fair(
        Exhibitor, request.form.get("exhibitor_id", 0, int), fair, "review", queries.EXHIBITOR_WITH_COMPANY
    )
    try:
        giving.give(exhibitor, booth, _me())
    except (BoothTaken, BoothUnusable) as refusal:
        db.session.rollback()
        return _booth_page(fair, refusal), refusal.status
    flash(_("Booth %(code)s is given to %(name)s.", code=booth.code, name=exhibitor.company.name), "good")
    db.session.commit()
    return redirect(url_for(".booth_list", slug=slug), 303)


@bp.post("/booths/<int:booth_id>/release")
def release_booth(slug: str, booth_id: int) -> ResponseReturnValue:
    """Take a booth back from whoever has it."""
    fair = fair_of(slug, "exhibitors")
    booth = _of_fair(Booth, booth_id, fair, "exhibitors")
    held: BoothAssignment | None = booths.held(booth)
    if held is not None:
        booths.release(held, _of_fair(Exhibitor, held.exhibitor_id, fair, "review"), _me())
        flash(_("Booth %(code)s is free.", code=booth.code), "info")
    db.session.commit()
    return redirect(url_for(".booth_list", slug=slug), 303)

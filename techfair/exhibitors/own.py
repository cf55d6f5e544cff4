"""The exhibitor's own pages: where the application stands, the profile, and what the company shows."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from techfair.accounts import landing
from techfair.accounts.models import User
from techfair.core import access, audit, pages
from techfair.core.errors import ChangedMeanwhile
from techfair.exhibitors import applications, booths, companies, comparing, forms, front, joining, queries, words
from techfair.exhibitors.applications import CallClosed
from techfair.exhibitors.call import answering
from techfair.exhibitors.call import showing as call_showing
from techfair.exhibitors.call.forms import CallForm, form_for
from techfair.exhibitors.companies import CompanyKnown
from techfair.exhibitors.drafts import names, restoring
from techfair.exhibitors.forms import ProfileForm
from techfair.exhibitors.models import Application, Company, Exhibitor
from techfair.extensions import db

bp = access.signed_in(Blueprint("exhibitor_own", __name__, url_prefix="/exhibitor"))

front.own_entry("exhibitor_own.home", _l("Overview"), "house", "exhibitor_own.home", order=10)
front.own_entry("exhibitor_own.profile", _l("Company profile"), "building-2", "exhibitor_own.profile", order=20)

View = Callable[..., ResponseReturnValue]


def me() -> User:
    user: User = current_user._get_current_object()
    return user


@landing.places.add(30)
def exhibitors(user: User) -> str | None:
    """Where those who act for a company land after signing in."""
    return url_for("exhibitor_own.home") if companies.of_user(user) else None


def place(key: str) -> Callable[[View], View]:
    """Show the exhibitor's rail around a view, with ``key`` as the present place."""

    def around(view: View) -> View:
        @wraps(view)
        def shown(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            front.show_own_rail(key)
            return view(*args, **kwargs)

        return shown

    return around


def current_company(to: str = "read") -> Company | None:
    """The company this person works for now: asked for by ``?company=``, chosen before, or their first."""
    if asked := request.args.get("company"):
        company = access.fetch(Company, public_ref=asked, to=to)
        session["company"] = company.public_ref
        return company
    mine = [company for company in companies.of_user(me()) if access.may(me(), company, to)]
    g.own_companies = mine
    return next((one for one in mine if one.public_ref == session.get("company")), mine[0] if mine else None)


def show_fair_of(company: Company) -> list[Application]:
    """Make the fair of the newest application the page's fair, and answer all applications."""
    mine = list(queries.applications_of(company.id))
    if mine:
        pages.show(mine[0].fair)
    return mine


def current_exhibitor() -> Exhibitor | None:
    """The exhibitor that this person works for now, at the fair of its newest application."""
    company = current_company("act")
    applications = show_fair_of(company) if company else []
    exhibitor = queries.exhibitor_at(applications[0].fair, company.id) if company and applications else None
    return with_company(exhibitor) if exhibitor else None


def with_company(exhibitor: Exhibitor) -> Exhibitor:
    """The same exhibitor, its company loaded: by a statement, for ``get`` leaves a known object as it is."""
    whole = select(Exhibitor).filter_by(id=exhibitor.id).options(joinedload(Exhibitor.company))
    return db.session.scalars(whole).one()


@bp.get("/")
@place("exhibitor_own.home")
def home() -> ResponseReturnValue:
    """What stands where, and what is missing."""
    company = current_company()
    if company is None:
        return render_template("exhibitors/own_empty.html")
    mine = show_fair_of(company)
    present = next((one for one in mine if one.state not in {"declined", "withdrawn", "cancelled"}), None)
    exhibitor = queries.exhibitor_at(present.fair, company.id) if present else None
    return render_template(
        "exhibitors/own_home.html",
        company=company,
        applications=mine,
        present=present,
        booths=booths.codes(exhibitor.booths) if exhibitor else [],
        counts=queries.record_counts(company.id),
        companies=g.get("own_companies", [company]),
    )


@bp.get("/applications/<int:id>")
@place("exhibitor_own.home")
def application(id: int) -> ResponseReturnValue:
    """One application: its state, what is next, what happened."""
    application = access.fetch(Application, id, to="read", options=queries.WITH_COMPANY)
    pages.show(application.fair)
    exhibitor = queries.exhibitor_at(application.fair, application.company_id)
    return render_template(
        "exhibitors/own_application.html",
        application=application,
        company=application.company,
        booths=booths.codes(exhibitor.booths) if exhibitor else [],
        said=call_showing.said(application),
        history=[_step(entry) for entry in audit.of(application) if entry.action in APPLICATION_DEEDS],
        is_sent="sent" in request.args,
    )


APPLICATION_DEEDS = {f"application.{state}" for state in ("started", *words.APPLICATION_STATES)}


def _step(entry: audit.AuditEntry) -> dict[str, Any]:
    """An entry of the log as the company reads it: the organizer is an office, not a name."""
    state = entry.action.partition(".")[2]
    is_ours = state in {"started", "submitted", "withdrawn"}
    what = _("Started") if state == "started" else words.APPLICATION_STATES.get(state, state)
    who = _("your company") if is_ours else _("the organizer")
    return {"what": what, "at": entry.at, "who": who, "why": entry.details.get("reason", "")}


@bp.route("/applications/<int:id>/edit", methods=["GET", "POST"])
@place("exhibitor_own.home")
def edit_application(id: int) -> ResponseReturnValue:
    """Correct a returned application, or finish a draft, and hand it in."""
    application = access.fetch(Application, id, to="edit", options=queries.WITH_COMPANY)
    pages.show(application.fair)
    if not application.may_become("submitted"):
        return redirect(url_for(".application", id=id), 303)
    company = application.company
    typed = {"exhibits": application.exhibits, "booth_wish": application.booth_wish}
    form, _is_remembered = form_for(application.fair, company, application, **typed)
    draft = restoring.restore(form, names.application(application), url_for(".application_draft", id=id))
    if not form.validate_on_submit():
        return _edit_page(form, application, draft=draft), 422 if form.errors else 200
    try:
        companies.change(company, me(), form.version.data, form.sectors.data, **form.company_values())
        application.exhibits, application.booth_wish = form.application_values().values()
        answering.keep(application, form.answers())
        answering.accept(application, form.terms, me())
        applications.submit(application, me())
    except (ChangedMeanwhile, CompanyKnown, CallClosed) as refusal:
        db.session.rollback()
        application = access.fetch(Application, id, to="edit", options=queries.WITH_COMPANY)
        return _edit_page(form, application, draft=draft, **_reason(refusal, form, company)), refusal.status
    restoring.forget(names.application(application))
    flash(_("The application is handed in again."), "good")
    db.session.commit()
    return redirect(url_for(".application", id=id), 303)


def _edit_page(form: CallForm, application: Application, **context: Any) -> str:
    return render_template(
        "exhibitors/own_edit_application.html",
        form=form,
        application=application,
        company=application.company,
        **context,
    )


def _reason(refusal: Exception, form: forms.CompanyFields, company: Company) -> dict[str, Any]:
    """What a page says about a save that was refused: both versions, or the message at the tax code.

    Of a call that closed meanwhile the page itself says it.
    """
    if isinstance(refusal, CallClosed):
        return {}
    if isinstance(refusal, CompanyKnown):
        form.tax_code.errors = [refusal.message]
        return {}
    form.version.data = company.version
    return {"differences": comparing.differences(form, forms.values_of(company))}


@bp.post("/applications/<int:id>/withdraw")
def withdraw(id: int) -> ResponseReturnValue:
    """Take the application back; booths are free again."""
    application = access.fetch(Application, id, to="edit")
    applications.withdraw(application, me())
    flash(_("The application is withdrawn."), "info")
    db.session.commit()
    return redirect(url_for(".application", id=id), 303)


@bp.route("/profile", methods=["GET", "POST"])
@place("exhibitor_own.profile")
def profile() -> ResponseReturnValue:
    """The company's profile; of two who save at once the second sees both versions."""
    company = current_company("edit")
    if company is None:
        return render_template("exhibitors/own_empty.html")
    show_fair_of(company)
    form = ProfileForm(company)
    if not form.validate_on_submit():
        return render_template("exhibitors/own_profile.html", form=form, company=company), 422 if form.errors else 200
    try:
        companies.change(company, me(), form.version.data, form.sectors.data, **form.company_values())
    except (ChangedMeanwhile, CompanyKnown) as refusal:
        db.session.rollback()
        context = _reason(refusal, form, company)
        return render_template("exhibitors/own_profile.html", form=form, company=company, **context), refusal.status
    flash(_("The profile is saved."), "good")
    db.session.commit()
    return redirect(url_for(".profile"), 303)


@bp.route("/join/<token>", methods=["GET", "POST"])
@place("exhibitor_own.home")
def join(token: str) -> ResponseReturnValue:
    """A manager lets a colleague in; opening the link alone does nothing."""
    wish = joining.read(token)
    company = access.fetch(Company, wish.company_id, to="edit")
    if request.method == "GET":
        return render_template("exhibitors/own_join.html", wish=wish, company=company)
    joining.let_in(wish, company, me())
    flash(_("%(name)s now acts for your company.", name=wish.full_name), "good")
    db.session.commit()
    return redirect(url_for(".home"), 303)

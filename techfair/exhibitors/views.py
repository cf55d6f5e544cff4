"""The door for everyone: a company applies to exhibit at a fair, and is told what happens next."""

from flask import Blueprint, abort, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from techfair.accounts import people
from techfair.accounts.models import User
from techfair.core import access, pages
from techfair.core.errors import ChangedMeanwhile
from techfair.core.languages import language
from techfair.exhibitors import applications, companies, comparing, forms, joining, queries
from techfair.exhibitors.call import answering
from techfair.exhibitors.call.forms import CallForm, form_for
from techfair.exhibitors.drafts import names, restoring
from techfair.exhibitors.forms import JoinForm
from techfair.exhibitors.models import Application, Company
from techfair.extensions import db, limiter
from techfair.fairs.models import Fair

bp = access.public_blueprint(Blueprint("exhibitors", __name__))


def _fair(slug: str) -> Fair:
    fair = access.fetch(Fair, slug=slug, to="see")
    pages.show(fair)
    return fair


@bp.route("/fairs/<slug>/apply", methods=["GET", "POST"])
@limiter.limit("60/hour", methods=["POST"])
def apply(slug: str) -> ResponseReturnValue:
    """One form for company, contact and exhibits; someone signed in finds their company filled in."""
    fair = _fair(slug)
    company = _own_company()
    if not fair.takes_applications:
        return _closed(fair, company)
    present = applications.open_at(fair.id, company.id) if company else None
    if present is not None:
        return redirect(url_for("exhibitor_own.application", id=present.id), 303)
    form, is_remembered = form_for(fair, company, None, **_contact())
    draft = restoring.restore(form, names.apply(fair), url_for(".apply_draft", slug=slug))
    if form.validate_on_submit():
        return _send(fair, company, form)
    return _page(form, company, is_remembered=is_remembered, draft=draft)


def _closed(fair: Fair, company: Company | None) -> ResponseReturnValue:
    """The call is over or not open yet; what was typed is kept and shown, also what was sent too late."""
    is_late = request.method == "POST"
    if is_late:
        restoring.keep(names.apply(fair))
    form, _is_remembered = form_for(fair, company, None, **_contact())
    draft = restoring.restore(form, names.apply(fair), url_for(".apply_draft", slug=fair.slug))
    typed = restoring.readable(form) if is_late or draft.saved_at else []
    page = render_template("exhibitors/applications_closed.html", typed=typed, draft=draft)
    if is_late:
        db.session.commit()
    return page, 409 if is_late else 200


def _page(form: CallForm, company: Company | None, status: int = 422, **context: object) -> ResponseReturnValue:
    here = {"draft": restoring.Shown(url_for(".apply_draft", slug=g.fair.slug))}
    page = render_template("exhibitors/apply.html", form=form, company=company, **(here | context))
    return page, status if form.is_submitted() else 200


def _own_company() -> Company | None:
    mine = companies.of_user(current_user) if current_user.is_authenticated else []
    asked = request.args.get("company")
    return next((company for company in mine if company.public_ref == asked), mine[0] if mine else None)


def _contact() -> dict[str, str]:
    """A signed-in person without a company need not type their own name and address."""
    if not current_user.is_authenticated or companies.of_user(current_user):
        return {}
    user = current_user
    return {"contact_name": user.full_name, "contact_email": user.email, "contact_phone": user.phone or ""}


def _send(fair: Fair, company: Company | None, form: CallForm) -> ResponseReturnValue:
    sent = applications.sent_with(form.form_token.data or "")
    if sent is not None:
        return _told(sent)
    try:
        application = _submit(fair, company, form)
    except (companies.CompanyKnown, applications.ApplicationOpen, ChangedMeanwhile) as refusal:
        db.session.rollback()
        return _refused(refusal, company, form)
    restoring.forget(names.apply(fair))
    answer = _told(application)
    db.session.commit()
    return answer


def _submit(fair: Fair, company: Company | None, form: CallForm) -> Application:
    by, values = _applicant(form), form.company_values()
    if company is None:
        company = companies.create(by, form.sectors.data or [], **values)
    else:
        companies.change(company, by, form.version.data, form.sectors.data, **values)
    application = applications.start(fair, company, by, form_token=form.form_token.data, **form.application_values())
    answering.keep(application, form.answers())
    answering.accept(application, form.terms, by)
    applications.submit(application, by)
    return application


def _applicant(form: CallForm) -> User:
    if current_user.is_authenticated:
        user: User = current_user._get_current_object()
        return user
    typed = form.company_values()
    return people.person(
        typed["contact_email"], typed["contact_name"], language=typed["language"], phone=typed["contact_phone"]
    )


def _refused(refusal: Exception, company: Company | None, form: CallForm) -> ResponseReturnValue:
    """The same form sent at the same moment shows the first one's result; else the reason, at its field."""
    sent = applications.sent_with(form.form_token.data or "")
    if sent is not None:
        return _told(sent)
    if isinstance(refusal, ChangedMeanwhile) and company is not None:
        form.version.data = company.version
        differences = comparing.differences(form, forms.values_of(company))
        return _page(form, company, refusal.status, differences=differences)
    form.tax_code.errors = [getattr(refusal, "message", "")]
    return _page(form, company, is_known=isinstance(refusal, companies.CompanyKnown))


def _told(application: Application) -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(url_for("exhibitor_own.application", id=application.id, sent=1), 303)
    session["applied"] = application.id
    return redirect(url_for(".sent", slug=request.view_args["slug"] if request.view_args else ""), 303)


@bp.get("/fairs/<slug>/apply/sent")
def sent(slug: str) -> ResponseReturnValue:
    """What happens next; only in the browser that sent the application."""
    fair = _fair(slug)
    application = queries.application_sent(fair, session.get("applied"))
    if application is None:
        abort(404)
    return render_template("exhibitors/sent.html", application=application, company=application.company)


@bp.post("/fairs/<slug>/apply/join")
@limiter.limit("20/hour")
def join(slug: str) -> ResponseReturnValue:
    """Ask the people of a company that is here already; the answer is the same whoever asks."""
    fair = _fair(slug)
    form = JoinForm()
    if form.validate_on_submit():
        joining.ask(fair, language=language(), **form.wish())
        db.session.commit()
        return redirect(url_for(".join_asked", slug=slug), 303)
    return render_template("exhibitors/join_ask.html", form=form), 422


@bp.get("/fairs/<slug>/apply/asked")
def join_asked(slug: str) -> ResponseReturnValue:
    """What happens after one asked to join."""
    _fair(slug)
    return render_template("exhibitors/join_asked.html")

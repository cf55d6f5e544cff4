"""The organizer's pages of fees: what was asked for, what came in."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.accounts.models import User
from techfair.core import access, audit, clock
from techfair.core.errors import StepSkipped, TechfairError
from techfair.core.languages import language
from techfair.exhibitors import queries as exhibitor_queries
from techfair.exhibitors.applications import ReasonMissing
from techfair.exhibitors.fees import charging, document, queries, words
from techfair.exhibitors.fees.forms import AccountForm, FeeForm, PaymentForm
from techfair.exhibitors.fees.models import Fee
from techfair.exhibitors.models import Exhibitor
from techfair.exhibitors.place import fair_of
from techfair.extensions import db
from techfair.fairs.models import Fair

bp = access.signed_in(Blueprint("fee_console", __name__, url_prefix="/organizer/fairs/<slug>/fees"))

PAGE = 50


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


def _fee(fair: Fair, id: int, to: str) -> Fee:
    return access.fetch(Fee, id, to=to, options=queries.WITH_COMPANY, fair_id=fair.id)


@bp.get("")
def listing(slug: str) -> ResponseReturnValue:
    """The fees of a fair by state, with their sums."""
    fair = fair_of(slug, "exhibitors")
    state = request.args.get("state", "")
    page = db.paginate(queries.of_fair(fair, state), per_page=PAGE, max_per_page=PAGE, error_out=False)
    asked, received = queries.sums(fair)
    return render_template(
        "fees/console_list.html",
        page=page,
        state=state,
        states=words.STATES,
        counts=queries.counts(fair),
        asked=asked,
        received=received,
        account=queries.account_of(fair),
        words=words,
        today=clock.today(fair.timezone),
    )


@bp.route("/account", methods=["GET", "POST"])
def account(slug: str) -> ResponseReturnValue:
    """Where exhibitors pay to."""
    fair = fair_of(slug, "exhibitors")
    form = AccountForm(obj=queries.account_of(fair))
    if not form.validate_on_submit():
        return render_template("fees/console_account.html", form=form), 422 if form.errors else 200
    charging.set_account(fair, _me(), **form.values())
    flash(_("Fees from now on are paid to this account."), "good")
    db.session.commit()
    return redirect(url_for(".listing", slug=slug), 303)


@bp.route("/new", methods=["GET", "POST"])
def new(slug: str) -> ResponseReturnValue:
    """Ask an exhibitor for a fee."""
    fair = fair_of(slug, "exhibitors")
    if queries.account_of(fair) is None:
        return redirect(url_for(".account", slug=slug), 303)
    known = [(one.id, one.company.name) for one in exhibitor_queries.all_exhibitors(fair)]
    asked = request.args.get("exhibitor", type=int)
    form = FeeForm(fair, known, exhibitor_id=asked)
    if asked and not form.is_submitted():
        form.propose(charging.proposed(access.fetch(Exhibitor, asked, to="review", fair_id=fair.id)))
    if not form.validate_on_submit():
        return render_template("fees/console_new.html", form=form, known=known), 422 if form.errors else 200
    exhibitor = access.fetch(Exhibitor, form.exhibitor_id.data, to="review", fair_id=fair.id)
    fee = charging.issue(exhibitor, form.asked(), form.due_on.data, _me(), form.form_token.data)
    flash(_("The fee is asked for. The company gets a mail with the code to pay it."), "good")
    db.session.commit()
    return redirect(url_for(".show", slug=slug, id=fee.id), 303)


@bp.get("/<int:id>")
def show(slug: str, id: int) -> ResponseReturnValue:
    """One fee with its payments and what happened to it."""
    fair = fair_of(slug, "exhibitors")
    fee = _fee(fair, id, "review")
    return _page(fee, PaymentForm(fair, fee.outstanding))


def _page(fee: Fee, form: PaymentForm, refusal: TechfairError | None = None) -> str:
    return render_template(
        "fees/console_show.html",
        fee=fee,
        company=fee.exhibitor.company,
        form=form,
        refusal=refusal,
        words=words,
        code=document.picture(fee),
        history=[_step(entry) for entry in audit.of(fee)],
    )


def _step(entry: audit.AuditEntry) -> dict[str, Any]:
    return {
        "what": words.DEEDS[entry.action],
        "at": entry.at,
        "who": entry.actor,
        "why": entry.details.get("reason", ""),
    }


@bp.post("/<int:id>/payments")
def pay(slug: str, id: int) -> ResponseReturnValue:
    """Note what came in."""
    fair = fair_of(slug, "exhibitors")
    fee = _fee(fair, id, "review")
    form = PaymentForm(fair)
    if not form.validate():
        return _page(fee, form), 422
    charging.record_payment(fee, form.received(), form.paid_on.data, form.note.data or "", _me(), form.form_token.data)
    flash(_("The payment is recorded."), "good")
    db.session.commit()
    return redirect(url_for(".show", slug=slug, id=id), 303)


@bp.post("/<int:id>/payments/<int:payment_id>/strike")
def strike(slug: str, id: int, payment_id: int) -> ResponseReturnValue:
    """Take back a payment that was noted by mistake."""
    fair = fair_of(slug, "exhibitors")
    fee = _fee(fair, id, "review")
    payment = next((one for one in fee.payments if one.id == payment_id), None) or abort(404)
    return _changed(fair, fee, lambda: charging.strike(payment, fee, request.form.get("reason", ""), _me()))


@bp.post("/<int:id>/cancel")
def cancel(slug: str, id: int) -> ResponseReturnValue:
    """Ask for it no more."""
    fair = fair_of(slug, "exhibitors")
    fee = _fee(fair, id, "review")
    return _changed(fair, fee, lambda: charging.cancel(fee, request.form.get("reason", ""), _me()))


def _changed(fair: Fair, fee: Fee, change: Any) -> ResponseReturnValue:
    id = fee.id
    try:
        change()
    except (ReasonMissing, charging.MoneyReceived, StepSkipped) as refusal:
        db.session.rollback()
        fee = _fee(fair, id, "review")
        return _page(fee, PaymentForm(fair, fee.outstanding), refusal), refusal.status
    db.session.commit()
    return redirect(url_for(".show", slug=fair.slug, id=id), 303)


@bp.get("/<int:id>/invoice.pdf")
def invoice(slug: str, id: int) -> ResponseReturnValue:
    """The pro-forma invoice in the language of the page."""
    fair = fair_of(slug, "exhibitors")
    fee = _fee(fair, id, "review")
    return as_pdf(fee, fair)


def as_pdf(fee: Fee, fair: Fair) -> Response:
    made = document.present(fee, fair, fee.exhibitor.company, language())
    name = f"{fair.slug}-{words.label(fee)}.pdf"
    return Response(made, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})

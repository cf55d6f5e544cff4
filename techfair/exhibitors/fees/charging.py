"""Asking for a fee, recording what came in, striking out a mistake: each is told to the company and logged."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from techfair.accounts.models import User
from techfair.core import audit, clock, database
from techfair.core.errors import TechfairError
from techfair.exhibitors import booths
from techfair.exhibitors.applications import ReasonMissing
from techfair.exhibitors.fees import letters, vietqr
from techfair.exhibitors.fees.models import Fee, FeeAccount, FeeLine, FeePayment
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.floor import terms
from techfair.fairs.models import Fair

NUMBERING = 7_100_000_000  # with the fair's number: two who issue at once get two numbers


class NoAccount(TechfairError):
    code, status = "no_account", 409
    message = _l("Say first to which account exhibitors pay.")


class MoneyReceived(TechfairError):
    """A fee for which something came in is not cancelled as if nothing had."""

    code, status = "money_received", 409
    message = _l("Something was paid for this fee already. Strike out the payment first, once it is paid back.")


def set_account(fair: Fair, by: User, *, bank: str, number: str, holder: str) -> FeeAccount:
    """Where the fees issued from now on are paid to."""
    account = db.session.get(FeeAccount, fair.id) or FeeAccount(fair_id=fair.id)
    account.bank, account.number, account.holder = bank, number, holder
    db.session.add(account)
    audit.record("fee_account.set", fair, by=by, bank=bank, number=number, holder=holder)
    return account


def proposed(exhibitor: Exhibitor) -> list[tuple[str, int]]:
    """The booths that an exhibitor has, each with the price of its kind, where one is set."""
    known = terms.of(exhibitor.fair_id)
    held = sorted((one.booth for one in booths.held_by(exhibitor.id) if one.state == "assigned"), key=lambda b: b.code)
    priced = [(booth, known[booth.category].price_vnd) for booth in held]
    return [(_("Booth %(code)s", code=booth.code), price) for booth, price in priced if price]


def issue(
    exhibitor: Exhibitor, lines: Sequence[tuple[str, int]], due_on: date, by: User, form_token: str | None = None
) -> Fee:
    """Ask an exhibitor for the sum of the lines, in đồng; the company is told by mail. Raises NoAccount.

    The same form sent twice is one fee.
    """
    fair = db.session.get_one(Fair, exhibitor.fair_id)
    database.alone(NUMBERING + fair.id)
    if form_token and (sent := db.session.scalars(select(Fee).filter_by(form_token=form_token)).one_or_none()):
        return sent
    account = db.session.get(FeeAccount, fair.id)
    if account is None:
        raise NoAccount
    number = (db.session.scalar(select(func.max(Fee.number)).filter_by(fair_id=fair.id)) or 0) + 1
    fee = Fee(
        fair_id=fair.id,
        number=number,
        exhibitor=exhibitor,
        reference=_reference(fair, number, exhibitor),
        bank=account.bank,
        account_number=account.number,
        account_holder=account.holder,
        issued_on=clock.today(fair.timezone),
        due_on=due_on,
        form_token=form_token,
        lines=[FeeLine(place=place, text=text, amount=amount) for place, (text, amount) in enumerate(lines, 1)],
    )
    db.session.add(fee)
    db.session.flush()
    audit.record("fee.issued", fee, by=by, number=number, amount=fee.total, due_on=due_on.isoformat())
    letters.tell(fee, "fee_issued")
    return fee


def _reference(fair: Fair, number: int, exhibitor: Exhibitor) -> str:
    """What the transfer says: the number tells whose it is, the booths are for people."""
    codes = " ".join(booths.codes(booths.held_by(exhibitor.id)))
    return vietqr.plain(f"TF{fair.id} {number:04} {codes}")


def record_payment(fee: Fee, amount: int, paid_on: date, note: str, by: User, form_token: str | None = None) -> None:
    """Note what came in; once it is enough the fee is paid, and the company is told. Raises StepSkipped.

    The same form sent twice is one payment.
    """
    _lock(fee)
    if form_token and db.session.scalars(select(FeePayment.id).filter_by(form_token=form_token)).first():
        return
    fee.payments.append(
        FeePayment(amount=amount, paid_on=paid_on, note=note, recorded_by_id=by.id, form_token=form_token)
    )
    audit.record("fee.payment_recorded", fee, by=by, amount=amount, paid_on=paid_on.isoformat(), note=note)
    if fee.state == "issued" and fee.received >= fee.total:
        fee.move_to("paid")
        audit.record("fee.paid", fee, by=by, amount=fee.received)
        letters.tell(fee, "fee_paid")


def strike(payment: FeePayment, fee: Fee, reason: str, by: User) -> None:
    """Take a payment back that was noted by mistake or paid back; raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    _lock(fee)
    if payment.struck_at is not None:
        return
    payment.struck_at = clock.now()
    audit.record("fee.payment_struck", fee, by=by, amount=payment.amount, reason=reason)
    if fee.state == "paid" and fee.received < fee.total:
        fee.move_to("issued")


def cancel(fee: Fee, reason: str, by: User) -> None:
    """Ask for the fee no more, and say why; raises ReasonMissing, MoneyReceived, StepSkipped."""
    if not reason.strip():
        raise ReasonMissing
    _lock(fee)
    if fee.received:
        raise MoneyReceived
    fee.move_to("cancelled")
    fee.reason = reason
    audit.record("fee.cancelled", fee, by=by, reason=reason)
    letters.tell(fee, "fee_cancelled")


def _lock(fee: Fee) -> None:
    """Of two who change a fee at once the second waits here, then sees what the first did."""
    db.session.refresh(fee, ["state", "payments"], with_for_update={"of": Fee})

"""The exhibitor's pages of fees: what is to be paid, with the code to pay it by."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from techfair.core import access, clock, pages
from techfair.exhibitors import front, own
from techfair.exhibitors.fees import document, queries, words
from techfair.exhibitors.fees.console import as_pdf
from techfair.exhibitors.fees.models import Fee
from techfair.extensions import db
from techfair.fairs.models import Fair

bp = access.signed_in(Blueprint("own_fees", __name__, url_prefix="/exhibitor/fees"))
front.own_entry("own_fees.listing", _l("Fees"), "banknote", "own_fees.listing", order=70)


@bp.get("")
@own.place("own_fees.listing")
def listing() -> ResponseReturnValue:
    """What this exhibitor is asked to pay at the fair of its newest application."""
    exhibitor = own.current_exhibitor()
    fees = queries.of_exhibitor(exhibitor) if exhibitor else []
    return render_template("fees/own_list.html", fees=fees, words=words)


@bp.get("/<int:id>")
@own.place("own_fees.listing")
def show(id: int) -> ResponseReturnValue:
    """One fee: the account, the code, what came in."""
    fee, fair = _fee(id)
    return render_template(
        "fees/own_show.html",
        fee=fee,
        company=fee.exhibitor.company,
        words=words,
        code=document.picture(fee),
        is_late=bool(fee.outstanding) and fee.due_on < clock.today(fair.timezone),
        invoice=url_for(".invoice", id=id),
    )


@bp.get("/<int:id>/invoice.pdf")
def invoice(id: int) -> ResponseReturnValue:
    """The pro-forma invoice in the language of the page."""
    return as_pdf(*_fee(id))


def _fee(id: int) -> tuple[Fee, Fair]:
    fee = access.fetch(Fee, id, to="read", options=queries.WITH_COMPANY)
    fair = db.session.get_one(Fair, fee.fair_id)
    pages.show(fair)
    return fee, fair

"""What the states of a fee are called, and how it is shown."""

from flask_babel import lazy_gettext as _l

from techfair.exhibitors.fees.banks import BANKS
from techfair.exhibitors.fees.models import Fee

STATES = {"issued": _l("To be paid"), "paid": _l("Paid"), "cancelled": _l("Cancelled")}
TONES = {"issued": "info", "paid": "good", "cancelled": "plain"}
DEEDS = {
    "fee_account.set": _l("Account for fees set"),
    "fee.issued": _l("Fee asked for"),
    "fee.payment_recorded": _l("Payment recorded"),
    "fee.payment_struck": _l("Payment struck out"),
    "fee.paid": _l("Fee paid"),
    "fee.cancelled": _l("Fee cancelled"),
}


def bank(number: str) -> str:
    return BANKS.get(number, number)


def label(fee: Fee) -> str:
    """Its number, as on paper."""
    return f"{fee.number:04}"

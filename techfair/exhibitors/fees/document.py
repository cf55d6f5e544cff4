"""A fee on paper: the pro-forma invoice with the code to pay it by."""

from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from techfair.core import pdf, qr
from techfair.core.formats import format_date
from techfair.core.money import format_amount
from techfair.core.number_words import spell_amount
from techfair.exhibitors.fees import vietqr, words
from techfair.exhibitors.fees.models import Fee
from techfair.exhibitors.models import Company
from techfair.fairs.models import Fair


def code(fee: Fee) -> str:
    """What a banking app reads to pay what is still open."""
    return vietqr.payload(fee.bank, fee.account_number, fee.outstanding, fee.reference)


def picture(fee: Fee) -> Markup:
    """The code as an SVG; none where nothing is open."""
    return Markup(qr.as_svg(code(fee), title=_("Code for a banking app")) if fee.outstanding else "")  # noqa: S704


def present(fee: Fee, fair: Fair, company: Company, language: str) -> bytes:
    """The invoice as PDF in a language. Raises pdf.TextNotPrintable."""
    with force_locale(language):
        return pdf.render("fee", _data(fee, fair, company, language))


def _data(fee: Fee, fair: Fair, company: Company, language: str) -> dict[str, Any]:
    return {
        "language": language,
        "issuer": fair.organizer_name,
        "title": _("Pro-forma invoice no. %(number)s", number=words.label(fee)),
        "fair": fair.name,
        "facts": [
            [_("Payer"), company.name],
            [_("Tax code"), company.tax_code or company.foreign_number or "–"],
            [_("Address"), company.address or "–"],
            [_("Issued on"), format_date(fee.issued_on, language)],
            [_("Pay by"), format_date(fee.due_on, language)],
        ],
        "heads": [_("What for"), _("Amount")],
        "lines": [[line.text, format_amount(line.amount, locale=language, style="long")] for line in fee.lines],
        "total": [_("Total"), format_amount(fee.total, locale=language, style="long")],
        "received": [_("Received"), format_amount(fee.received, locale=language, style="long")] if fee.received else [],
        "in_words": spell_amount(fee.total, "VND", language),
        "code": str(picture(fee)),
        "payment": [
            [_("Bank"), words.bank(fee.bank)],
            [_("Account"), fee.account_number],
            [_("Account holder"), fee.account_holder],
            [_("To be paid"), format_amount(fee.outstanding, locale=language, style="long")],
            [_("Reference"), fee.reference],
        ],
        "note": _("This asks for payment and is no tax invoice."),
    }

"""What a deal is worth, where and by when, in the words of each language."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from techfair.agreements.deal import words
from techfair.agreements.deal.models import Milestone
from techfair.agreements.models import Agreement
from techfair.core import formats
from techfair.core.languages import LANGUAGES, language
from techfair.core.money import format_amount
from techfair.core.number_words import spell_amount

CONFIDENTIAL = {"vi": "theo thỏa thuận riêng được bảo mật", "en": "set by a separate, confidential agreement"}
OPEN = {"vi": "do các Bên thỏa thuận sau", "en": "to be agreed by the Parties"}
SPELT = {"vi": "bằng chữ", "en": "in words"}
RANGE = {"vi": "từ {low} đến {high}", "en": "from {low} to {high}"}
IN_VND = {
    "vi": "tương đương {amount} theo tỷ giá {rate} đồng cho 1 {currency} ngày {day}",
    "en": "equal to {amount} at the rate of {rate} dong for 1 {currency} on {day}",
}
SQUARE_METRES_OF_A_HECTARE = 10_000


def in_vnd(amount: int | None, currency: str | None, rate: Decimal | None) -> int | None:
    """An amount in whole đồng, half a đồng rounded up; None where the rate is not known."""
    if amount is None or currency == "VND":
        return amount
    return int((amount * rate).quantize(Decimal(1), ROUND_HALF_UP)) if rate else None


def in_words(agreement: Agreement) -> dict[str, str]:
    """The value in figures and words, in each language; what is confidential or open says so."""
    if agreement.is_confidential:
        return CONFIDENTIAL
    return OPEN if agreement.value is None else {locale: _spelt(agreement, locale) for locale in LANGUAGES}


def short(agreement: Agreement) -> str:
    """The value for a list, in the reader's language: a range as both its ends; empty where it is open."""
    if agreement.is_confidential or agreement.value is None:
        return ""
    ends = [agreement.value, *([agreement.value_high] if agreement.value_high else [])]
    return " – ".join(format_amount(end, agreement.value_currency or "VND", language()) for end in ends)


def area(agreement: Agreement, locale: str) -> str:
    """The area in hectares, or in square metres below one; empty where none is agreed."""
    square_metres = agreement.area_m2
    if not square_metres:
        return ""
    if square_metres < SQUARE_METRES_OF_A_HECTARE:
        return f"{formats.format_number(square_metres, locale)} m²"
    shown = formats.format_decimal(Decimal(square_metres) / SQUARE_METRES_OF_A_HECTARE, locale)
    return f"{shown} ha"


def planned(milestone: Milestone, locale: str) -> str:
    """What a milestone promises: so many jobs, so much capital, in đồng too if a rate is agreed; empty for a step."""
    told = [measured(milestone.planned, milestone.unit, locale), in_dong(milestone, locale)]
    return ", ".join(filter(None, told))


def in_dong(milestone: Milestone, locale: str) -> str:
    """What foreign capital is in đồng at the rate agreed; empty where none is."""
    rate, day = milestone.rate, milestone.rate_on
    amount = in_vnd(milestone.planned, milestone.currency, rate) if milestone.currency else None
    if amount is None or rate is None or day is None:
        return ""
    return _rated([amount], milestone.currency or "", rate, day, locale)


def measured(amount: int | None, unit: str, locale: str) -> str:
    """An amount of a milestone's unit, as ``capital:USD``, with its name."""
    if amount is None:
        return ""
    measure, _colon, currency = unit.partition(":")
    if measure == "capital":
        return format_amount(amount, currency or "VND", locale)
    return f"{formats.format_number(amount, locale)} {words.UNITS[locale].get(measure, '')}".strip()


def _spelt(agreement: Agreement, locale: str) -> str:
    currency = agreement.value_currency or "VND"
    low = _figures_and_words(agreement.value or 0, currency, locale)
    if agreement.value_high:
        low = RANGE[locale].format(low=low, high=_figures_and_words(agreement.value_high, currency, locale))
    return low + _in_vnd(agreement, currency, locale)


def _figures_and_words(amount: int, currency: str, locale: str) -> str:
    figures, spelt = format_amount(amount, currency, locale, "long"), spell_amount(amount, currency, locale)
    return f"{figures} ({SPELT[locale]}: {spelt})"


def _in_vnd(agreement: Agreement, currency: str, locale: str) -> str:
    rate, day = agreement.value_rate, agreement.value_rate_on
    if currency == "VND" or rate is None or day is None or agreement.value_vnd is None:
        return ""
    ends = [agreement.value_vnd]
    if agreement.value_high:
        ends.append(in_vnd(agreement.value_high, currency, rate) or 0)
    return f", {_rated(ends, currency, rate, day, locale)}"


def _rated(ends: list[int], currency: str, rate: Decimal, day: date, locale: str) -> str:
    """What an amount is in đồng, at the rate of a day."""
    amount = " – ".join(format_amount(end, "VND", locale, "long") for end in ends)
    return IN_VND[locale].format(
        amount=amount,
        rate=formats.format_decimal(rate, locale),
        currency=currency,
        day=formats.format_date(day, locale),
    )

"""Amounts of money: shown and read exactly, in the way of each language.

An amount is a whole number of the currency's main unit, with the currency beside it. How it is written
out in words is in ``number_words``.
"""

import re
from decimal import Decimal
from typing import Literal

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from techfair.core.refusal import InputRefused
from techfair.core.vietnamese import unaccented

Style = Literal["short", "long"]

LARGEST = 10**18 - 1  # fits the databases' eight-byte integers
OTHER = {"vi": "en", "en": "vi"}
GROUP, POINT = {"vi": ".", "en": ","}, {"vi": ",", "en": "."}
SHOWN_UNITS = {"vi": {9: "tỷ", 6: "triệu"}, "en": {9: "billion", 6: "million"}}
SHOWN_CURRENCIES = {"VND": "đồng"}

# What people type is compared without accents.
TYPED_UNITS = {
    "vi": {
        "nghin": 3,
        "ngan": 3,
        "trieu": 6,
        "tr": 6,
        "ty": 9,
        "ti": 9,
        "nghin ty": 12,
        "ngan ty": 12,
        "trieu ty": 15,
    },
    "en": {"thousand": 3, "k": 3, "million": 6, "m": 6, "billion": 9, "bn": 9, "trillion": 12, "tn": 12},
}
TYPED_CURRENCIES = {"dong": "VND", "dong viet nam": "VND", "d": "VND", "₫": "VND", "$": "USD", "us$": "USD"}
CURRENCY = re.compile(r"us\$|[$₫]|(?<![^\W\d_])(?:dong(?: viet nam)?|d|vnd|usd|eur|krw|cny|jpy|sgd)(?![^\W\d_])")
PART = re.compile(r"(\d[\d.,]*(?: \d{3}(?!\d))*(?:[.,]\d+)?) ?([a-z]+(?: t[yi]\b)?)?\.? ?")
PLAIN_OR_GROUPED = r"(?P<whole>\d+|[1-9]\d{{0,2}}(?:{group}\d{{3}})+)(?:{point}(?P<decimals>\d+))?"


class AmountRefused(InputRefused):
    """An amount that cannot be taken; ``understood`` is what it may have meant, if that could be made out."""

    def __init__(self, reason: str, message: LazyString | str, understood: int | None = None) -> None:
        super().__init__(reason, message)
        self.understood = understood


def format_amount(amount: int, currency: str = "VND", locale: str = "vi", style: Style = "short") -> str:
    """19.928 tỷ đồng, or VND 19,928 billion; the style "long" writes every digit.

    The short style rounds nothing: an amount that two decimals of a unit cannot hold shows its digits.
    """
    number = _in_units(amount, locale) if style == "short" else _grouped(amount, locale)
    if locale == "vi":
        return f"{number} {SHOWN_CURRENCIES.get(currency, currency)}"
    return f"{currency} {number}"


def parse_amount(text: str, locale: str = "vi", currency: str = "VND") -> int:
    """The amount typed in the way of ``locale``: "19.928 tỷ", "1 tỷ 200 triệu"; "19,928 billion".

    Raises AmountRefused rather than guess: separators of the other language, or one before exactly three
    digits that could be either, are refused with what was understood, never taken a thousand times too
    large or too small. So is the name of another currency than the field's.
    """
    amount = _without_currency(text, currency)
    if not amount:
        raise AmountRefused("empty", _l("Type the amount."))
    read = _read(amount, locale)
    if read is None:
        raise _refusal(amount, currency, locale)
    if read != read.to_integral_value():
        raise AmountRefused("not_whole", _l("This amount is not a whole number. Type it without a fraction."))
    if read > LARGEST:
        raise AmountRefused("too_large", _l("This amount is too large. Check the number of zeros."))
    return int(read)


def parse_rate(text: str, locale: str = "vi") -> Decimal:
    """A rate of exchange typed in the way of ``locale``, above zero and exact to six decimals: "16,95", "25.450".

    Raises AmountRefused where the separators could be read two ways.
    """
    rate = _read(" ".join(unaccented(text).split()), locale)
    if rate is None or not 0 < rate < 10**12 or rate != round(rate, 6):
        raise AmountRefused("not_understood", _l("Type the rate as a number, for example 25450."))
    return rate


def _in_units(amount: int, locale: str) -> str:
    for power, unit in SHOWN_UNITS[locale].items():
        hundredth = 10 ** (power - 2)
        if abs(amount) >= 10**power and amount % hundredth == 0:
            whole, decimals = divmod(abs(amount) // hundredth, 100)
            fraction = f"{POINT[locale]}{decimals:02}".rstrip("0") if decimals else ""
            return f"{'-' if amount < 0 else ''}{_grouped(whole, locale)}{fraction} {unit}"
    return _grouped(amount, locale)


def _grouped(number: int, locale: str) -> str:
    return f"{number:,}".replace(",", GROUP[locale])


def _without_currency(text: str, currency: str) -> str:
    folded = " ".join(unaccented(text).split())
    for mark in CURRENCY.findall(folded):
        if TYPED_CURRENCIES.get(mark, mark.upper()) != currency:
            named = TYPED_CURRENCIES.get(mark, mark.upper())
            message = _l("This names %(named)s, but the amount is asked in %(asked)s.", named=named, asked=currency)
            raise AmountRefused("other_currency", message)
    return " ".join(CURRENCY.sub(" ", folded).split())


def _read(text: str, locale: str, *, guess: bool = False) -> Decimal | None:
    """The one certain reading of an amount with the separators of ``locale``; None where there is none.

    A separator beside a unit of the other language makes it uncertain, unless we only ``guess``.
    """
    parts = _parts(text)
    numbers = [_number(number, locale) for number, _ in parts]
    powers = [_power(unit, locale, guess or number.isdigit()) for number, unit in parts]
    falling = powers == sorted({power for power in powers if power is not None}, reverse=True)
    if not parts or not falling or None in numbers or (len(parts) > 1 and parts[-1][1] is None):
        return None
    return sum((number * 10**power for number, power in zip(numbers, powers, strict=True)), Decimal(0))  # type: ignore[operator]


def _parts(text: str) -> list[tuple[str, str | None]]:
    """Numbers with their units; empty where anything else is in the text."""
    matches = list(PART.finditer(text))
    whole = "".join(match[0] for match in matches) == text
    return [(match[1], match[2]) for match in matches] if whole else []


def _power(unit: str | None, locale: str, may_be_foreign: bool) -> int | None:
    if unit is None:
        return 0
    known = TYPED_UNITS[OTHER[locale]] | TYPED_UNITS[locale] if may_be_foreign else TYPED_UNITS[locale]
    return known.get(unit)


def _number(typed: str, locale: str) -> Decimal | None:
    match = re.fullmatch(PLAIN_OR_GROUPED.format(group=f"[{GROUP[locale]} ]", point=f"[{POINT[locale]}]"), typed)
    if match is None:
        return None
    digits, decimals = re.sub(r"\D", "", match["whole"]), match["decimals"] or ""
    could_be_a_group = len(decimals) == 3 and match["whole"] == digits and re.fullmatch("[1-9][0-9]{0,2}", digits)
    return None if could_be_a_group else Decimal(f"{digits}.{decimals or 0}")


def _refusal(amount: str, currency: str, locale: str) -> AmountRefused:
    guesses = (_read(amount, OTHER[locale], guess=True), _read(amount, locale, guess=True))
    understood = next((int(guess) for guess in guesses if guess is not None and guess == int(guess) <= LARGEST), None)
    if understood is None:
        example = format_amount(19_928_000_000_000, currency, locale)
        return AmountRefused(
            "not_understood", _l("Type a number, with a unit if you like: %(example)s.", example=example)
        )
    shown = format_amount(understood, currency, locale)
    message = _l("This may mean %(amount)s, but its separators can be read two ways. Type it like that.", amount=shown)
    return AmountRefused("other_separators", message, understood)

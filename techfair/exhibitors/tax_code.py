"""The Vietnamese tax code (mã số thuế, MST) of companies, branches and persons.

Ten digits with a check digit; a branch adds a hyphen and three digits; since July 2025 a person's
identity number of twelve digits serves as tax code (Circular 86/2024/TT-BTC).
"""

import re
from unicodedata import normalize

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from stdnum.vn import mst

from techfair.core.refusal import InputRefused

LABEL = re.compile(r"^\s*(?:mst|mã số thuế|ma so thue|tax (?:code|id))\b\s*[:：.]?", re.IGNORECASE)
SEPARATORS = re.compile(r"[\s.\-‐‑–—]+")

REFUSALS: dict[str, LazyString] = {
    "empty": _l("Type the tax code."),
    "not_digits": _l("A tax code has digits only, and a hyphen before the three digits of a branch."),
    "check_digit": _l(
        "The check digit of this tax code (the tenth) is wrong. Look at the business registration again."
    ),
    "no_check_digit": _l("No tax code begins with these nine digits. Look at the business registration again."),
    "branch": _l("The number of a branch has three digits after the hyphen, from 001 on."),
    "nine_digits": _l("A tax code has 10 digits, this has nine. A spreadsheet may have dropped a zero at the front."),
    "length": _l("A tax code has 10 digits, 13 for a branch, 12 for a person."),
}


class TaxCodeRefused(InputRefused):
    """A text that is no tax code; ``offered`` is it with its lost zero, where the check digit proves that."""

    def __init__(self, reason: str, offered: str | None = None) -> None:
        super().__init__(reason, REFUSALS[reason])
        self.offered = offered


def parse_tax_code(text: str) -> str:
    """The code as it is stored: 9900000111, 9900000111-001, or 12 digits; raises TaxCodeRefused.

    A label, blanks and dots copied along are dropped.
    """
    code = LABEL.sub("", normalize("NFKC", text)).strip()
    digits = SEPARATORS.sub("", code)
    if not digits:
        raise TaxCodeRefused("empty")
    if not (digits.isascii() and digits.isdecimal()):
        raise TaxCodeRefused("not_digits")
    if len(digits) not in (10, 12, 13) or _has_short_branch(code):
        raise _wrong_length(code, digits)
    if len(digits) == 12:
        return digits
    _check(digits)
    return digits if len(digits) == 10 else f"{digits[:10]}-{digits[10:]}"


def with_lost_zero(digits: str) -> str | None:
    """The company's code of nine digits with the zero a spreadsheet dropped, if the check digit proves it."""
    restored = "0" + digits
    return restored if len(digits) == 9 and mst.calc_check_digit(restored) == restored[9] else None


def _has_short_branch(code: str) -> bool:
    """Whether a branch has other than three digits: ten and two must not pass as a person's twelve."""
    return re.search(r"\d{10}\s*[-‐‑–—]\s*(?!\d{3}$)\d*$", code) is not None


def _wrong_length(code: str, digits: str) -> TaxCodeRefused:
    if len(digits) == 9:
        return TaxCodeRefused("nine_digits", with_lost_zero(digits))
    return TaxCodeRefused("branch" if _has_short_branch(code) else "length")


def _check(digits: str) -> None:
    expected = mst.calc_check_digit(digits[:9])
    if len(expected) > 1:
        raise TaxCodeRefused("no_check_digit")
    if digits[9] != expected:
        raise TaxCodeRefused("check_digit")
    if digits[10:] == "000":
        raise TaxCodeRefused("branch")

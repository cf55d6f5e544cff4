"""Telephone numbers: every spelling of one number is stored as one E.164 text."""

import re
from unicodedata import normalize

import phonenumbers
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from techfair.core.refusal import InputRefused

HOME = "VN"

# Mobile numbers of eleven digits lost one in 2018 (plan of the Ministry of Information and Communications).
PREFIXES_SINCE_2018 = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
LENGTHS: dict[int, tuple[str, LazyString]] = {
    ValidationResult.TOO_SHORT: ("too_short", _l("This telephone number is too short. Count its digits.")),
    ValidationResult.TOO_LONG: (
        "too_long",
        _l("This telephone number is too long. Type one number, no extension."),
    ),
}
NOT_IN_USE = ("not_in_use", _l("There is no such telephone number. Check its first digits."))
EXAMPLE = _l("Type a telephone number, for example 0269 3800 531 or +82 2 312 3456.")


class PhoneRefused(InputRefused):
    """A text that is no number in use; ``offered`` is the number that it became, where one is known."""

    def __init__(self, reason: str, message: LazyString | str, offered: str | None = None) -> None:
        super().__init__(reason, message)
        self.offered = offered


def parse_phone(text: str) -> str:
    """The number as E.164 (+84844000531), Vietnamese where no country is given; raises PhoneRefused."""
    typed = normalize("NFKC", text).strip()
    if not typed:
        raise PhoneRefused("empty", EXAMPLE)
    _refuse_outdated(typed)
    try:
        number = phonenumbers.parse(typed, HOME)
    except NumberParseException as error:
        raise PhoneRefused("not_a_number", EXAMPLE) from error
    if number.extension:
        raise PhoneRefused(*LENGTHS[ValidationResult.TOO_LONG])
    if not phonenumbers.is_valid_number(number):
        raise PhoneRefused(*LENGTHS.get(phonenumbers.is_possible_number_with_reason(number), NOT_IN_USE))
    return _e164(number)


def show_phone(e164: str) -> str:
    """As people of the number's country write it; Vietnamese ones without the country code."""
    number = phonenumbers.parse(e164)
    is_home = number.country_code == phonenumbers.country_code_for_region(HOME)
    return str(
        phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL if is_home else PhoneNumberFormat.INTERNATIONAL)
    )


def _refuse_outdated(typed: str) -> None:
    digits = re.sub(r"^(?:\+|00)?84", "0", re.sub(r"[^\d+]", "", typed))
    national = "0" + digits.lstrip("0")
    prefix = PREFIXES_SINCE_2018.get(national[:4])
    if prefix and len(national) == 11:
        offered = prefix + national[4:]
        message = _l(
            "Eleven-digit mobile numbers ended in 2018. This one is now %(number)s: type that.",
            number=offered,
        )
        raise PhoneRefused("eleven_digits", message, offered)


def _e164(number: PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))

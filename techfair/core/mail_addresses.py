"""E-mail addresses: shown as typed, compared without regard to case."""

from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l

from techfair.core.refusal import InputRefused
from techfair.core.vietnamese import nfc

LONGEST = 254  # RFC 5321, 4.5.3.1.3


class MailAddressRefused(InputRefused):
    """A text that is no address to which mail can be sent."""


@dataclass(frozen=True)
class MailAddress:
    """One address: ``shown`` as its owner typed it, ``compared`` to find whether two are the same.

    Dots and plus parts stay in both: with most hosts they name other people.
    """

    shown: str
    compared: str


def parse_mail_address(text: str, *, allow_test: bool = False) -> MailAddress:
    """Read a typed address; raises MailAddressRefused. No name server is asked.

    ``allow_test`` takes addresses under ``.test``, which never exist (RFC 2606).
    """
    typed = nfc(text).strip()
    local = typed.rpartition("@")[0]
    if not typed:
        raise MailAddressRefused("empty", _l("Type an e-mail address, for example name@example.vn."))
    if not local.isascii():
        message = _l("An e-mail address has no accents before the @. Switch off Vietnamese typing and type it again.")
        raise MailAddressRefused("accents", message)
    try:
        checked = validate_email(typed, check_deliverability=False, test_environment=allow_test)
    except EmailNotValidError as error:
        message = _l("This e-mail address is not complete. It needs a name, an @ and a domain: name@example.vn.")
        raise MailAddressRefused("not_an_address", message) from error
    return MailAddress(shown=typed, compared=f"{local.casefold()}@{checked.ascii_domain.lower()}")

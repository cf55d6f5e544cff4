"""What people change about their own account."""

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from techfair.accounts import mailing, people
from techfair.accounts.models import User
from techfair.core import audit
from techfair.core.errors import TechfairError
from techfair.core.languages import LANGUAGES
from techfair.core.mail_addresses import parse_mail_address
from techfair.core.phones import parse_phone
from techfair.core.refusal import InputRefused
from techfair.core.vietnamese import clean_line
from techfair.extensions import db


class EmailRefused(InputRefused):
    """A new address that the account cannot have."""


class EmailTaken(TechfairError):
    code, status = "email_taken", 409
    message = _l("This address can no longer be used for your account.")


def change(user: User, full_name: str, phone: str, language: str) -> None:
    """Name, phone (as typed, may be empty) and language of the account; raises PhoneRefused."""
    user.full_name = clean_line(full_name)
    user.phone = parse_phone(phone) if phone.strip() else None
    user.language = language if language in LANGUAGES else user.language
    audit.record("user.changed", user, by=user)


def note_password(user: User) -> None:
    audit.record("user.password_set", user, by=user, method="present password")


def ask_new_email(user: User, email: str) -> None:
    """Mail a link to the new address; raises EmailRefused without saying who has an address that is taken."""
    address = parse_mail_address(email)
    if address.compared == user.email_key and address.shown == user.email:
        raise EmailRefused("unchanged", _l("This is your present address."))
    holder = people.by_key(address.compared)
    if holder is not None and holder.id != user.id:
        raise EmailRefused("unusable", _l("This address cannot be used for this account. Choose another."))
    mailing.mail_new_email_link(user, address.shown)


def take_new_email(user: User, email: str) -> None:
    """Make a confirmed address the account's: older links and other sessions end, the old address is told.

    Raises EmailTaken where someone took it meanwhile.
    """
    old, address = user.email, parse_mail_address(email)
    try:
        with db.session.begin_nested():
            user.email, user.email_key = address.shown, address.compared
            user.session_epoch += 1
    except IntegrityError as error:
        raise EmailTaken from error
    audit.record("user.email_changed", user, by=user, before=old, after=address.shown)
    mailing.mail_old_address(user, old)

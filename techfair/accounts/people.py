"""People who sign in: found by their address, made once."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from techfair.accounts.models import User
from techfair.core.mail_addresses import parse_mail_address
from techfair.core.refusal import InputRefused
from techfair.core.vietnamese import clean_line
from techfair.extensions import db


def by_email(email: str) -> User | None:
    """The account of a typed address, if there is one; whatever is no address has none."""
    try:
        key = parse_mail_address(email).compared
    except InputRefused:
        return None
    return by_key(key)


def by_key(key: str) -> User | None:
    return db.session.scalar(select(User).filter_by(email_key=key))


def person(email: str, full_name: str, language: str = "vi", phone: str | None = None) -> User:
    """The account of an address, made where there is none yet (without a password); flushes.

    Name, language and phone are only given to a new one. Raises MailAddressRefused.
    """
    address = parse_mail_address(email)
    found = by_key(address.compared)
    if found is not None:
        return found
    user = User(
        email=address.shown,
        email_key=address.compared,
        full_name=clean_line(full_name) or address.shown,
        language=language,
        phone=phone,
    )
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError:  # made by another request meanwhile
        return db.session.scalars(select(User).filter_by(email_key=address.compared)).one()
    return user

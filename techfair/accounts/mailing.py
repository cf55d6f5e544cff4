"""The mails of this room, each in its reader's language."""

from typing import Any

from techfair.accounts import links
from techfair.accounts.models import User
from techfair.core import mail


def _to(user: User, template: str, **context: Any) -> None:
    mail.queue(template, to=user.email, name=user.name, language=user.language, user=user, **context)


def mail_sign_in_link(user: User) -> None:
    """A link that signs in, for someone who asked for it."""
    _to(user, "sign_in_link", address=links.sign_in_address(user, days=links.ASKED_DAYS))


def mail_password_link(user: User) -> None:
    """A link that sets a new password, for someone who forgot the old one."""
    _to(user, "password_link", address=links.password_address(user))


def mail_new_email_link(user: User, email: str) -> None:
    """A link to the new address, to confirm it from there."""
    address = links.new_email_address(user, email)
    mail.queue("new_email_link", to=email, name=user.name, language=user.language, user=user, address=address)


def mail_old_address(user: User, old: str) -> None:
    """Notice to the address that was the account's until now."""
    mail.queue("email_changed", to=old, name=user.name, language=user.language, user=user, old=old)


def mail_invitation(user: User, where_vi: str, where_en: str) -> None:
    """Tell someone of a new role, with a link: to set the first password, or to sign in."""
    is_new = user.password_hash is None
    address = links.password_address(user, days=links.DAYS) if is_new else links.sign_in_address(user)
    _to(user, "invitation", address=address, is_new=is_new, where_vi=where_vi, where_en=where_en)

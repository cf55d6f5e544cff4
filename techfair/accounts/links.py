"""Links by mail: to sign in, to set a password, to confirm a new address.

Opening one changes nothing (a mail gateway opens them all); the page behind it has a button that posts.
Each is bound to what its use changes, and to the account's epoch, so that it works once and ends with
"sign out everywhere".
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from techfair.accounts import passwords
from techfair.accounts.models import SpentLink, User
from techfair.core import clock, jobs, links
from techfair.core.database import insert_new
from techfair.core.errors import TechfairError
from techfair.extensions import db

LONGEST_DAYS = 30
DAYS = 14.0
ASKED_DAYS = 0.125  # three hours: who asked sits before the mailbox


class LinkUsed(TechfairError):
    code, status = "link_used", 410
    message = _l("This link has been used or is no longer good.")


@dataclass(frozen=True)
class MailedLink:
    """What a good link says: whose it is, and what else was signed."""

    user: User
    value: Any
    digest: str
    expires_at: datetime


def sign_in_address(user: User, next: str = "/", days: float = DAYS) -> str:
    """The absolute address of a page whose button signs ``user`` in and leads on to ``next``."""
    return _address("accounts.link", "sign in", user, str(user.session_epoch), next, days)


def password_address(user: User, days: float = ASKED_DAYS) -> str:
    """The absolute address of a page that sets the password, until one was set."""
    return _address("accounts.password_link", "password", user, passwords.fingerprint(user), "", days)


def new_email_address(user: User, email: str, days: float = 2.0) -> str:
    """The absolute address of a page that confirms ``email`` as the account's new one."""
    return _address("accounts.email_link", "email", user, passwords.fingerprint(user), email, days)


def read_sign_in(token: str) -> MailedLink:
    """A sign-in link that may still be used; raises LinkExpired, LinkBroken, LinkUsed."""
    link, bound = _read("sign in", token)
    is_spent = db.session.scalar(select(SpentLink.digest).filter_by(digest=link.digest)) is not None
    if bound != str(link.user.session_epoch) or is_spent:
        raise LinkUsed
    return link


def read_password(token: str) -> MailedLink:
    return _bound_to_password("password", token)


def read_email(token: str) -> MailedLink:
    return _bound_to_password("email", token)


def spend(link: MailedLink) -> None:
    """Use a sign-in link up; of two at once the database lets one, the other raises LinkUsed."""
    row = {"digest": link.digest, "expires_at": link.expires_at}
    if not insert_new(SpentLink, [row], returning=SpentLink.digest):
        raise LinkUsed


@jobs.every(minutes=60)
def sweep_spent_links() -> None:
    """Forget used links that have expired by themselves."""
    db.session.execute(delete(SpentLink).where(SpentLink.expires_at < clock.now()))
    db.session.commit()


def _address(endpoint: str, purpose: str, user: User, bound: str, value: str, days: float) -> str:
    token = links.sign(f"accounts.{purpose}", [user.id, bound, value, days])
    paths = current_app.url_map.bind("")  # not url_for: mails are also written by jobs and commands
    return f"{current_app.config['BASE_URL']}{paths.build(endpoint, {'token': token})}"


def _bound_to_password(purpose: str, token: str) -> MailedLink:
    link, bound = _read(purpose, token)
    if bound != passwords.fingerprint(link.user):
        raise LinkUsed
    return link


def _read(purpose: str, token: str) -> tuple[MailedLink, str]:
    (id, bound, value, days), signed_at = links.read_with_time(f"accounts.{purpose}", token, days=LONGEST_DAYS)
    expires_at = signed_at + timedelta(days=days)
    if expires_at < clock.now():
        raise links.LinkExpired
    user = db.session.get(User, id)
    if user is None or not user.is_active:
        raise LinkUsed
    digest = hashlib.sha256(token.encode()).hexdigest()
    return MailedLink(user, value, digest, expires_at), bound

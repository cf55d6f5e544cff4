"""Who the present session belongs to; a session older than the account's epoch is nobody's."""

from typing import Any, NamedTuple

from flask import session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from techfair.accounts.models import User
from techfair.core import audit, clock
from techfair.extensions import db, login_manager


class AccountLink(NamedTuple):
    """An entry of the account's menu on every page."""

    label: str
    url: str
    icon: str


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load_user(session_id: str) -> User | None:
    id, _, epoch = session_id.partition(".")
    user = db.session.get(User, int(id)) if id.isdecimal() else None
    return user if user and user.is_active and str(user.session_epoch) == epoch else None


def enter(user: User, by: str) -> None:
    """Begin a session of the user; ``by`` says how: password, link, setup."""
    user.last_sign_in_at = clock.now()
    audit.record("user.signed_in", user, by=user, method=by)
    renew(user)


def renew(user: User) -> None:
    """Go on with the user's session after the epoch rose, in this browser alone."""
    session.permanent = True  # so that it ends TECHFAIR_SESSION_HOURS after the last page
    login_user(user)


def leave() -> None:
    """End this browser's session and what it remembers: the computer may be shared."""
    logout_user()
    session.clear()


def end_all(user: User) -> None:
    """Sign out everywhere: every session and every link mailed before ends."""
    user.session_epoch += 1
    audit.record("user.signed_out_everywhere", user, by=user)


def account_links() -> dict[str, Any]:
    """For the layouts: the entries of the account's menu."""
    if not current_user or not current_user.is_authenticated:  # none in jobs, which render mails too
        return {}
    work = AccountLink(_("My work"), url_for("accounts.work"), "briefcase")
    return {"account_links": [work, AccountLink(_("My account"), url_for("accounts.account"), "user")]}

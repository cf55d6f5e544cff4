"""Who asks to see what is kept back: people with an account, and whom later rooms know by other means.

Each kind of reader registers how it is recognised in a request, and how one is found again for a letter.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask_login import current_user

from techfair.accounts import links
from techfair.accounts.models import User
from techfair.extensions import db
from techfair.fairs.models import Fair

MY_REQUESTS = "/disclosures"


@dataclass(frozen=True)
class Reader:
    """A person who asks; ``key`` ("user:7") stays theirs, ``link`` leads to their requests without a password."""

    key: str
    name: str
    organisation: str
    email: str
    language: str
    link: Callable[[], str]
    fair: Fair | None = None


@dataclass(frozen=True)
class Kind:
    """How one kind of reader is recognised in this request, and found again by the number in its key."""

    present: Callable[[], Reader | None]
    known: Callable[[int], Reader | None]


_kinds: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    """Let another room's people ask, too; who signs in comes before them."""
    _kinds[name] = kind


def present() -> Reader | None:
    """Whose browser this is, or None."""
    return next((reader for kind in _kinds.values() if (reader := kind.present())), None)


def known(key: str) -> Reader | None:
    """The reader of a key; None where there is no such person any more."""
    name, _, number = key.partition(":")
    return _kinds[name].known(int(number)) if name in _kinds else None


def _of_user(user: User) -> Reader:
    def link() -> str:
        return links.sign_in_address(user, next=MY_REQUESTS)

    return Reader(f"user:{user.id}", user.full_name, "", user.email, user.language, link)


def _signed_in() -> Reader | None:
    return _of_user(current_user._get_current_object()) if current_user.is_authenticated else None


def _account(id: int) -> Reader | None:
    user = db.session.get(User, id)
    return _of_user(user) if user is not None and user.is_active else None


register("user", Kind(_signed_in, _account))

"""Passwords: which are taken, how they are kept (argon2id) and compared."""

import base64
import hashlib

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import lazy_gettext as _l

from techfair.accounts.models import User
from techfair.core.refusal import InputRefused
from techfair.core.vietnamese import nfc, search_key

SHORTEST, LONGEST = 10, 200
FEWEST_SIGNS = 5  # different ones: "aaaaaaaaaa" is long, and the first that is tried

# The first tries of those who guess, as long as ours must be; compared folded, blanks away.
FIRST_GUESSES = """
    1234567890 0123456789 0987654321 9876543210 12345678910 123456789a a123456789 1q2w3e4r5t 1qaz2wsx3edc
    qwertyuiop qwerty12345 qwerty123456 asdfghjkl1 zxcvbnm123 abcdefghij abcd123456 abc1234567
    password12 password123 password1234 passw0rd123 administrator administrators adminadmin admin12345 admin123456
    iloveyou123 letmein1234 welcome123 welcome1234 changeme123 matkhau123 matkhau1234 matkhau12345 matkhaumoi
    vietnam123 vietnam1234 vietnam2024 vietnam2025 vietnam2026 hanoivietnam saigon1234 anhyeuem123 emyeuanh123
    techfair123 techfair2019 techfair2026 hoicho2026 organizer123 gialai2019 gialai2026
"""
COMMON = frozenset(FIRST_GUESSES.split())

# STACK: 36 ms a try on this hardware, OWASP's second choice of parameters for argon2id.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


class PasswordRefused(InputRefused):
    """A password that is too easy to guess."""


def judge(password: str, email: str) -> None:
    """Raise PasswordRefused for a password that ``email``'s account should not have."""
    if len(nfc(password)) < SHORTEST:
        raise PasswordRefused("too_short", _l("Take at least 10 characters; a short sentence is easy to remember."))
    if len(password) > LONGEST:
        raise PasswordRefused("too_long", _l("Take at most 200 characters."))
    folded = _folded(password)
    if folded in {_folded(email), _folded(email.partition("@")[0])}:
        raise PasswordRefused("is_email", _l("This is your e-mail address. Choose something that nobody knows."))
    if folded in COMMON or len(set(folded)) < FEWEST_SIGNS:
        raise PasswordRefused("too_common", _l("This password is one of the first that are guessed. Choose another."))


def _folded(text: str) -> str:
    return search_key(text).replace(" ", "")


def set_password(user: User, password: str) -> None:
    """Give the account a password, which ends every session and every link mailed before; raises PasswordRefused."""
    judge(password, user.email)
    user.password_hash = hashed(password)
    user.session_epoch = (user.session_epoch or 0) + 1


def hashed(password: str) -> str:
    return _hasher.hash(nfc(password))


def check(user: User | None, password: str) -> bool:
    """Whether this is the account's password."""
    return matches(user.password_hash if user else None, password)


def matches(stored: str | None, password: str) -> bool:
    """Compare with a stored hash; without one it takes as long, so that time tells nobody who has an account."""
    try:
        _hasher.verify(stored or _decoy(), nfc(password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str | None) -> bool:
    """Whether a hash was made with weaker parameters than today's."""
    return stored is not None and _hasher.check_needs_rehash(stored)


def fingerprint(user: User) -> str:
    """What changes with the password and the epoch: a link bound to it ends when it was used."""
    return hashlib.sha256(f"{user.password_hash}.{user.session_epoch}".encode()).hexdigest()[:20]


def _decoy() -> str:
    """A well-formed hash with today's parameters that no password gives."""
    salt, digest = base64.b64encode(b"-" * 16), base64.b64encode(b"-" * 32)
    parts = (salt.decode().rstrip("="), digest.decode().rstrip("="))
    return "$argon2id$v=19$m=19456,t=2,p=1${}${}".format(*parts)

"""The code sent to a signer's mailbox. It lives 15 minutes, is kept only as a digest, and ends after five wrong tries.

Whoever calls holds the signature's row, so that of two tries at once both count.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from flask import current_app
from flask_babel import lazy_gettext as _l

from techfair.agreements.models import Signature
from techfair.core import clock
from techfair.core.errors import TechfairError

CODE_LIVES = timedelta(minutes=15)
MOST_TRIES = 5
PAUSE_BETWEEN_CODES = timedelta(seconds=30)
MOST_CODES = 10  # with MOST_TRIES each, guessing succeeds once in twenty thousand invitations


class CodeWrong(TechfairError):
    code, status = "code_wrong", 422
    message = _l("This code is not right. Take the six digits from our newest mail.")


class CodeOver(TechfairError):
    code, status = "code_over", 422
    message = _l("This code can no longer be used. Ask for a new one.")


class TooManyCodes(TechfairError):
    """``message`` says whether to wait or to ask for a new invitation."""

    code, status = "too_many_codes", 429
    message = _l("A code was sent just now. Wait half a minute before you ask for another.")


def make(signature: Signature) -> str:
    """A new code to be mailed; the one before it ends. Raises TooManyCodes."""
    _require_patience(signature)
    code = f"{secrets.randbelow(10**6):06d}"
    signature.code_digest, signature.code_expires_at = _digest(signature, code), clock.now() + CODE_LIVES
    signature.code_sent_at, signature.codes_sent = clock.now(), signature.codes_sent + 1
    signature.code_tries = 0
    return code


def check(signature: Signature, code: str) -> None:
    """Raises CodeWrong, where the try counts (commit it), or CodeOver."""
    expires_at = signature.code_expires_at
    if signature.code_digest is None or expires_at is None or expires_at < clock.now():
        raise CodeOver
    if hmac.compare_digest(signature.code_digest, _digest(signature, code.strip())):
        return
    signature.code_tries += 1
    if signature.code_tries >= MOST_TRIES:
        signature.code_digest = None
        raise CodeOver
    raise CodeWrong


def _require_patience(signature: Signature) -> None:
    if signature.codes_sent >= MOST_CODES:
        raise TooManyCodes(_l("Too many codes were sent. Ask the other party to send you the link again."))
    if signature.code_sent_at and signature.code_sent_at > clock.now() - PAUSE_BETWEEN_CODES:
        raise TooManyCodes


def _digest(signature: Signature, code: str) -> bytes:
    key = str(current_app.secret_key).encode()
    return hmac.digest(key, f"signature {signature.id} {code}".encode(), hashlib.sha256)

"""Signed, expiring links by mail: a proof that their holder reads that mailbox."""

from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from techfair.core.errors import TechfairError


class LinkExpired(TechfairError):
    code, status = "link_expired", 410
    message = _l("This link has expired.")


class LinkBroken(TechfairError):
    code, status = "link_broken", 404
    message = _l("This link is incomplete or was changed on its way.")


def _signer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt=f"techfair.{purpose}")


def sign(purpose: str, value: Any) -> str:
    """A token for an address, good for one purpose only."""
    return _signer(purpose).dumps(value)


def read(purpose: str, token: str, *, days: float) -> Any:
    """The signed value; raises LinkExpired or LinkBroken."""
    return read_with_time(purpose, token, days=days)[0]


def read_with_time(purpose: str, token: str, *, days: float) -> tuple[Any, datetime]:
    """The signed value and when it was signed; raises LinkExpired or LinkBroken."""
    try:
        value, signed_at = _signer(purpose).loads(token, max_age=int(days * 86400), return_timestamp=True)
    except SignatureExpired as error:
        raise LinkExpired from error
    except BadSignature as error:
        raise LinkBroken from error
    return value, signed_at

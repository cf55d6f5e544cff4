"""Secrets at rest: sealed with a key made from the secret key, so that a copied database gives none away."""

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app


def _box() -> Fernet:
    secret = current_app.secret_key or ""
    key = HKDF(SHA256(), length=32, salt=None, info=b"techfair sealed").derive(str(secret).encode())
    return Fernet(base64.urlsafe_b64encode(key))


def seal(secret: bytes) -> bytes:
    return _box().encrypt(secret)


def unseal(sealed: bytes) -> bytes:
    """The secret; raises cryptography.fernet.InvalidToken under another secret key."""
    return _box().decrypt(sealed)

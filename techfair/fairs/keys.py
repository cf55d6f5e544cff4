"""The keys that sign a fair's badges: each server of a fair has one of its own, and knows the others' public halves."""

from functools import lru_cache
from typing import NamedTuple

from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import select

from techfair.core import sealed
from techfair.extensions import db
from techfair.fairs.models import Fair, FairKey

IS_OWN = FairKey.sealed_private_key != b""
FAIRS = 64  # whose keys a process keeps unsealed


class StoredKey(NamedTuple):
    """A key as a row holds it: the public half, and the sealed private one, empty where another server signs."""

    public: bytes
    sealed_private: bytes


def create(fair: Fair) -> FairKey:
    """Give a fair its first key; the private half is sealed before it is stored."""
    private_key = Ed25519PrivateKey.generate()
    key = FairKey(
        fair_id=fair.id,
        number=0,
        public_key=private_key.public_key().public_bytes_raw(),
        sealed_private_key=sealed.seal(private_key.private_bytes_raw()),
    )
    db.session.add(key)
    db.session.flush()
    return key


def know(fair: Fair, number: int, public_key: bytes) -> None:
    """Let badges be verified that another server of the fair signs."""
    db.session.add(FairKey(fair_id=fair.id, number=number, public_key=public_key, sealed_private_key=b""))
    db.session.flush()


def hold(fair: Fair, number: int, private_key: Ed25519PrivateKey) -> None:
    """Sign with this key, whose public half is known already, on this server."""
    key = db.session.scalars(select(FairKey).filter_by(fair_id=fair.id, number=number)).one()
    key.sealed_private_key = sealed.seal(private_key.private_bytes_raw())
    db.session.flush()


def private(fair: Fair) -> Ed25519PrivateKey:
    """The key with which this server signs."""
    own = select(FairKey.sealed_private_key).where(FairKey.fair_id == fair.id, IS_OWN)
    return Ed25519PrivateKey.from_private_bytes(sealed.unseal(db.session.scalars(own).one()))


@lru_cache(maxsize=FAIRS)
def opened(sealed_private: bytes) -> Ed25519PrivateKey | None:
    """The private half of a stored key; None where it is elsewhere, or was sealed under a secret key now lost."""
    try:
        return Ed25519PrivateKey.from_private_bytes(sealed.unseal(sealed_private)) if sealed_private else None
    except InvalidToken:
        return None


def public(fair: Fair, number: int = 0) -> Ed25519PublicKey:
    read = select(FairKey.public_key).filter_by(fair_id=fair.id, number=number)
    return Ed25519PublicKey.from_public_bytes(db.session.scalars(read).one())

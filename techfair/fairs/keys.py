"""The keys that sign a fair's badges."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import select

from techfair.core import sealed
from techfair.extensions import db
from techfair.fairs.models import Fair, FairKey


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


def private(fair: Fair, number: int = 0) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(sealed.unseal(_key(fair, number).sealed_private_key))


def public(fair: Fair, number: int = 0) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(_key(fair, number).public_key)


def _key(fair: Fair, number: int) -> FairKey:
    return db.session.scalars(select(FairKey).filter_by(fair_id=fair.id, number=number)).one()

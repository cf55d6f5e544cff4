"""The services at which people may sign, as the administrator sets them."""

from collections.abc import Sequence

from techfair.accounts.models import User
from techfair.agreements.remote.models import SigningService
from techfair.core import audit, clock, sealed
from techfair.extensions import db


def offered() -> Sequence[SigningService]:
    """The services that signers may choose, by name."""
    standing = db.select(SigningService).filter_by(removed_at=None)
    return db.session.scalars(standing.order_by(SigningService.name, SigningService.id)).all()


def add(name: str, address: str, client_id: str, secret: str, *, by: User) -> SigningService:
    """Let signers choose a service from now on; the secret is kept encrypted."""
    row = SigningService(
        name=name,
        address=address.rstrip("/"),
        client_id=client_id,
        sealed_secret=sealed.seal(secret.encode()),
        added_by_id=by.id,
    )
    db.session.add(row)
    audit.record("service.added", row, by=by, name=name, address=row.address)
    return row


def remove(service: SigningService, *, by: User) -> None:
    """Offer a service no longer; its secret is forgotten."""
    if service.removed_at is None:
        service.removed_at, service.sealed_secret = clock.now(), b""
        audit.record("service.removed", service, by=by, name=service.name)

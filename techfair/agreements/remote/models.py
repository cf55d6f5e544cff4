"""Tables of remote signing: the services, and signatures that are on their way there and back."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.extensions import Model


class SigningService(Model):
    """A service that speaks the API of the Cloud Signature Consortium, and what it knows this installation by."""

    __tablename__ = "signing_service"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    address: Mapped[str]  # such as https://service.example.vn/csc/v2
    client_id: Mapped[str]
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary)
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    removed_at: Mapped[datetime | None]


class DeviceSigning(Model):
    """A document that waits for the signature of a card or token at the signer's own desk, one for each signer.

    ``kept`` is the document prepared and what else finishing needs; no secret is in it.
    """

    __tablename__ = "device_signing"

    signature_id: Mapped[int] = mapped_column(ForeignKey("signature.id"), primary_key=True)
    kept: Mapped[dict[str, Any]] = mapped_column(default=dict)
    started_at: Mapped[datetime] = mapped_column(default=clock.now)


class RemoteSigning(Model):
    """A signer on the way: first to sign in at the service, then to release the key for one digest.

    ``kept`` are the document prepared for this signature and what else the way back needs; secrets in it are sealed.
    The row goes when the way ends, in whatever way.
    """

    __tablename__ = "remote_signing"
    __table_args__ = (one_of("step", ("sign_in", "release")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    signature_id: Mapped[int] = mapped_column(ForeignKey("signature.id"), index=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("signing_service.id"))
    service: Mapped[SigningService] = relationship(lazy="joined", innerjoin=True)
    step: Mapped[str] = mapped_column(default="sign_in")
    kept: Mapped[dict[str, Any]] = mapped_column(default=dict)
    started_at: Mapped[datetime] = mapped_column(default=clock.now)

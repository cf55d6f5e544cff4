"""Tables of trust: a fair's own authority, the certificates it seals by, the authorities that are believed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from techfair.core import clock
from techfair.core.database import one_of
from techfair.extensions import Model

IN_USE, TRUSTED = text("ended_at IS NULL"), text("removed_at IS NULL")


class FairAuthority(Model):
    """A fair's own certificate authority, made when it is first needed; its key is kept sealed."""

    __tablename__ = "fair_authority"

    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), primary_key=True)
    certificate: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_key: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


class SealCertificate(Model):
    """What a fair seals its documents by: its own authority's certificate, or one that the organizer brought.

    At a time there is one in use; those before stay, for documents that they sealed.
    """

    __tablename__ = "seal_certificate"
    __table_args__ = (
        one_of("source", ("own", "brought")),
        Index("uq_seal_certificate_in_use", "fair_id", unique=True, sqlite_where=IN_USE, postgresql_where=IN_USE),
        CheckConstraint("(ended_at IS NULL) = (sealed_key IS NOT NULL)", name="ended_keys_are_gone"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    source: Mapped[str]
    certificate: Mapped[bytes] = mapped_column(LargeBinary)
    chain: Mapped[list[str]] = mapped_column(default=list)  # DER in base64, the issuer first
    sealed_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    set_at: Mapped[datetime] = mapped_column(default=clock.now)
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None]


class TrustAnchor(Model):
    """An authority outside that this installation believes, as its administrator decided."""

    __tablename__ = "trust_anchor"
    __table_args__ = (
        Index("uq_trust_anchor", "fingerprint", unique=True, sqlite_where=TRUSTED, postgresql_where=TRUSTED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    certificate: Mapped[bytes] = mapped_column(LargeBinary)
    fingerprint: Mapped[str]
    withdrawn_list: Mapped[bytes | None] = mapped_column(LargeBinary)  # the newest list of withdrawn certificates
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    removed_at: Mapped[datetime | None]

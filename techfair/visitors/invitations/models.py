"""The table of invitations."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.extensions import Model
from techfair.visitors.models import KINDS, Registration

STANDS = text("used_at IS NULL AND revoked_at IS NULL")


class Invitation(Model):
    """A word to one mailbox that its reader may register as a kind; the database keeps one standing for each."""

    __tablename__ = "invitation"
    __table_args__ = (
        one_of("kind", KINDS),
        one_of("language", ("vi", "en")),
        CheckConstraint("(used_at IS NULL) = (registration_id IS NULL)", name="used_by_somebody"),
        CheckConstraint("expires_at > invited_at", name="expires_later"),
        Index("ix_invitation_fair", "fair_id", "id"),
        Index(
            "uq_invitation_standing",
            "fair_id",
            "email_key",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    email: Mapped[str]
    email_key: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    days: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))  # of the fair; none: those of the kind
    language: Mapped[str] = mapped_column(default="vi")
    invited_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), index=True)
    registration: Mapped[Registration | None] = relationship(lazy="raise")

    @property
    def state(self) -> str:
        """used, revoked, expired or sent: derived, so that nothing need run at midnight."""
        if self.used_at:
            return "used"
        if self.revoked_at:
            return "revoked"
        return "expired" if self.expires_at <= clock.now() else "sent"

"""The one-time code that links a phone to a badge's owner, and how often one was asked for."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from techfair.extensions import Model


class LinkCode(Model):
    """The present code of one registration; asked for by whoever holds a badge, so the counts hold for all of them."""

    __tablename__ = "link_code"
    __table_args__ = (
        CheckConstraint("(digest IS NULL) = (expires_at IS NULL)", name="expires"),
        CheckConstraint("asked >= 0 AND tries >= 0", name="counts"),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    next_mail_at: Mapped[datetime]  # from when a mail may be asked for again
    asked: Mapped[int]  # times since the last whole day of rest
    digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    expires_at: Mapped[datetime | None]
    tries: Mapped[int]  # of the present code

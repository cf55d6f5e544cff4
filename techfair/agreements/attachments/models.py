"""Table of files that belong to an agreement's text. Once that is settled the database refuses any change of them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from techfair.core import clock
from techfair.core.database import one_of
from techfair.extensions import Model

MOST = 10
MEDIA_TYPES = ("application/pdf", "image/png", "image/jpeg")


class Attachment(Model):
    """A file exactly as it was sent, bound by its digest; places count from 1."""

    __tablename__ = "agreement_attachment"
    __table_args__ = (
        UniqueConstraint("agreement_id", "place"),
        UniqueConstraint("agreement_id", "digest"),  # sent twice at the same second it is one
        one_of("media_type", MEDIA_TYPES),
        CheckConstraint(f"place BETWEEN 1 AND {MOST}", name="has_room"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    place: Mapped[int]
    name: Mapped[str]
    digest: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    added_by: Mapped[str]
    added_at: Mapped[datetime] = mapped_column(default=clock.now)

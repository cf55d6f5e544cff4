"""The table of kiosks."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.extensions import Model
from techfair.fairs.models import Fair


class Kiosk(Model):
    """A browser that shows the kiosk's pages alone, until somebody types the staff code or an organizer ends it."""

    __tablename__ = "kiosk"
    __table_args__ = (Index("ix_kiosk_fair", "fair_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    fair: Mapped[Fair] = relationship(lazy="raise")
    name: Mapped[str]
    code_hash: Mapped[str]
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

"""The table of records that people with an account saved."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from techfair.core import clock
from techfair.extensions import Model


class SavedRecord(Model):
    """A technology or a need on somebody's list."""

    __tablename__ = "saved_record"
    __table_args__ = (
        CheckConstraint("(technology_id IS NULL) <> (need_id IS NULL)", name="one_record"),
        UniqueConstraint("user_id", "technology_id"),  # saved twice stands there once
        UniqueConstraint("user_id", "need_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    technology_id: Mapped[int | None] = mapped_column(ForeignKey("technology.id"))
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"))
    saved_at: Mapped[datetime] = mapped_column(default=clock.now)

"""The table of documents that belong to technologies and needs."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.core.languages import pick
from techfair.exhibitors.models import Need, Technology
from techfair.extensions import Model

LEVELS = ("public", "request", "nda")


class RecordDocument(Model):
    """A PDF of a record. ``public``: who sees the record downloads it; else only its title shows.

    Needs keep nothing back: nobody could be asked for it.
    """

    __tablename__ = "record_document"
    __table_args__ = (
        CheckConstraint("(technology_id IS NULL) <> (need_id IS NULL)", name="one_record"),
        CheckConstraint("need_id IS NULL OR level = 'public'", name="needs_keep_nothing_back"),
        UniqueConstraint("technology_id", "digest"),  # a form sent twice adds it once
        UniqueConstraint("need_id", "digest"),
        one_of("level", LEVELS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    technology_id: Mapped[int | None] = mapped_column(ForeignKey("technology.id"))
    technology: Mapped[Technology | None] = relationship(lazy="raise")
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"))
    need: Mapped[Need | None] = relationship(lazy="raise")
    title_vi: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default="public")
    digest: Mapped[str]
    size: Mapped[int]  # bytes
    added_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def title(self) -> str:
        return pick(self.title_vi, self.title_en)

    @property
    def record(self) -> Technology | Need:
        """Whose it is; read both relationships ahead (``deeds.WITH_RECORD``)."""
        record = self.technology or self.need
        assert record is not None  # noqa: S101 - a constraint of the table
        return record

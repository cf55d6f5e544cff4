"""The table of documents that belong to technologies."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.core.languages import pick
from techfair.exhibitors.models import Technology
from techfair.extensions import Model

LEVELS = ("public", "request", "nda")


class TechnologyDocument(Model):
    """A PDF of a technology. ``public``: who sees the technology downloads it; else only its title shows."""

    __tablename__ = "technology_document"
    __table_args__ = (
        UniqueConstraint("technology_id", "digest"),  # a form sent twice adds it once
        one_of("level", LEVELS),
        Index("ix_technology_document_technology_id", "technology_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    technology_id: Mapped[int] = mapped_column(ForeignKey("technology.id"))
    technology: Mapped[Technology] = relationship(lazy="raise")
    title_vi: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default="public")
    digest: Mapped[str]
    size: Mapped[int]  # bytes
    added_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def title(self) -> str:
        return pick(self.title_vi, self.title_en)

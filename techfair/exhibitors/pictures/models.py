"""The table of pictures that belong to technologies."""

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core.languages import pick
from techfair.exhibitors.record_models import Technology
from techfair.extensions import Model


class TechnologyPicture(Model):
    """A picture of a technology, drawn anew in two sizes. Of equal ``position`` the older one comes first."""

    __tablename__ = "technology_picture"
    __table_args__ = (
        UniqueConstraint("technology_id", "digest"),  # a form sent twice adds it once
        Index("ix_technology_picture_technology_id", "technology_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    technology_id: Mapped[int] = mapped_column(ForeignKey("technology.id"))
    technology: Mapped[Technology] = relationship(lazy="raise")
    position: Mapped[int]
    digest: Mapped[str]
    small_digest: Mapped[str]  # for lists, and where many stand side by side
    width: Mapped[int | None]  # of the large one, so that a page keeps its place free; unknown of the oldest
    height: Mapped[int | None]
    caption_vi: Mapped[str] = mapped_column(default="")
    caption_en: Mapped[str] = mapped_column(default="")

    @property
    def caption(self) -> str:
        return pick(self.caption_vi, self.caption_en)

"""Tables of what organizers declare: figures that are someone's word, kept apart from what is measured."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from techfair.core import clock
from techfair.core.languages import pick
from techfair.extensions import Model, Money


class DeclaredFigure(Model):
    """A figure someone stated, with who, when and where; shown beside the measured one, never in its place."""

    __tablename__ = "declared_figure"
    __table_args__ = (
        CheckConstraint("value >= 0", name="value_is_a_figure"),
        Index("ix_declared_figure", "fair_id", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    key: Mapped[str]  # the report's key, such as "unit_contracts.count"
    relation: Mapped[str] = mapped_column(default="=")  # "=", ">", "about"
    value: Mapped[int] = mapped_column(Money)
    words_vi: Mapped[str] = mapped_column(default="")
    words_en: Mapped[str] = mapped_column(default="")
    source_vi: Mapped[str]
    source_en: Mapped[str] = mapped_column(default="")
    declared_by: Mapped[str] = mapped_column(default="")
    declared_at: Mapped[datetime] = mapped_column(default=clock.now)
    is_contradiction: Mapped[bool] = mapped_column(default=False)

    @property
    def words(self) -> str:
        """The figure as it was said; empty where only the number is known."""
        return pick(self.words_vi, self.words_en)

    @property
    def source(self) -> str:
        return pick(self.source_vi, self.source_en)

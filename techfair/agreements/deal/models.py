"""Tables of a deal: the technologies it is about and the milestones of its schedule."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core.database import one_of
from techfair.core.languages import pick
from techfair.exhibitors.record_models import Technology
from techfair.extensions import Model, Money

MEASURES = ("step", "capital", "jobs", "technology")
MOST_MILESTONES = 20


class AgreementTechnology(Model):
    """One of the technologies that an agreement is about, in order."""

    __tablename__ = "agreement_technology"
    __table_args__ = (UniqueConstraint("agreement_id", "technology_id"),)

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    technology_id: Mapped[int] = mapped_column(ForeignKey("technology.id"), index=True)
    technology: Mapped[Technology] = relationship(lazy="raise")


class Milestone(Model):
    """What is promised by a day: a step, or so much capital, so many jobs or technologies.

    Capital is in đồng, or in whole units of a foreign ``currency``, with the đồng for one on a day if that is agreed.
    """

    __tablename__ = "milestone"
    __table_args__ = (
        one_of("measure", MEASURES),
        UniqueConstraint("agreement_id", "position"),
        CheckConstraint("(measure = 'step') = (planned IS NULL)", name="step_has_no_amount"),
        CheckConstraint("planned > 0", name="promises_something"),
        CheckConstraint(
            "currency IS NULL OR (measure = 'capital' AND currency <> 'VND')", name="capital_may_be_foreign"
        ),
        CheckConstraint(
            "(rate IS NULL) = (rate_on IS NULL) AND (rate IS NULL OR (rate > 0 AND currency IS NOT NULL))",
            name="rate_is_dated",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    position: Mapped[int]
    title_vi: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date]
    measure: Mapped[str] = mapped_column(default="step")
    planned: Mapped[int | None] = mapped_column(Money)
    currency: Mapped[str | None]
    rate: Mapped[Any | None] = mapped_column(Numeric(18, 6))
    rate_on: Mapped[date | None]

    @property
    def unit(self) -> str:
        """What may be added up: ``jobs``, ``capital`` in đồng, ``capital:USD``; amounts of two units never are."""
        return f"{self.measure}:{self.currency}" if self.currency else self.measure

    @property
    def title(self) -> str:
        return pick(self.title_vi, self.title_en)

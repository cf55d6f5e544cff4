"""Tables of a deal: the technologies it is about and the milestones of its schedule."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core.database import one_of
from techfair.core.languages import pick
from techfair.exhibitors.models import Technology
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
    """What is promised by a day: a step, or so much capital (đồng), so many jobs or technologies."""

    __tablename__ = "milestone"
    __table_args__ = (
        one_of("measure", MEASURES),
        UniqueConstraint("agreement_id", "position"),
        CheckConstraint("(measure = 'step') = (planned IS NULL)", name="step_has_no_amount"),
        CheckConstraint("planned > 0", name="promises_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    position: Mapped[int]
    title_vi: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date]
    measure: Mapped[str] = mapped_column(default="step")
    planned: Mapped[int | None] = mapped_column(Money)

    @property
    def title(self) -> str:
        return pick(self.title_vi, self.title_en)

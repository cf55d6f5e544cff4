"""Tables of records: technologies that companies offer, and those they need; each stands once for all fairs."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core.database import one_of
from techfair.core.languages import pick
from techfair.core.states import Stateful, steps
from techfair.exhibitors.models import Company
from techfair.extensions import Model, Money

TRANSFER_FORMS = (
    "licence",
    "assignment",
    "joint_venture",
    "turnkey",
    "training",
    "equipment_sale",
    "commissioned_research",
)
RECORD_STATES = ("draft", "in_review", "published", "archived")


class Technology(Stateful, Model):
    """A technology offered for transfer; one record, however many fairs show it."""

    STEPS = steps(
        draft="in_review published",
        in_review="published draft",
        published="in_review archived",
        archived="published",
    )

    __tablename__ = "technology"
    __table_args__ = (
        one_of("state", RECORD_STATES),
        CheckConstraint("readiness BETWEEN 1 AND 9", name="readiness_level"),
        CheckConstraint("price_low >= 0 AND price_high >= price_low", name="price_range"),
        one_of("price_kind", ("by_agreement", "range", "fixed")),
        one_of("stage", ("idea", "laboratory", "pilot", "production")),
        Index("ix_technology_company", "company_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_ref: Mapped[str] = mapped_column(unique=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    company: Mapped[Company] = relationship(lazy="raise")
    state: Mapped[str] = mapped_column(default="draft")
    title_vi: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    summary_vi: Mapped[str] = mapped_column(default="")
    summary_en: Mapped[str] = mapped_column(default="")
    description_vi: Mapped[str] = mapped_column(default="")
    description_en: Mapped[str] = mapped_column(default="")
    advantages_vi: Mapped[str] = mapped_column(default="")
    advantages_en: Mapped[str] = mapped_column(default="")
    keywords_vi: Mapped[list[str]] = mapped_column(default=list)
    keywords_en: Mapped[list[str]] = mapped_column(default=list)
    readiness: Mapped[int | None]
    stage: Mapped[str | None]
    transfer_forms: Mapped[list[str]] = mapped_column(default=list)
    property_kind: Mapped[str] = mapped_column(default="")  # of intellectual property
    property_number: Mapped[str] = mapped_column(default="")
    price_kind: Mapped[str] = mapped_column(default="by_agreement")
    price_low: Mapped[int | None] = mapped_column(Money)
    price_high: Mapped[int | None] = mapped_column(Money)
    price_currency: Mapped[str] = mapped_column(default="VND")
    picture_digest: Mapped[str | None]  # of its cover, small; written by pictures/deeds.py alone
    # What partners read and no rule does: record_forms.FURTHER.
    further: Mapped[dict[str, Any]] = mapped_column(default=dict)
    search_key: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    sectors: Mapped[list["TechnologySector"]] = relationship(
        cascade="all, delete-orphan", order_by="TechnologySector.sector"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def title(self) -> str:
        return pick(self.title_vi, self.title_en)

    @property
    def summary(self) -> str:
        return pick(self.summary_vi, self.summary_en)

    @property
    def description(self) -> str:
        return pick(self.description_vi, self.description_en)

    @property
    def advantages(self) -> str:
        return pick(self.advantages_vi, self.advantages_en)


class TechnologySector(Model):
    """A sector a technology belongs to."""

    __tablename__ = "technology_sector"

    technology_id: Mapped[int] = mapped_column(ForeignKey("technology.id"), primary_key=True)
    sector: Mapped[str] = mapped_column(primary_key=True, index=True)


class Need(Stateful, Model):
    """A technology that a company looks for, or a problem it wants solved."""

    STEPS = Technology.STEPS

    __tablename__ = "need"
    __table_args__ = (
        one_of("state", RECORD_STATES),
        CheckConstraint("lowest_readiness BETWEEN 1 AND 9", name="readiness_level"),
        CheckConstraint("budget_low >= 0 AND budget_high >= budget_low", name="budget_range"),
        Index("ix_need_company", "company_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_ref: Mapped[str] = mapped_column(unique=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    company: Mapped[Company] = relationship(lazy="raise")
    state: Mapped[str] = mapped_column(default="draft")
    title_vi: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    problem_vi: Mapped[str] = mapped_column(default="")
    problem_en: Mapped[str] = mapped_column(default="")
    wanted_result_vi: Mapped[str] = mapped_column(default="")
    wanted_result_en: Mapped[str] = mapped_column(default="")
    lowest_readiness: Mapped[int | None]
    budget_low: Mapped[int | None] = mapped_column(Money)
    budget_high: Mapped[int | None] = mapped_column(Money)
    budget_currency: Mapped[str] = mapped_column(default="VND")
    deadline_on: Mapped[date | None]
    transfer_forms: Mapped[list[str]] = mapped_column(default=list)
    further: Mapped[dict[str, Any]] = mapped_column(default=dict)
    search_key: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    sectors: Mapped[list["NeedSector"]] = relationship(cascade="all, delete-orphan", order_by="NeedSector.sector")

    __mapper_args__ = {"version_id_col": version}

    @property
    def title(self) -> str:
        return pick(self.title_vi, self.title_en)

    @property
    def problem(self) -> str:
        return pick(self.problem_vi, self.problem_en)


class NeedSector(Model):
    """A sector a need belongs to."""

    __tablename__ = "need_sector"

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), primary_key=True)
    sector: Mapped[str] = mapped_column(primary_key=True, index=True)

"""Tables of experts and innovative firms, and the technologies that they stand for."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.core.languages import pick
from techfair.core.states import Stateful, steps
from techfair.exhibitors.models import Company
from techfair.extensions import Model

KINDS = ("person", "firm")
STATES = ("draft", "asked", "published", "declined", "withdrawn")


class Expert(Stateful, Model):
    """A person or an innovative firm that a company names. Public only while the one named agrees to this text."""

    STEPS = steps(
        draft="asked",
        asked="published declined draft",
        published="withdrawn draft",
        declined="draft",
        withdrawn="draft",
    )

    __tablename__ = "expert"
    __table_args__ = (one_of("kind", KINDS), one_of("state", STATES), Index("ix_expert_company", "company_id", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    public_ref: Mapped[str] = mapped_column(unique=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    company: Mapped[Company] = relationship(lazy="raise")
    kind: Mapped[str] = mapped_column(default="person")
    state: Mapped[str] = mapped_column(default="draft")
    name: Mapped[str]
    position_vi: Mapped[str] = mapped_column(default="")
    position_en: Mapped[str] = mapped_column(default="")
    summary_vi: Mapped[str] = mapped_column(default="")
    summary_en: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    email: Mapped[str]  # where consent is asked; never shown
    language: Mapped[str] = mapped_column(default="vi")  # of mail to them
    link_epoch: Mapped[int] = mapped_column(default=0)  # rises with each text that is asked about: older links end
    published_at: Mapped[datetime | None]  # when they agreed
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sectors: Mapped[list["ExpertSector"]] = relationship(cascade="all, delete-orphan", order_by="ExpertSector.sector")
    ties: Mapped[list["ExpertTechnology"]] = relationship(cascade="all, delete-orphan", lazy="raise")

    @property
    def position(self) -> str:
        return pick(self.position_vi, self.position_en)

    @property
    def summary(self) -> str:
        return pick(self.summary_vi, self.summary_en)


class ExpertSector(Model):
    """A sector in which an expert or a firm works."""

    __tablename__ = "expert_sector"

    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"), primary_key=True)
    sector: Mapped[str] = mapped_column(primary_key=True)


class ExpertTechnology(Model):
    """A technology that an expert knows or a firm makes."""

    __tablename__ = "expert_technology"

    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"), primary_key=True)
    technology_id: Mapped[int] = mapped_column(ForeignKey("technology.id"), primary_key=True, index=True)

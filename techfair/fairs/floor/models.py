"""Tables of the floor: halls, the booths in them, and what booths of a category measure, cost and include."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core.database import one_of
from techfair.core.languages import pick
from techfair.extensions import Model, Money
from techfair.fairs.models import Fair

BOOTH_CATEGORIES = ("standard", "corner", "island", "outdoor")


class Hall(Model):
    """A hall or outdoor area with booths on a grid of ``columns`` by ``rows`` squares.

    ``features`` are what else is drawn there: see floor.schemas.Feature. ``plan_version`` rises with every
    change of the drawing or of a booth in it, so that of two who draw at once neither undoes the other.
    """

    __tablename__ = "hall"
    __table_args__ = (
        UniqueConstraint("fair_id", "code"),
        CheckConstraint("columns BETWEEN 1 AND 200 AND rows BETWEEN 1 AND 200", name="grid_size"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    fair: Mapped[Fair] = relationship(lazy="raise")
    code: Mapped[str]
    name_vi: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    columns: Mapped[int] = mapped_column(default=40)
    rows: Mapped[int] = mapped_column(default=20)
    features: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    plan_version: Mapped[int] = mapped_column(default=1)

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)


class BoothTerms(Model):
    """What booths of a category measure, cost and include at a fair; without a row nothing is said of them."""

    __tablename__ = "booth_terms"
    __table_args__ = (
        one_of("category", BOOTH_CATEGORIES),
        CheckConstraint("square_metres > 0", name="has_an_area"),
        CheckConstraint("price_vnd >= 0", name="price_is_not_negative"),
    )

    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), primary_key=True)
    category: Mapped[str] = mapped_column(primary_key=True)
    name_vi: Mapped[str] = mapped_column(default="", server_default="")  # where the organizer calls it otherwise
    name_en: Mapped[str] = mapped_column(default="", server_default="")
    width: Mapped[int] = mapped_column(default=2)  # squares of the plan that a new booth covers
    height: Mapped[int] = mapped_column(default=2)
    square_metres: Mapped[int] = mapped_column(default=9)
    price_vnd: Mapped[int | None] = mapped_column(Money)  # of one booth; None: nothing is said about it
    includes_vi: Mapped[str] = mapped_column(default="")
    includes_en: Mapped[str] = mapped_column(default="")

    @property
    def includes(self) -> str:
        return pick(self.includes_vi, self.includes_en)


class Booth(Model):
    """A place on a hall's plan; who has it stands in the exhibitors' room."""

    __tablename__ = "booth"
    __table_args__ = (
        UniqueConstraint("fair_id", "code"),
        one_of("category", BOOTH_CATEGORIES),
        CheckConstraint("width > 0 AND height > 0 AND x >= 0 AND y >= 0", name="lies_on_the_grid"),
        CheckConstraint("square_metres > 0", name="has_an_area"),
        Index("ix_booth_hall", "hall_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    fair: Mapped[Fair] = relationship(lazy="raise")
    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"))
    hall: Mapped[Hall] = relationship(lazy="raise")
    code: Mapped[str]
    x: Mapped[int] = mapped_column(default=0)
    y: Mapped[int] = mapped_column(default=0)
    width: Mapped[int] = mapped_column(default=2)
    height: Mapped[int] = mapped_column(default=2)
    category: Mapped[str] = mapped_column(default="standard")
    square_metres: Mapped[int] = mapped_column(default=9)
    is_blocked: Mapped[bool] = mapped_column(default=False)

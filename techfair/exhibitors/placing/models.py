"""Tables of what exhibitors wish for, and of those that are not to stand side by side."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from techfair.core import clock
from techfair.core.database import one_of
from techfair.extensions import Model
from techfair.fairs.floor.models import BOOTH_CATEGORIES


class BoothWish(Model):
    """What an exhibitor wants where no booth of the plan was chosen, or beside those that were."""

    __tablename__ = "booth_wish"
    __table_args__ = (
        one_of("category", BOOTH_CATEGORIES),
        CheckConstraint("square_metres > 0", name="has_an_area"),
    )

    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), primary_key=True)
    category: Mapped[str | None]
    square_metres: Mapped[int | None]  # at least
    hall_id: Mapped[int | None] = mapped_column(ForeignKey("hall.id", ondelete="SET NULL"))
    needs_power: Mapped[bool] = mapped_column(default=False)
    needs_water: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)


class KeptApart(Model):
    """Two exhibitors that the organizer does not want side by side; each pair once, the lower number first."""

    __tablename__ = "kept_apart"
    __table_args__ = (CheckConstraint("first_id < second_id", name="in_order"),)

    first_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), primary_key=True)

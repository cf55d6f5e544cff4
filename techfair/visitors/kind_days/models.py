"""The table of the days that kinds are let in."""

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from techfair.core.database import one_of
from techfair.extensions import Model
from techfair.visitors.models import KINDS


class KindDays(Model):
    """The days on which a kind is let in, counted from the fair's first, which is 1; a kind without a row is always.

    Counted, not dated, so that a fair that is put off takes them along.
    """

    __tablename__ = "kind_days"
    __table_args__ = (one_of("kind", KINDS), CheckConstraint("length(CAST(days AS TEXT)) > 2", name="some_day"))

    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    days: Mapped[list[int]] = mapped_column(JSON)

"""The tables of what is left out at a fair."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from techfair.core.database import one_of
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import Model

KINDS: dict[type, str] = {Technology: "technology", Need: "need"}


class RecordLeftOut(Model):
    """A published record that its company does not show at a fair. Most exhibitors show all: exceptions are few."""

    __tablename__ = "record_left_out"
    __table_args__ = (
        one_of("kind", tuple(KINDS.values())),
        Index("ix_record_left_out_record", "kind", "record_id"),
    )

    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class ExhibitorDisplay(Model):
    """What an exhibitor said of what it publishes later; without a row that is shown by itself."""

    __tablename__ = "exhibitor_display"

    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), primary_key=True)
    takes_new: Mapped[bool] = mapped_column(default=True)

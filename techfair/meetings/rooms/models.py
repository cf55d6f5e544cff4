"""Tables: rooms with tables for meetings, and when one is closed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.languages import pick
from techfair.extensions import Model
from techfair.fairs.models import Fair


class Room(Model):
    """Where tables stand. On the floor plan it lies in a hall, at a square of it, if its place is known."""

    __tablename__ = "meeting_room"
    __table_args__ = (
        UniqueConstraint("fair_id", "name_vi"),
        CheckConstraint("hall_id IS NULL OR (x >= 0 AND y >= 0)", name="in_a_hall_at_a_square"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    fair: Mapped[Fair] = relationship(lazy="raise")
    name_vi: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    hall_id: Mapped[int | None] = mapped_column(ForeignKey("hall.id", ondelete="SET NULL"), index=True)
    x: Mapped[int | None]  # its middle, in squares from the left
    y: Mapped[int | None]

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)


class RoomClosure(Model):
    """A time in which a room cannot be used: nothing new is planned there, a repair moves what stands there."""

    __tablename__ = "room_closure"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("meeting_room.id"), index=True)
    room: Mapped[Room] = relationship(lazy="raise")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]  # None: for good
    noted_at: Mapped[datetime] = mapped_column(default=clock.now)

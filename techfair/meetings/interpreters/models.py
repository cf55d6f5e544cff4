"""Tables: interpreters, their shifts, and the meetings they were given."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.extensions import Model
from techfair.fairs.models import Fair
from techfair.meetings.models import Meeting


class Interpreter(Model):
    """A person of the organizer who interprets between the two languages of each of ``pairs``, such as "ko-vi"."""

    __tablename__ = "interpreter"
    __table_args__ = (Index("ix_interpreter_fair", "fair_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    fair: Mapped[Fair] = relationship(lazy="raise")
    full_name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    pairs: Mapped[list[str]]
    is_active: Mapped[bool] = mapped_column(default=True)
    link_epoch: Mapped[int] = mapped_column(default=0)  # rises to end old links to the own page
    shifts: Mapped[list["Shift"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="Shift.starts_at", back_populates="interpreter"
    )


class Shift(Model):
    """A stretch of time in which an interpreter is there."""

    __tablename__ = "interpreter_shift"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        UniqueConstraint("interpreter_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    interpreter_id: Mapped[int] = mapped_column(ForeignKey("interpreter.id"))
    interpreter: Mapped[Interpreter] = relationship(back_populates="shifts", lazy="raise")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class MeetingInterpreter(Model):
    """Who interprets at a meeting; ``slot_id`` repeats the meeting's, so that the database itself refuses two
    meetings of one interpreter at the same time."""

    __tablename__ = "meeting_interpreter"
    __table_args__ = (UniqueConstraint("interpreter_id", "slot_id"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    meeting: Mapped[Meeting] = relationship(lazy="raise")
    interpreter_id: Mapped[int] = mapped_column(ForeignKey("interpreter.id"))
    interpreter: Mapped[Interpreter] = relationship(lazy="raise")
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id"), index=True)

"""Tables: people who stand in for whoever usually comes, when they can, who was chosen for one meeting, who is told."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.extensions import Model
from techfair.meetings.models import Participant

HAS_PHONE = text("phone <> ''")


class StandIn(Model):
    """Somebody who may come to a participant's meetings in place of whoever usually does."""

    __tablename__ = "stand_in"
    __table_args__ = (
        # Who came for two at once would sit at two meetings: a person is named by one participant of a fair.
        Index("uq_stand_in_phone", "fair_id", "phone", unique=True, sqlite_where=HAS_PHONE, postgresql_where=HAS_PHONE),
        Index("ix_stand_in_participant", "participant_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    participant: Mapped[Participant] = relationship(lazy="raise")
    full_name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")  # E.164
    email: Mapped[str] = mapped_column(default="", server_default="")  # empty: nobody writes to them
    language: Mapped[str] = mapped_column(default="vi", server_default="vi")  # of that mail
    times: Mapped[list["StandInTime"]] = relationship(lazy="raise", cascade="all, delete-orphan")


class StandInTime(Model):
    """A slot in which somebody can stand in."""

    __tablename__ = "stand_in_time"

    stand_in_id: Mapped[int] = mapped_column(ForeignKey("stand_in.id"), primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id"), primary_key=True, index=True)


class ComesInstead(Model):
    """Whom a participant chose for one meeting; at a time at which they cannot, it counts for nothing."""

    __tablename__ = "comes_instead"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    stand_in_id: Mapped[int] = mapped_column(ForeignKey("stand_in.id"), index=True)


class StandInTold(Model):
    """That a meeting stands in a person's calendar at this time, by the mail they got."""

    __tablename__ = "stand_in_told"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    stand_in_id: Mapped[int] = mapped_column(ForeignKey("stand_in.id"), primary_key=True, index=True)
    stand_in: Mapped[StandIn] = relationship(lazy="raise")
    starts_at: Mapped[datetime]

"""The table of wishes for another time."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.extensions import Model
from techfair.meetings.models import Meeting, Participant, Slot

STATES = ("open", "accepted", "declined")


class SwapWish(Model):
    """What one side says of the time that the draft gives a meeting; said again, it takes the place of the former."""

    __tablename__ = "swap_wish"
    __table_args__ = (
        one_of("state", STATES),
        CheckConstraint("state <> 'declined' OR answer <> ''", name="decline_has_a_reason"),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    meeting: Mapped[Meeting] = relationship(lazy="raise")
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True, index=True)
    participant: Mapped[Participant] = relationship(lazy="raise")
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slot.id", ondelete="SET NULL"), index=True)  # better
    slot: Mapped[Slot | None] = relationship(lazy="raise")
    note: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")
    answer: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime] = mapped_column(default=clock.now)

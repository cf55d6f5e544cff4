"""The table of what each side says of a meeting."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.extensions import Model
from techfair.meetings.models import Meeting, Participant

INTERESTS = ("none", "some", "strong")
NEXT_STEPS = ("none", "call", "visit", "trial", "quote", "memorandum", "contract")
VALUES = ("unknown", "below_1", "1_to_10", "10_to_100", "above_100")  # in thousand million đồng


class MeetingResult(Model):
    """What one side says; said again, it takes the place of the former."""

    __tablename__ = "meeting_result"
    __table_args__ = (
        one_of("interest", INTERESTS),
        one_of("next_step", NEXT_STEPS),
        one_of("value", VALUES),
        CheckConstraint("met OR interest = 'none'", name="interest_needs_a_meeting"),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    meeting: Mapped[Meeting] = relationship(lazy="raise")
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True, index=True)
    participant: Mapped[Participant] = relationship(lazy="raise")
    met: Mapped[bool]
    interest: Mapped[str] = mapped_column(default="none")
    next_step: Mapped[str] = mapped_column(default="none")
    value: Mapped[str] = mapped_column(default="unknown")
    follow_up_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    said_at: Mapped[datetime] = mapped_column(default=clock.now)

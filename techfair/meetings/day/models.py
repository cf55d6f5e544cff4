"""The table of who came to a meeting."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from techfair.core import clock
from techfair.extensions import Model


class MeetingArrival(Model):
    """A side that came to its meeting, by badge or by the steward's word; once, however often a badge is read."""

    __tablename__ = "meeting_arrival"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True, index=True)
    arrived_at: Mapped[datetime] = mapped_column(default=clock.now)

"""Tables: the most meetings of a participant, and meetings that must come before others."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from techfair.core import clock
from techfair.extensions import Model


class MeetingLimit(Model):
    """How many meetings a participant has at most at the fair; of two numbers the lower counts."""

    __tablename__ = "meeting_limit"
    __table_args__ = (
        CheckConstraint("allowed > 0", name="allows_one"),
        CheckConstraint("wished > 0", name="wishes_one"),
    )

    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    allowed: Mapped[int | None]  # by the organizer; None: as many as there are
    wished: Mapped[int | None]  # by themselves

    @property
    def most(self) -> int | None:
        return min((one for one in (self.allowed, self.wished) if one is not None), default=None)


class MeetingOrder(Model):
    """A meeting that comes before another, where both are held."""

    __tablename__ = "meeting_order"
    __table_args__ = (CheckConstraint("earlier_id <> later_id", name="not_before_itself"),)

    earlier_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    later_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True, index=True)
    set_at: Mapped[datetime] = mapped_column(default=clock.now)

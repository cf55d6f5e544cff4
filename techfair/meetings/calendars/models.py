"""Tables: the secret address of a participant's calendar, and who was reminded of what."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.extensions import Model
from techfair.meetings.models import Participant


class CalendarFeed(Model):
    """The address under which a participant's calendar is read without signing in; a new one ends the old."""

    __tablename__ = "calendar_feed"

    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    participant: Mapped[Participant] = relationship(lazy="raise")
    secret: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


class MeetingReminder(Model):
    """That the people of a meeting were reminded of this time; of a new time they are reminded again."""

    __tablename__ = "meeting_reminder"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    reminded_at: Mapped[datetime] = mapped_column(default=clock.now)

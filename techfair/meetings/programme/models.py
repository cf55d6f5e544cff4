"""Tables: the rules of a fair's programme, what participants say of themselves, and whom they do not wish to meet."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.extensions import Model
from techfair.meetings.models import Participant

KINDS = ("exhibitor", "investor", "delegate", "visitor")
GOALS = ("weight", "alone", "gaps", "wishes", "times", "walks", "changes")  # of a timetable, by the scheduler's names
EXPIRES_AFTER, REMINDS_BEFORE = 7, 2  # days, where the organizer set nothing


class MeetingRules(Model):
    """What the organizer of a fair laid down; a fair without a row has the defaults."""

    __tablename__ = "meeting_rules"
    __table_args__ = (
        CheckConstraint("closes_on IS NULL OR opens_on IS NULL OR closes_on >= opens_on", name="closes_after_open"),
        CheckConstraint("quota > 0", name="allows_a_request"),
        CheckConstraint("expires_after > 0 AND reminds_before BETWEEN 0 AND expires_after - 1", name="reminds_in_time"),
    )

    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), primary_key=True)
    opens_on: Mapped[date | None]  # of requests, by the fair's days; None: with the fair's publication
    closes_on: Mapped[date | None]  # the last day of requests; None: to the end of the fair
    quota: Mapped[int | None]  # of requests that one participant may send; None: no limit
    expires_after: Mapped[int] = mapped_column(default=EXPIRES_AFTER)
    reminds_before: Mapped[int] = mapped_column(default=REMINDS_BEFORE)
    apart: Mapped[list[str]] = mapped_column(default=list)  # pairs of kinds that do not meet, see rules.pair_of_kinds
    at_booths: Mapped[bool] = mapped_column(default=False)  # an exhibitor meets at its own booth
    goals: Mapped[list[str]] = mapped_column(default=lambda: list(GOALS))  # in the order in which they count
    version: Mapped[int] = mapped_column(default=1)


class MeetingProfile(Model):
    """What a participant who joined says of itself; kept, but with ``left_at``, once it has left."""

    __tablename__ = "meeting_profile"
    __table_args__ = (one_of("kind", KINDS),)

    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    participant: Mapped[Participant] = relationship(lazy="raise")
    kind: Mapped[str]
    offers: Mapped[str] = mapped_column(default="")
    seeks: Mapped[str] = mapped_column(default="")
    offer_sectors: Mapped[list[str]] = mapped_column(default=list)
    seek_sectors: Mapped[list[str]] = mapped_column(default=list)
    joined_at: Mapped[datetime] = mapped_column(default=clock.now)
    left_at: Mapped[datetime | None]


class NotInterested(Model):
    """Whom a participant does not wish to meet: final, and never told."""

    __tablename__ = "not_interested"

    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True, index=True)

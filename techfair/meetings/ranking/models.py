"""Table: the meetings that matter most to a participant."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from techfair.extensions import Model

MOST = 3


class RankedMeeting(Model):
    """One of the three meetings that a participant would miss least gladly; ``rank`` 1 is the first."""

    __tablename__ = "ranked_meeting"
    __table_args__ = (
        CheckConstraint(f"rank BETWEEN 1 AND {MOST}", name="one_of_three"),  # who ranks all ranks nothing
        UniqueConstraint("participant_id", "meeting_id"),
    )

    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)

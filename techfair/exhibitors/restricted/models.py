"""The table of what organizers decided about technologies that the list warns of."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from techfair.core import clock
from techfair.core.database import one_of
from techfair.extensions import Model

DECISIONS = ("not_concerned", "conditions", "not_transferred")


class RestrictionDecision(Model):
    """What a fair's organizer found about a technology and a group of the list, at a version of its text."""

    __tablename__ = "restriction_decision"
    __table_args__ = (UniqueConstraint("fair_id", "technology_id", "group"), one_of("decision", DECISIONS))

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    technology_id: Mapped[int] = mapped_column(ForeignKey("technology.id"), index=True)
    group: Mapped[str]  # its key in the list
    decision: Mapped[str]
    note: Mapped[str]
    version: Mapped[int]  # of the technology as it was read
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_by: Mapped[str]  # their name, as it stands on the page

"""Tables of what is counted ahead."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from techfair.core.database import one_of
from techfair.extensions import Model

DIMENSIONS = ("all", "quarter", "gate", "kind", "province", "country")


class ScanTally(Model):
    """What the scans up to the mark add to a sum; a sum may stand in several rows, some of them negative.

    ``key`` says which one of the dimension: minutes since UTC midnight, a gate's id, a kind, a code; "" for none.
    """

    __tablename__ = "scan_tally"
    __table_args__ = (one_of("dimension", DIMENSIONS), Index("ix_scan_tally_fair", "fair_id", "day"))

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    day: Mapped[date | None]  # none: the whole fair, in which a person of several days is one
    dimension: Mapped[str]
    key: Mapped[str]
    entries: Mapped[int]
    people: Mapped[int]
    inside: Mapped[int]
    gone: Mapped[int]


class TallyMark(Model):
    """Up to when a fair's scans are in its tally; locked by whoever changes what was counted."""

    __tablename__ = "tally_mark"

    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), primary_key=True)
    folded_until: Mapped[datetime | None]  # of ``Scan.received_at``; none: nothing is counted ahead
    version: Mapped[int] = mapped_column(default=0)  # rises with every change

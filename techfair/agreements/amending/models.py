"""Tables: which document amends or terminates which, and which milestone goes on from an earlier one."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core.database import one_of
from techfair.extensions import Model

if TYPE_CHECKING:
    from techfair.agreements.models import Agreement

DEEDS = ("amendment", "termination")


class AgreementChange(Model):
    """An agreement that amends or terminates an earlier one once all have signed it.

    It counts as no deal of its own.
    """

    __tablename__ = "agreement_change"
    __table_args__ = (one_of("deed", DEEDS), CheckConstraint("agreement_id <> first_id", name="changes_another"))

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    first: Mapped["Agreement"] = relationship(foreign_keys=[first_id], lazy="raise")
    deed: Mapped[str]


class MilestoneOrigin(Model):
    """The first milestone of those that an amended one goes on from: what was accepted of any of them counts for it."""

    __tablename__ = "milestone_origin"

    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"), primary_key=True)
    origin_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"), index=True)

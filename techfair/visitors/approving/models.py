"""The table of kinds that want approval."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from techfair.core.database import one_of
from techfair.extensions import Model

CLAIMED = ("delegate", "press")  # what people who register themselves may say to be, and more than visitors


class KindApproval(Model):
    """A kind of which the organizer looks at each registration first; a kind without a row is confirmed at once."""

    __tablename__ = "kind_approval"
    __table_args__ = (one_of("kind", CLAIMED),)

    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)

"""Tables: the times that participants would rather have; those they cannot are Unavailability."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from techfair.extensions import Model


class PreferredTime(Model):
    """A slot in which a participant would rather meet than in others; without any, each is as good."""

    __tablename__ = "preferred_time"

    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id"), primary_key=True, index=True)

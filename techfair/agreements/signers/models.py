"""Whom an agreement asks beside the representatives of its parties, and in which order; set while its text is open."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from techfair.core.database import one_of
from techfair.extensions import Model

ROLES = ("signer", "approver", "witness", "copy")
WITH_A_FIELD = {"signer", "witness"}  # an approver says yes by code, on record; a copy goes out when all is done
LAST_RANK = 9


class PlannedSigner(Model):
    """One person of a party, to be asked in a role; people of one rank are asked at once, ranks one after another."""

    __tablename__ = "planned_signer"
    __table_args__ = (
        UniqueConstraint("agreement_id", "email"),
        one_of("role", ROLES),
        CheckConstraint(f"rank BETWEEN 1 AND {LAST_RANK}", name="rank_is_small"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id", ondelete="CASCADE"), index=True)
    role: Mapped[str]
    rank: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]
    email: Mapped[str]  # without capital letters

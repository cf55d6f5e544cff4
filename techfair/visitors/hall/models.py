"""Tables of the central server's hall servers, and of a hall server's one link."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.extensions import Model
from techfair.fairs.models import Fair

MOST = 15  # hall servers of a fair: the number of a key fits four bits of a badge's token


class HallServer(Model):
    """A hall server as the central server knows it: by the digest of its token, after it joined by a code.

    ``number`` is also that of the key with which it signs badges, and chooses its range of badge numbers.
    """

    __tablename__ = "hall_server"
    __table_args__ = (
        UniqueConstraint("fair_id", "number"),
        CheckConstraint(f"number BETWEEN 1 AND {MOST}", name="number_of_a_key"),
        CheckConstraint("waiting >= 0", name="waiting_is_a_count"),
        CheckConstraint("(join_digest IS NULL) = (join_until IS NULL)", name="joins_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    fair: Mapped[Fair] = relationship(lazy="raise")
    number: Mapped[int]
    name: Mapped[str]
    token_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    join_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    join_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_contact_at: Mapped[datetime | None]
    waiting: Mapped[int] = mapped_column(default=0)  # rows that it had still to send when it last spoke
    revoked_at: Mapped[datetime | None]

    @property
    def may_join(self) -> bool:
        return self.revoked_at is None and self.join_until is not None and self.join_until > clock.now()


class HallLink(Model):
    """On the hall server: whom it exchanges with, and how far both have come. There is one row at most."""

    __tablename__ = "hall_link"
    __table_args__ = (CheckConstraint("id = 1", name="one_central_server"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    fair: Mapped[Fair] = relationship(lazy="raise")
    central: Mapped[str]  # the address at which it answers
    badge_address: Mapped[str]  # the address that stands in badges
    number: Mapped[int]
    sealed_token: Mapped[bytes] = mapped_column(LargeBinary)
    plan_digest: Mapped[str] = mapped_column(default="")
    people_taken: Mapped[str] = mapped_column(default="")  # cursors, each "time id" of the last row
    scans_taken: Mapped[str] = mapped_column(default="")
    people_sent: Mapped[str] = mapped_column(default="")
    scans_sent: Mapped[str] = mapped_column(default="")
    counts_sent: Mapped[str] = mapped_column(default="")
    tried_at: Mapped[datetime | None]
    exchanged_at: Mapped[datetime | None]
    trouble: Mapped[str] = mapped_column(default="")  # why the last try failed; see exchanging.TROUBLES

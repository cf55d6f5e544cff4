"""Tables: quotas of a fair, the staff that exhibitors named, their invitation codes and who used them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.extensions import Model
from techfair.fairs.floor.models import BOOTH_CATEGORIES
from techfair.visitors.models import Registration

EVERY = ""  # the quota that each exhibitor has at least, whatever its booths


class BoothPeopleQuota(Model):
    """How many staff and guests a booth of a kind brings, or (``EVERY``) each exhibitor at least."""

    __tablename__ = "booth_people_quota"
    __table_args__ = (
        one_of("category", (EVERY, *BOOTH_CATEGORIES)),
        CheckConstraint("staff >= 0 AND guests >= 0", name="not_negative"),
    )

    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), primary_key=True)
    category: Mapped[str] = mapped_column(primary_key=True)
    staff: Mapped[int]
    guests: Mapped[int]


class StaffBadge(Model):
    """One of an exhibitor's staff. Each takes a place of the quota: of two named at once for the last, one is."""

    __tablename__ = "staff_badge"
    __table_args__ = (UniqueConstraint("exhibitor_id", "place"), CheckConstraint("place > 0", name="counts_from_one"))

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    registration: Mapped[Registration] = relationship(lazy="raise")
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"))
    place: Mapped[int]
    named_at: Mapped[datetime] = mapped_column(default=clock.now)


class GuestCode(Model):
    """A code by which so many guests of an exhibitor register, also when the public form is closed."""

    __tablename__ = "guest_code"
    __table_args__ = (CheckConstraint("places > 0", name="is_for_somebody"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]  # for the exhibitor alone
    places: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]
    uses: Mapped[list["GuestUse"]] = relationship(lazy="raise", order_by="GuestUse.place")

    @property
    def held(self) -> int:
        """How many of the quota it takes: all its places while it stands, then those that were used."""
        return len(self.uses) if self.ended_at else self.places


class GuestUse(Model):
    """That a guest came by a code. Each takes a place: of two at once for the last, one does."""

    __tablename__ = "guest_use"
    __table_args__ = (UniqueConstraint("code_id", "place"), CheckConstraint("place > 0", name="counts_from_one"))

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    registration: Mapped[Registration] = relationship(lazy="raise")
    code_id: Mapped[int] = mapped_column(ForeignKey("guest_code.id"))
    place: Mapped[int]
    used_at: Mapped[datetime] = mapped_column(default=clock.now)

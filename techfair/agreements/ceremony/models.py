"""Tables: ceremonies, what is signed in which order by whom, and copies signed by hand with their scans."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.core.languages import pick
from techfair.extensions import Model

if TYPE_CHECKING:
    from techfair.agreements.models import Agreement

PARTS = ("signer", "witness", "guest")
ON_STAGE = text("is_on_stage")


class Ceremony(Model):
    """A signing before an audience."""

    __tablename__ = "ceremony"
    __table_args__ = (Index("ix_ceremony_fair", "fair_id", "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    title_vi: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    place_vi: Mapped[str] = mapped_column(default="")
    place_en: Mapped[str] = mapped_column(default="", server_default="")
    starts_at: Mapped[datetime]

    @property
    def title(self) -> str:
        return pick(self.title_vi, self.title_en)

    @property
    def place(self) -> str:
        return pick(self.place_vi, self.place_en)


class CeremonyItem(Model):
    """One signing on the stage, in its place of the run of show."""

    __tablename__ = "ceremony_item"
    __table_args__ = (
        UniqueConstraint("ceremony_id", "agreement_id"),
        UniqueConstraint("ceremony_id", "position"),  # two who reorder at once leave an order, not a heap
        CheckConstraint("minutes BETWEEN 1 AND 60", name="takes_minutes"),
        # Only one pair stands on the stage, whoever calls the next one at the same second.
        Index(
            "uq_ceremony_item_on_stage", "ceremony_id", unique=True, sqlite_where=ON_STAGE, postgresql_where=ON_STAGE
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ceremony_id: Mapped[int] = mapped_column(ForeignKey("ceremony.id"))
    ceremony: Mapped[Ceremony] = relationship(lazy="raise")
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    agreement: Mapped["Agreement"] = relationship(lazy="raise")
    position: Mapped[int]
    minutes: Mapped[int] = mapped_column(default=3)
    note: Mapped[str] = mapped_column(default="")
    is_on_stage: Mapped[bool] = mapped_column(default=False)
    people: Mapped[list["CeremonyPerson"]] = relationship(
        order_by="CeremonyPerson.place", lazy="raise", cascade="all, delete-orphan"
    )


class CeremonyPerson(Model):
    """Who stands or sits on the stage for one signing."""

    __tablename__ = "ceremony_person"
    __table_args__ = (one_of("part", PARTS),)

    item_id: Mapped[int] = mapped_column(ForeignKey("ceremony_item.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    part: Mapped[str] = mapped_column(default="signer")
    seat: Mapped[str] = mapped_column(default="")


class PaperCopy(Model):
    """A printed copy that all parties signed by hand, instead of electronic signatures.

    ``digest`` binds its scans in their order to the settled text, see ``paper.digest_of``.
    """

    __tablename__ = "paper_copy"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    signed_on: Mapped[date]
    digest: Mapped[str]
    bound_at: Mapped[datetime] = mapped_column(default=clock.now)
    bound_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    pages: Mapped[list["PaperPage"]] = relationship(order_by="PaperPage.place", lazy="selectin")


class PaperPage(Model):
    """A scan or photograph of such a copy, kept as it was sent."""

    __tablename__ = "paper_page"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("paper_copy.agreement_id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]

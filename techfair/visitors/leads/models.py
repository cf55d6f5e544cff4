"""Tables of leads, of what was noted about them, and of what visitors keep."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import Model
from techfair.visitors.models import Registration

OPEN_SHARE = text("withdrawn_at IS NULL")


class Lead(Model):
    """A person whom an exhibitor met, one row however often and by whom they were scanned."""

    __tablename__ = "lead"
    __table_args__ = (UniqueConstraint("exhibitor_id", "registration_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"))
    exhibitor: Mapped[Exhibitor] = relationship(lazy="raise")
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    registration: Mapped[Registration] = relationship(lazy="raise")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    notes: Mapped[list["LeadNote"]] = relationship(
        lazy="raise", back_populates="lead", order_by="LeadNote.noted_at", cascade="all, delete-orphan"
    )

    @property
    def rating(self) -> int | None:
        """The last one given."""
        return next((note.rating for note in reversed(self.notes) if note.rating), None)

    @property
    def tags(self) -> list[str]:
        """All that were ever given, each once, in the order of their giving."""
        return list(dict.fromkeys(tag for note in self.notes for tag in note.tags))


class LeadNote(Model):
    """One meeting at the booth as one of the exhibitor's people noted it; a second one stands beside it."""

    __tablename__ = "lead_note"
    __table_args__ = (
        one_of("way", ("scanned", "asked")),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_is_of_five"),
        Index("ix_lead_note_lead", "lead_id", "noted_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)  # made by the device, so sending twice is harmless
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"))
    lead: Mapped[Lead] = relationship(lazy="raise", back_populates="notes")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # none: the visitor asked
    way: Mapped[str] = mapped_column(default="scanned")
    noted_at: Mapped[datetime]  # when the badge was read, corrected by the device's offset
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    rating: Mapped[int | None]
    tags: Mapped[list[str]] = mapped_column(default=list)
    text: Mapped[str] = mapped_column(default="")
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)  # by the question as it was asked


class LeadQuestion(Model):
    """What an exhibitor wants to know of everyone at its booth."""

    __tablename__ = "lead_question"
    __table_args__ = (UniqueConstraint("exhibitor_id", "text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"))
    text: Mapped[str]


class ContactShare(Model):
    """A visitor's word to one exhibitor: it may read their contact, from when and until when.

    It outweighs what they agreed to for all exhibitors; one that ended refuses.
    """

    __tablename__ = "contact_share"
    __table_args__ = (
        CheckConstraint("withdrawn_at >= given_at", name="withdrawn_after_given"),
        Index(
            "uq_contact_share_open",
            "registration_id",
            "exhibitor_id",
            unique=True,
            sqlite_where=OPEN_SHARE,
            postgresql_where=OPEN_SHARE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"))
    exhibitor: Mapped[Exhibitor] = relationship(lazy="raise")
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]


class VisitorTap(Model):
    """That a tap kept on a phone has arrived: sent twice it is done once, also after it was taken back."""

    __tablename__ = "visitor_tap"

    id: Mapped[UUID] = mapped_column(primary_key=True)  # made by the phone
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    received_at: Mapped[datetime]


class KeptExhibitor(Model):
    """An exhibitor on a visitor's own list."""

    __tablename__ = "kept_exhibitor"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), primary_key=True)
    exhibitor: Mapped[Exhibitor] = relationship(lazy="raise")
    kept_at: Mapped[datetime] = mapped_column(default=clock.now)

"""Tables of what is kept back of technologies, of requests for it, promises of confidentiality, and each showing."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.core.states import Stateful, steps
from techfair.exhibitors.record_models import Technology
from techfair.extensions import Model
from techfair.fairs.models import Fair

LEVELS = ("request", "nda")  # from the more open to the more closed; what has none is public
OPEN = text("state IN ('asked', 'granted')")


class KeptBack(Model):
    """The parts of a technology that are not public, and what they say.

    While a part is kept back its columns in ``technology`` are empty, so that no page, feed, index or file that
    reads technologies can show it; only ``parts.whole`` puts the two together.
    """

    __tablename__ = "technology_kept_back"

    technology_id: Mapped[int] = mapped_column(ForeignKey("technology.id"), primary_key=True)
    levels: Mapped[dict[str, Any]] = mapped_column(default=dict)  # a part to its level
    kept: Mapped[dict[str, Any]] = mapped_column(default=dict)  # a column to its value


class DisclosureRequest(Stateful, Model):
    """Somebody's wish to see what a technology keeps back. ``asker`` names them across rooms: "user:7"."""

    STEPS = steps(asked="granted declined withdrawn", granted="revoked withdrawn")

    __tablename__ = "disclosure_request"
    __table_args__ = (
        one_of("state", ("asked", "granted", "declined", "withdrawn", "revoked")),
        one_of("level", LEVELS),
        # A form sent twice asks once.
        Index(
            "uq_disclosure_request_open",
            "technology_id",
            "asker",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index("ix_disclosure_request_asker", "asker"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    technology_id: Mapped[int] = mapped_column(ForeignKey("technology.id"))
    technology: Mapped[Technology] = relationship(lazy="raise")
    fair_id: Mapped[int | None] = mapped_column(ForeignKey("fair.id"))  # where a visitor is registered
    fair: Mapped[Fair | None] = relationship(lazy="raise")
    asker: Mapped[str]
    name: Mapped[str]
    organisation: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str]
    state: Mapped[str] = mapped_column(default="asked")
    level: Mapped[str | None]  # up to which level it was granted
    reason: Mapped[str] = mapped_column(default="")  # of declining or revoking, told to who asked
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class Undertaking(Model):
    """A promise of confidentiality, signed by typing one's name below the text: written once, never changed."""

    __tablename__ = "disclosure_undertaking"
    __table_args__ = (UniqueConstraint("request_id"),)  # signed once

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("disclosure_request.id"))
    version: Mapped[str]  # of the wording
    digest: Mapped[str]  # SHA-256 of the text as it was read
    text: Mapped[str]
    signed_name: Mapped[str]
    signed_at: Mapped[datetime] = mapped_column(default=clock.now)
    address: Mapped[str] = mapped_column(default="")  # from which it came


class Showing(Model):
    """One time that what is kept back was shown, for the company to read."""

    __tablename__ = "disclosure_showing"
    __table_args__ = (Index("ix_disclosure_showing_request_id", "request_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("disclosure_request.id"))
    document: Mapped[str] = mapped_column(default="")  # its title; empty for the parts themselves
    shown_at: Mapped[datetime] = mapped_column(default=clock.now)
    address: Mapped[str] = mapped_column(default="")

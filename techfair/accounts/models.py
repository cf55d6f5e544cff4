"""Tables of people who sign in, and of what they may do where."""

from datetime import datetime
from typing import Any

from flask_login import UserMixin
from sqlalchemy import ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.core.vietnamese import search_key
from techfair.extensions import Model
from techfair.fairs.models import Fair, OrganizingUnit

# What an organizer's staff may be granted; "report" and "read" only look.
GRANTS = ("exhibitors", "visitors", "gates", "meetings", "agreements", "report", "read")


def _searched(context: Any) -> str:
    values = context.get_current_parameters()
    return search_key(f"{values['full_name']} {values['email']}")


class User(UserMixin, Model):
    """A person who signs in. ``session_epoch`` rises to sign out everywhere: older sessions no longer count."""

    __tablename__ = "user_account"
    __table_args__ = (one_of("language", ("vi", "en")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]  # as typed
    email_key: Mapped[str] = mapped_column(unique=True)  # as compared
    full_name: Mapped[str]
    phone: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="vi")
    password_hash: Mapped[str | None]  # none until the first password is set by a mailed link
    session_epoch: Mapped[int] = mapped_column(default=0)
    is_administrator: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_sign_in_at: Mapped[datetime | None]
    search_text: Mapped[str] = mapped_column(default=_searched)  # name and address, folded

    unit_roles: Mapped[list["UnitRole"]] = relationship(back_populates="user")
    fair_roles: Mapped[list["FairRole"]] = relationship(back_populates="user")

    @property
    def name(self) -> str:
        return self.full_name

    def get_id(self) -> str:
        return f"{self.id}.{self.session_epoch}"


@event.listens_for(User, "before_update")
def _keep_search_text(mapper: Any, connection: Any, user: User) -> None:
    user.search_text = search_key(f"{user.full_name} {user.email}")


class UnitRole(Model):
    """Organizer administrator or staff of one unit and the units below it."""

    __tablename__ = "unit_role"
    __table_args__ = (UniqueConstraint("user_id", "unit_id"), one_of("role", ("admin", "staff")))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    user: Mapped[User] = relationship(back_populates="unit_roles")
    unit_id: Mapped[int] = mapped_column(ForeignKey("organizing_unit.id"), index=True)
    unit: Mapped[OrganizingUnit] = relationship(lazy="joined", innerjoin=True)
    role: Mapped[str]
    grants: Mapped[list[str]] = mapped_column(default=list)  # of staff; an admin has all


class FairRole(Model):
    """Gate steward of one fair, at all its gates or at the ones named."""

    __tablename__ = "fair_role"
    __table_args__ = (UniqueConstraint("user_id", "fair_id", "role"), one_of("role", ("steward",)))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    user: Mapped[User] = relationship(back_populates="fair_roles")
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    fair: Mapped[Fair] = relationship(lazy="joined", innerjoin=True)
    role: Mapped[str] = mapped_column(default="steward")
    gate_codes: Mapped[list[str]] = mapped_column(default=list)  # empty: all gates of the fair


class Try(Model):
    """A try at something that must not be guessed: a password, a code. Old rows are swept by a job."""

    __tablename__ = "try"
    __table_args__ = (Index("ix_try_counted", "purpose", "subject", "at"), Index("ix_try_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    subject: Mapped[str]  # an account's key, or a network address
    at: Mapped[datetime] = mapped_column(default=clock.now)


class SpentLink(Model):
    """A link that worked once and never will again; kept until it would have expired by itself."""

    __tablename__ = "spent_link"

    digest: Mapped[str] = mapped_column(primary_key=True)  # SHA-256 of the token: two clicks at once, one wins
    expires_at: Mapped[datetime] = mapped_column(index=True)

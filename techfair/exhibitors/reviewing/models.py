"""Tables: who reviews an application, and what organizers note about it among themselves."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.accounts.models import User
from techfair.core import clock
from techfair.extensions import Model


class ApplicationReviewer(Model):
    """The one person who sees to an application: with two, each would wait for the other."""

    __tablename__ = "application_reviewer"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    user: Mapped[User] = relationship(lazy="raise")
    assigned_at: Mapped[datetime] = mapped_column(default=clock.now)


class ApplicationNote(Model):
    """A word among organizers about an application. Nothing that the applicant sees or takes along reads this table."""

    __tablename__ = "application_note"
    __table_args__ = (CheckConstraint("text <> ''", name="says_something"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    author: Mapped[User] = relationship(lazy="raise")
    text: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)

"""The table of who has a seat at an activity, and who waits for one."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.core.states import Stateful, steps
from techfair.extensions import Model
from techfair.fairs.models import Activity
from techfair.visitors.models import Registration

WAITS = text("state = 'waiting'")


class SignUp(Stateful, Model):
    """A person's place at an activity. Seats are numbered, so the database itself refuses two on one."""

    STEPS = steps(waiting="seated left", seated="left", left="waiting")

    __tablename__ = "sign_up"
    __table_args__ = (
        one_of("state", ("seated", "waiting", "left")),
        CheckConstraint("(state = 'seated') = (seat IS NOT NULL)", name="seated_has_a_seat"),
        UniqueConstraint("activity_id", "registration_id"),
        UniqueConstraint("activity_id", "seat"),
        Index("ix_sign_up_waiting", "activity_id", "turn", sqlite_where=WAITS, postgresql_where=WAITS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    activity: Mapped[Activity] = relationship(lazy="raise")
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    registration: Mapped[Registration] = relationship(lazy="raise")
    state: Mapped[str] = mapped_column(default="waiting")
    seat: Mapped[int | None]
    turn: Mapped[int]  # in the order of asking; who left and asks again stands last
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now, index=True)

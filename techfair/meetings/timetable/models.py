"""Tables of the timetable: runs of the scheduler, drafts, and what each publication changed.

What is in force stands in the meetings themselves (``Meeting.slot_id``); a draft touches none of them.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.accounts.models import User
from techfair.core import clock
from techfair.core.database import one_of
from techfair.extensions import Model
from techfair.fairs.models import Fair

OPEN = text("state = 'open'")
WAYS = ("anew", "rest", "repair")
CHANGES = ("added", "moved", "dropped")


class Figured:
    """What a schedule is judged by, and what is proven about it.

    ``reached`` has for each goal that counted, in their order, its name by the scheduler, the value, and the
    bound that no schedule betters that is as good in the goals before; None where none is proven.
    """

    placed: Mapped[int] = mapped_column(default=0)
    meetings: Mapped[int] = mapped_column(default=0)
    reached: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    seconds: Mapped[float] = mapped_column(default=0.0)


class SchedulingRun(Figured, Model):
    """How far a job of the scheduler is, told anew every second."""

    __tablename__ = "scheduling_run"
    __table_args__ = (one_of("way", WAYS),)

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), primary_key=True)
    way: Mapped[str]


class TimetableDraft(Figured, Model):
    """A proposed timetable: open until it is published, which gives it a number, or thrown away."""

    __tablename__ = "timetable_draft"
    __table_args__ = (
        one_of("state", ("open", "published", "discarded")),
        one_of("way", (*WAYS, "hand")),
        one_of("status", ("optimal", "feasible", "by_hand")),
        CheckConstraint("(state = 'published') = (version IS NOT NULL)", name="published_has_a_version"),
        # Of two who publish at once, the second finds the number taken.
        UniqueConstraint("fair_id", "version"),
        # One draft to look at: of two runs that end at once, one is kept.
        Index("uq_timetable_draft_open", "fair_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    fair: Mapped[Fair] = relationship(lazy="raise")
    state: Mapped[str] = mapped_column(default="open")
    way: Mapped[str]
    status: Mapped[str]
    edition: Mapped[int] = mapped_column(default=1)  # raised by each change by hand: what was looked at is published
    version: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    made_by: Mapped[User | None] = relationship(foreign_keys=[made_by_id], lazy="raise")
    shown_at: Mapped[datetime | None]  # since when its people may look at it and wish for other times
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id], lazy="raise")


class PlannedMeeting(Model):
    """Where an open draft has a meeting, or why nowhere."""

    __tablename__ = "planned_meeting"
    __table_args__ = (
        CheckConstraint("(slot_id IS NULL) = (table_id IS NULL AND booth_id IS NULL)", name="time_and_place_together"),
        CheckConstraint("table_id IS NULL OR booth_id IS NULL", name="one_place"),
        CheckConstraint("interpreter_id IS NULL OR slot_id IS NOT NULL", name="interpreter_needs_a_time"),
        # Two organizers who move two meetings to one table and time: the database refuses the second.
        UniqueConstraint("draft_id", "slot_id", "table_id"),
        UniqueConstraint("draft_id", "slot_id", "interpreter_id"),
    )

    draft_id: Mapped[int] = mapped_column(ForeignKey("timetable_draft.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True, index=True)
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slot.id"), index=True)
    table_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_table.id"), index=True)
    booth_id: Mapped[int | None] = mapped_column(ForeignKey("booth.id"), index=True)
    interpreter_id: Mapped[int | None] = mapped_column(ForeignKey("interpreter.id"), index=True)
    is_by_hand: Mapped[bool] = mapped_column(default=False)  # the next run leaves it where the hand put it
    reason_vi: Mapped[str] = mapped_column(default="")
    reason_en: Mapped[str] = mapped_column(default="")


class PlannedParty(Model):
    """Who meets when in an open draft, so that the database refuses one person twice at once."""

    __tablename__ = "planned_party"
    __table_args__ = (UniqueConstraint("draft_id", "participant_id", "slot_id"),)

    draft_id: Mapped[int] = mapped_column(ForeignKey("timetable_draft.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True, index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True, index=True)
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slot.id"), index=True)


class PublishedChange(Model):
    """What a publication did to one meeting, as plain values that outlive slots and tables; told once."""

    __tablename__ = "published_change"
    __table_args__ = (
        one_of("kind", CHANGES),
        CheckConstraint("(kind = 'added') = (old_starts_at IS NULL)", name="added_had_no_time"),
        Index("ix_published_change_waiting", "draft_id", "told_at"),
    )

    draft_id: Mapped[int] = mapped_column(ForeignKey("timetable_draft.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True, index=True)
    kind: Mapped[str]
    sequence: Mapped[int]  # of the meeting's calendar entry: a later change makes this one old
    old_starts_at: Mapped[datetime | None]
    old_place: Mapped[str] = mapped_column(default="")  # the code of a table or booth
    told_at: Mapped[datetime | None]


class ClosedTable(Model):
    """A table that cannot be used any more: nothing new is planned there, a repair moves what stands there."""

    __tablename__ = "closed_table"

    table_id: Mapped[int] = mapped_column(ForeignKey("meeting_table.id"), primary_key=True)
    closed_at: Mapped[datetime] = mapped_column(default=clock.now)

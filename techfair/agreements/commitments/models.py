"""Tables: who was asked how far a promise is, what they reported with which evidence, and what was decided on it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.agreements.deal.models import Milestone
from techfair.agreements.models import Agreement, Party
from techfair.core import clock
from techfair.core.database import one_of
from techfair.core.states import Stateful, steps
from techfair.extensions import Model, Money

WAITING = text("state = 'waiting'")


class ProgressRequest(Model):
    """A party asked how far its promises were at the end of a half-year; its link names this row."""

    __tablename__ = "progress_request"
    __table_args__ = (
        UniqueConstraint("party_id", "period_on"),  # two workers at once ask a party once
        CheckConstraint("reminders >= 0", name="counts_reminders"),
        Index("ix_progress_request_agreement", "agreement_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    agreement: Mapped[Agreement] = relationship(lazy="raise")
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    party: Mapped[Party] = relationship(lazy="raise")
    period_on: Mapped[date]  # 30 June or 31 December
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    reminders: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[datetime | None]


class ProgressReport(Stateful, Model):
    """What a party says it has reached, written once. Nothing of it counts before an organizer accepted it.

    A correction is a new report; the one that waited then reads ``replaced``. ``form_token`` makes a form sent twice
    one report.
    """

    STEPS = steps(waiting="accepted returned replaced")

    __tablename__ = "progress_report"
    __table_args__ = (
        one_of("state", ("waiting", "accepted", "returned", "replaced")),
        CheckConstraint("(state IN ('accepted', 'returned')) = (decided_at IS NOT NULL)", name="decided_is_dated"),
        CheckConstraint("state <> 'returned' OR reason <> ''", name="returned_has_a_reason"),
        # Of two reports sent at once for a party one waits; the other sees it and replaces it.
        Index("uq_progress_report_waiting", "party_id", unique=True, sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_progress_report_agreement", "agreement_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    agreement: Mapped[Agreement] = relationship(lazy="raise")
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    party: Mapped[Party] = relationship(lazy="raise")
    period_on: Mapped[date]
    state: Mapped[str] = mapped_column(default="waiting")
    note: Mapped[str] = mapped_column(default="")
    reported_at: Mapped[datetime] = mapped_column(default=clock.now)
    reporter: Mapped[str] = mapped_column(default="")  # the mailbox whose link was used
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str] = mapped_column(default="")
    form_token: Mapped[str | None] = mapped_column(unique=True)
    lines: Mapped[list["ProgressLine"]] = relationship(lazy="raise", order_by="ProgressLine.milestone_id")
    files: Mapped[list["ProgressFile"]] = relationship(lazy="raise", order_by="ProgressFile.id")


class ProgressLine(Model):
    """How far one milestone is since the signing, not since the report before: đồng, jobs or technologies in all."""

    __tablename__ = "progress_line"
    __table_args__ = (
        CheckConstraint("actual >= 0", name="is_an_amount"),
        CheckConstraint("actual IS NOT NULL OR reached_on IS NOT NULL", name="says_something"),
        Index("ix_progress_line_milestone", "milestone_id"),
    )

    report_id: Mapped[int] = mapped_column(ForeignKey("progress_report.id"), primary_key=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"), primary_key=True)
    milestone: Mapped[Milestone] = relationship(lazy="raise")
    actual: Mapped[int | None] = mapped_column(Money)
    reached_on: Mapped[date | None]


class ProgressFile(Model):
    """A PDF or picture that proves a report, kept as it was sent."""

    __tablename__ = "progress_file"
    __table_args__ = (UniqueConstraint("report_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("progress_report.id"))
    digest: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]

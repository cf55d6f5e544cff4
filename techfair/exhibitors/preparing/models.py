"""Tables: what an exhibitor says about its booth, by when each task is due, and which reminders went out."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from techfair.extensions import Model


class Preparation(Model):
    """What an exhibitor says about its booth; None or "" for what it has not said yet."""

    __tablename__ = "preparation"
    __table_args__ = (CheckConstraint("power_watts >= 0", name="power_is_not_negative"),)

    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), primary_key=True)
    fascia_vi: Mapped[str] = mapped_column(default="")
    fascia_en: Mapped[str] = mapped_column(default="")
    power_watts: Mapped[int | None]  # 0: none is needed
    needs_water: Mapped[bool] = mapped_column(default=False)
    deliveries: Mapped[str] = mapped_column(default="")  # what comes when, by which vehicle
    has_no_deliveries: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)


class PreparationDue(Model):
    """The day by which the exhibitors of a fair shall have done a task."""

    __tablename__ = "preparation_due"

    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), primary_key=True)
    task: Mapped[str] = mapped_column(primary_key=True)
    due_on: Mapped[date]


class PreparationReminder(Model):
    """A reminder that went to an exhibitor on a day of its fair: one a day at most, however often the job runs."""

    __tablename__ = "preparation_reminder"

    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), primary_key=True)
    sent_on: Mapped[date] = mapped_column(primary_key=True)

"""Tables: where the fees of a fair are paid to, the fees, their lines, and the payments that came in."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.core.states import Stateful, steps
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import Model, Money


class FeeAccount(Model):
    """The bank account that exhibitors of a fair pay to."""

    __tablename__ = "fee_account"

    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), primary_key=True)
    bank: Mapped[str]  # the number that NAPAS knows it by
    number: Mapped[str]
    holder: Mapped[str]


class Fee(Stateful, Model):
    """What one exhibitor is asked to pay, in đồng, numbered through the fair.

    It keeps the account it was issued with, for a code that is printed goes on being paid. ``form_token`` makes a
    form sent twice one fee.
    """

    __tablename__ = "fee"
    STEPS = steps(issued="paid cancelled", paid="issued")
    __table_args__ = (
        one_of("state", ("issued", "paid", "cancelled")),
        UniqueConstraint("fair_id", "number"),
        Index("ix_fee_exhibitor", "exhibitor_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    number: Mapped[int]
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"))
    exhibitor: Mapped[Exhibitor] = relationship(lazy="raise")
    state: Mapped[str] = mapped_column(default="issued")
    reference: Mapped[str]
    bank: Mapped[str]
    account_number: Mapped[str]
    account_holder: Mapped[str]
    issued_on: Mapped[date]
    due_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")  # of a cancellation, told to the company
    form_token: Mapped[str | None] = mapped_column(unique=True)
    lines: Mapped[list["FeeLine"]] = relationship(order_by="FeeLine.place", lazy="selectin")
    payments: Mapped[list["FeePayment"]] = relationship(order_by="FeePayment.id", lazy="selectin")

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def received(self) -> int:
        return sum(payment.amount for payment in self.payments if payment.struck_at is None)

    @property
    def outstanding(self) -> int:
        """What is still to be paid: nothing once more than enough came in, or nothing is asked any more."""
        return 0 if self.state == "cancelled" else max(0, self.total - self.received)


class FeeLine(Model):
    """One thing that is paid for."""

    __tablename__ = "fee_line"
    __table_args__ = (CheckConstraint("amount > 0", name="costs_something"),)

    fee_id: Mapped[int] = mapped_column(ForeignKey("fee.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    amount: Mapped[int] = mapped_column(Money)


class FeePayment(Model):
    """What came in for a fee, as an organizer saw it on the account; a mistake is struck out, never removed."""

    __tablename__ = "fee_payment"
    __table_args__ = (CheckConstraint("amount > 0", name="is_money"), Index("ix_fee_payment_fee", "fee_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    fee_id: Mapped[int] = mapped_column(ForeignKey("fee.id"))
    amount: Mapped[int] = mapped_column(Money)
    paid_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    struck_at: Mapped[datetime | None]
    form_token: Mapped[str | None] = mapped_column(unique=True)

"""Questions about fees."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from techfair.exhibitors.fees.models import Fee, FeeAccount, FeeLine, FeePayment
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair

WITH_COMPANY = (joinedload(Fee.exhibitor, innerjoin=True).joinedload(Exhibitor.company, innerjoin=True),)


def of_fair(fair: Fair, state: str = "") -> Select[Fee]:
    """The fees of a fair, newest first, each with its company."""
    chosen = select(Fee).where(Fee.fair_id == fair.id, *([Fee.state == state] if state else []))
    return chosen.options(*WITH_COMPANY).order_by(Fee.number.desc())


def of_exhibitor(exhibitor: Exhibitor) -> Sequence[Fee]:
    return db.session.scalars(select(Fee).filter_by(exhibitor_id=exhibitor.id).order_by(Fee.number)).all()


def sums(fair: Fair) -> tuple[int, int]:
    """What is asked for at a fair and what came in, in đồng, of fees that are not cancelled."""
    mine = (Fee.fair_id == fair.id, Fee.state != "cancelled")
    asked = select(func.coalesce(func.sum(FeeLine.amount), 0)).join(Fee, Fee.id == FeeLine.fee_id).where(*mine)
    came = select(func.coalesce(func.sum(FeePayment.amount), 0)).join(Fee, Fee.id == FeePayment.fee_id)
    received = came.where(*mine, FeePayment.struck_at.is_(None))
    return int(db.session.scalar(asked) or 0), int(db.session.scalar(received) or 0)


def counts(fair: Fair) -> dict[str, int]:
    """How many fees of a fair are in each state."""
    grouped = select(Fee.state, func.count()).filter_by(fair_id=fair.id).group_by(Fee.state)
    return {row[0]: row[1] for row in db.session.execute(grouped)}


def account_of(fair: Fair) -> FeeAccount | None:
    return db.session.get(FeeAccount, fair.id)

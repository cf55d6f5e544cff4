"""The report's figures of agreements and investment projects: two registers that are never added up."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select

from techfair.agreements.amending.models import AgreementChange
from techfair.agreements.kinds import INVESTMENT_KINDS, TRANSFER_KINDS
from techfair.agreements.models import Agreement
from techfair.extensions import db
from techfair.fairs.models import Fair

SIGNED = ("completed", "amended", "terminated")  # what came later does not undo the signing at the fair


@dataclass(frozen=True)
class SignedValue:
    """How many were signed, and what those with a known, open value are worth in đồng."""

    count: int
    value_vnd: int


def agreements(fair: Fair) -> SignedValue:
    """Memoranda, transfer cooperation agreements and contracts; non-disclosure agreements are not counted."""
    return _signed(fair, TRANSFER_KINDS)


def investments(fair: Fair) -> SignedValue:
    """Investment decisions and memoranda handed over."""
    return _signed(fair, INVESTMENT_KINDS)


def _signed(fair: Fair, kinds: Sequence[str]) -> SignedValue:
    open_value = case((Agreement.is_confidential.is_(False), Agreement.value_vnd))
    counted = select(func.count(), func.coalesce(func.sum(open_value), 0))
    counted = counted.where(Agreement.id.not_in(select(AgreementChange.agreement_id)))  # no deals of their own
    signed = counted.where(Agreement.fair_id == fair.id, Agreement.state.in_(SIGNED), Agreement.kind.in_(kinds))
    count, value = db.session.execute(signed).one()
    return SignedValue(count, int(value))

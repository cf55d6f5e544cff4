"""Who may see and change an agreement: the managers of its parties, and the fair's organizers.

What an authority issues or notes, an investment, the organizers draft; the rest they only look at.
"""

from typing import Any

from sqlalchemy import Select, select

from techfair.agreements.models import Agreement, Party
from techfair.core import access
from techfair.exhibitors.models import CompanyMember
from techfair.extensions import db
from techfair.fairs.models import Fair


@access.rule(Agreement)
def of_agreement(user: Any, agreement: Agreement, to: str) -> bool:
    """``read`` and ``edit`` for managers of a party's company; for organizers by the grant agreements ``look``,
    and ``manage`` for investments.
    """
    if not user.is_authenticated or (to == "manage" and not agreement.is_investment):
        return False
    if to in {"look", "manage"}:
        return access.may(user, db.session.get_one(Fair, agreement.fair_id), "agreements")
    if to not in {"read", "edit"}:
        return False
    return agreement.id in db.session.scalars(managed_by(user.id)).all()


def managed_by(user_id: int) -> Select[int]:
    """The ids of the agreements to which a company of this manager is a party."""
    mine = select(Party.agreement_id).join(CompanyMember, CompanyMember.company_id == Party.company_id)
    return mine.where(CompanyMember.user_id == user_id, CompanyMember.role == "manager")

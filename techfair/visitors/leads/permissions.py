"""Who may do what to leads: the exhibitor's people, and nobody of the fair."""

from typing import Any

from techfair.core import access
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.visitors.leads.models import Lead, LeadQuestion


@access.rule(Lead)
@access.rule(LeadQuestion)
def of_exhibitor(user: Any, thing: Lead | LeadQuestion, to: str) -> bool:
    """``act``: whoever may act for the exhibitor."""
    return to == "act" and access.may(user, db.session.get_one(Exhibitor, thing.exhibitor_id), "act")

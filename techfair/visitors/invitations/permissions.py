"""Who may do what to invitations: those who look after the fair's visitors."""

from typing import Any

from techfair.core import access
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.invitations.models import Invitation


@access.rule(Invitation)
def of_invitation(user: Any, invitation: Invitation, to: str) -> bool:
    """``edit``: as of the fair's visitors."""
    return to == "edit" and access.may(user, db.session.get_one(Fair, invitation.fair_id), "visitors")

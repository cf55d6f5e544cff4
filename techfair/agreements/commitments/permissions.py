"""Who may see and decide on reports of promises: the fair's organizers; parties come by their link."""

from typing import Any

from techfair.agreements.commitments.models import ProgressReport, ProgressRequest
from techfair.agreements.models import Agreement
from techfair.core import access
from techfair.extensions import db


@access.rule(ProgressReport)
@access.rule(ProgressRequest)
def of_progress(user: Any, told: ProgressReport | ProgressRequest, to: str) -> bool:
    """``look`` and ``decide`` for those who may look at the agreement."""
    return to in {"look", "decide"} and access.may(user, db.session.get_one(Agreement, told.agreement_id), "look")

"""Who may do what to the questions of a call: those who decide the fair's applications."""

from typing import Any

from techfair.core import access
from techfair.exhibitors.call.models import CallQuestion
from techfair.extensions import db
from techfair.fairs.models import Fair


@access.rule(CallQuestion)
def of_question(user: Any, question: CallQuestion, to: str) -> bool:
    """``edit``: as of the fair's exhibitors."""
    return to == "edit" and access.may(user, db.session.get_one(Fair, question.fair_id), "exhibitors")

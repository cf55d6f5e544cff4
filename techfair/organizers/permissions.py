"""Who may read a fair's mail: its administrators, for letters carry links that act for their readers."""

from typing import Any

from techfair.core import access
from techfair.core.mail import Mail
from techfair.extensions import db
from techfair.fairs.models import Fair


@access.rule(Mail)
def of_mail(user: Any, mail: Mail, to: str) -> bool:
    """``manage``: those who may change the fair's settings; mail without a fair is the platform's."""
    if mail.fair_id is None:
        return bool(user.is_authenticated and user.is_administrator)
    return access.may(user, db.session.get_one(Fair, mail.fair_id), "settings")

"""A fair's letters: found again, and sent anew where they could not be sent."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, or_, select, update

from techfair.core import audit, jobs
from techfair.core.database import like
from techfair.core.errors import TechfairError
from techfair.core.mail import Mail
from techfair.extensions import db


class NotFailed(TechfairError):
    """Only a mail that could not be sent is sent anew."""

    code, status = "mail_not_failed", 409
    message = _l("This mail did not fail, or somebody is sending it again already.")


def letters(fair_id: int | None, state: str, text: str) -> Select[Mail]:
    """The mails of a fair, or of none, in a state (or all), that hold the words; the newest first."""
    those = select(Mail).where(Mail.fair_id == fair_id)
    if state:
        those = those.where(Mail.state == state)
    for word in text.split():
        part = f"%{like(word)}%"
        found = (column.ilike(part, escape="\\") for column in (Mail.to_address, Mail.to_name, Mail.subject))
        those = those.where(or_(*found))
    return those.order_by(Mail.id.desc())


def counts(fair_id: int | None) -> dict[str, int]:
    """How many mails stand in which state."""
    counted = select(Mail.state, func.count()).where(Mail.fair_id == fair_id).group_by(Mail.state)
    return {row[0]: row[1] for row in db.session.execute(counted)}


def send_again(mail: Mail, by: Any) -> None:
    """Queue a failed mail anew; of two who press at once only one does. Raises NotFailed."""
    freed = update(Mail).where(Mail.id == mail.id, Mail.state == "failed").values(state="queued", error=None)
    if db.session.scalar(freed.returning(Mail.id)) is None:
        raise NotFailed
    audit.record("mail.sent_again", mail, by=by, to=mail.to_address)
    jobs.start("send_mail", fair_id=mail.fair_id, mail_id=mail.id)

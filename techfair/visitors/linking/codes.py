"""One-time codes that link a phone to a badge's owner: mailed to the registered address, or told by the desk's staff.

A photo of a badge opens nothing: whoever holds its code may have one sent, and learns neither whose badge it is nor
whether there is an address; asking costs the same in both cases, for the mail is made by a job.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import case, delete, or_, update

from techfair.core import audit, clock, jobs, mail
from techfair.core.database import insert_new
from techfair.core.errors import TechfairError
from techfair.core.jobs import Job, job
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.linking.models import LinkCode
from techfair.visitors.merging import registrations_merged
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import erasing
from techfair.visitors.rules import KnownBadge

LIVES = timedelta(minutes=15)
PAUSE = timedelta(minutes=1)
REST = timedelta(days=1)
MOST_ASKED = 6  # mails, until a whole day passes without one
MOST_TRIES = 5  # with MOST_ASKED, guessing a code of one badge succeeds once in 90 years

erasing.letters("link_code")


class CodeWrong(TechfairError):
    code, status = "link_code_wrong", 422
    message = _l("This code is not right, or can no longer be used. Take the newest one, or ask for another.")


def ask(registration_id: int, fair_id: int) -> None:
    """Have a code mailed to whoever a badge belongs to, if they have an address. Too often does nothing, unsaid."""
    now = clock.now()
    row = {"registration_id": registration_id, "next_mail_at": now + PAUSE, "asked": 1, "tries": 0}
    is_due = bool(insert_new(LinkCode, [row], returning=LinkCode.registration_id))
    if not is_due:
        is_rested = LinkCode.next_mail_at <= now - REST
        again = update(LinkCode).where(LinkCode.registration_id == registration_id, LinkCode.next_mail_at <= now)
        again = again.where(or_(LinkCode.asked < MOST_ASKED, is_rested))
        counted = again.values(asked=case((is_rested, 1), else_=LinkCode.asked + 1), next_mail_at=now + PAUSE)
        is_due = bool(db.session.scalars(counted.returning(LinkCode.registration_id)).all())
    if is_due:
        jobs.start("mail_link_code", fair_id=fair_id, registration_id=registration_id)


@job("mail_link_code")
def mail_code(job: Job, registration_id: int) -> None:
    """Make a code and mail it; whoever has no address has the desk."""
    person = db.session.get_one(Registration, registration_id)
    if person.email and person.state == "confirmed":
        fair = db.session.get_one(Fair, person.fair_id)
        code, to, name = _new(person.id), person.email, person.full_name
        mail.queue("link_code", to=to, name=name, language=person.language, fair=fair, code=code)
    db.session.commit()


def give(person: Registration, by: Any) -> str:
    """A code for somebody who stands at the desk; the one before it ends, and no mail ends this one."""
    until = clock.now() + LIVES
    insert_new(
        LinkCode,
        [{"registration_id": person.id, "next_mail_at": until, "asked": 0, "tries": 0}],
        returning=LinkCode.registration_id,
    )
    db.session.execute(update(LinkCode).filter_by(registration_id=person.id).values(next_mail_at=until))
    audit.record("registration.link_code_given", person, by=by)
    return _new(person.id)


def _new(registration_id: int) -> str:
    code = f"{secrets.randbelow(10**6):06d}"
    fresh = {"digest": _digest(registration_id, code), "expires_at": clock.now() + LIVES, "tries": 0}
    db.session.execute(update(LinkCode).filter_by(registration_id=registration_id).values(**fresh))
    return code


def confirm(badge: KnownBadge, code: str) -> Registration:
    """The badge's owner, proven by the code, which works once. Raises CodeWrong (the try counts: commit it)."""
    registration_id = badge.registration_id
    mine = update(LinkCode).where(LinkCode.registration_id == registration_id)
    valid = mine.where(LinkCode.expires_at > clock.now(), LinkCode.tries < MOST_TRIES)
    expected = db.session.scalars(valid.values(tries=LinkCode.tries + 1).returning(LinkCode.digest)).one_or_none()
    if not hmac.compare_digest(expected or b"", _digest(registration_id, code)):
        raise CodeWrong
    if badge.state != "issued" or badge.registration_state != "confirmed":
        raise CodeWrong
    db.session.execute(mine.values(digest=None, expires_at=None))
    person = db.session.get_one(Registration, registration_id)
    audit.record("registration.phone_linked", person, by="visitor")
    return person


def _digest(registration_id: int, code: str) -> bytes:
    """Keyed, for six digits alone are found by trying."""
    key = str(current_app.secret_key).encode()
    return hmac.digest(key, f"link {registration_id} {code}".encode(), hashlib.sha256)


@erasing.registration_erased.connect
def _forget(registration: Registration, ids: list[int], **also: Any) -> None:
    db.session.execute(delete(LinkCode).where(LinkCode.registration_id.in_(ids)))


@registrations_merged.connect
def _end(kept: Registration, other: Registration, **also: Any) -> None:
    db.session.execute(delete(LinkCode).filter_by(registration_id=other.id))

"""Counted tries at what must not be guessed: ten in a quarter of an hour, then wait."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select

from techfair.accounts.models import Try
from techfair.core import clock, jobs
from techfair.core.errors import TechfairError
from techfair.extensions import db

WITHIN = timedelta(minutes=15)
PER_ACCOUNT = 10
PER_ADDRESS = 50  # an office or a hall stands behind one address


class TooManyTries(TechfairError):
    code, status = "too_many_tries", 429
    message = _l("Too many tries. Wait 15 minutes, then try again.")


def count(purpose: str, subject: str, *, most: int = PER_ACCOUNT) -> Try:
    """Write down a try, and raise TooManyTries where there were ``most`` within a quarter of an hour.

    Commit before the secret is compared: parallel guesses are counted like those one after another.
    """
    now = clock.now()
    before = select(func.count()).select_from(Try).filter_by(purpose=purpose, subject=subject)
    if (db.session.scalar(before.where(Try.at > now - WITHIN)) or 0) >= most:
        raise TooManyTries
    tried = Try(purpose=purpose, subject=subject, at=now)
    db.session.add(tried)
    db.session.flush()
    return tried


def forgive(purpose: str, subject: str) -> None:
    """Forget the tries of someone who then knew it."""
    db.session.execute(delete(Try).filter_by(purpose=purpose, subject=subject))


def take_back(tried: Try) -> None:
    """One try was right: it does not count."""
    db.session.delete(tried)


@jobs.every(minutes=60)
def sweep_tries() -> None:
    """Forget tries that no longer count."""
    db.session.execute(delete(Try).where(Try.at < clock.now() - WITHIN))
    db.session.commit()

"""Addresses that calendars subscribe to: made when asked for, ended by a new one."""

import secrets

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from techfair.core import audit
from techfair.extensions import db
from techfair.meetings.calendars.models import CalendarFeed
from techfair.meetings.models import Participant
from techfair.meetings.participants import WITH_PARTY


def of(participant: Participant) -> CalendarFeed | None:
    return db.session.get(CalendarFeed, participant.id)


def make(participant: Participant, by: object) -> CalendarFeed:
    """A new address; the one before ends at once."""
    end([participant.id])
    feed = CalendarFeed(participant_id=participant.id, secret=secrets.token_urlsafe(24))
    db.session.add(feed)
    audit.record("calendar_feed.made", participant, by=by)
    return feed


def end(participant_ids: list[int]) -> None:
    db.session.execute(delete(CalendarFeed).where(CalendarFeed.participant_id.in_(participant_ids)))


def known(secret: str) -> CalendarFeed | None:
    """The feed of an address, with its participant."""
    mine = select(CalendarFeed).filter_by(secret=secret)
    return db.session.scalars(mine.options(joinedload(CalendarFeed.participant).options(*WITH_PARTY))).one_or_none()

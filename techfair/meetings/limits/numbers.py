"""The most meetings of a participant: what the organizer allows, and fewer if they wish so themselves."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from techfair.core import audit
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.meetings.limits.models import MeetingLimit
from techfair.meetings.models import Meeting, MeetingParty, Participant
from techfair.meetings.participants import WITH_PARTY, short_name_of

SHOWN = 6  # of the records to blame; more would not be read


class NumberRefused(TechfairError):
    """This number cannot be; the message says why, with the records to blame."""

    code, status = "most_meetings_refused", 422


def of(participant: Participant | None) -> MeetingLimit:
    """What is laid down; an empty row, which belongs to no session, where nothing is."""
    known = db.session.get(MeetingLimit, participant.id) if participant else None
    return known or MeetingLimit(allowed=None, wished=None)


def allow(participant: Participant, most: int | None, by: Any) -> None:
    """Set how many meetings somebody may have at most; None for no such number. Raises NumberRefused."""
    _refuse_below_fixed(participant, most)
    _keep(participant, by, allowed=most)


def wish(participant: Participant, most: int | None, by: Any) -> None:
    """Wish for fewer meetings oneself; None for as many as the organizer allows. Raises NumberRefused."""
    limit = of(participant)
    if most == limit.wished:
        return
    if most is not None and limit.allowed is not None and most > limit.allowed:
        raise NumberRefused(_("The organizer allows %(most)s meetings at most.", most=limit.allowed))
    _refuse_below_fixed(participant, most)
    _keep(participant, by, wished=most)


def _keep(participant: Participant, by: Any, **values: int | None) -> None:
    limit = db.session.get(MeetingLimit, participant.id, with_for_update=True)
    limit = limit or MeetingLimit(participant_id=participant.id)
    for name, value in values.items():
        setattr(limit, name, value)
    db.session.add(limit)
    audit.record("participant.most_set", participant, by=by, most=limit.most, **values)


def _refuse_below_fixed(participant: Participant, most: int | None) -> None:
    fixed = _fixed(participant) if most is not None else []
    if most is not None and len(fixed) > most:
        whom = ", ".join(_others(one, participant) for one in fixed[:SHOWN]) + (", …" if len(fixed) > SHOWN else "")
        raise NumberRefused(
            _("%(count)s meetings are locked or held already: with %(names)s.", count=len(fixed), names=whom)
        )


def _fixed(participant: Participant) -> Sequence[Meeting]:
    """The meetings that were held, and those that nobody may move."""
    mine = select(Meeting).join(Meeting.parties).where(MeetingParty.participant_id == participant.id)
    locked = (Meeting.state == "scheduled") & Meeting.is_locked
    mine = mine.where(or_(Meeting.state == "held", locked)).order_by(Meeting.id)
    sides = selectinload(Meeting.parties).joinedload(MeetingParty.participant).options(*WITH_PARTY)
    return db.session.scalars(mine.options(sides, joinedload(Meeting.slot))).unique().all()


def _others(meeting: Meeting, participant: Participant) -> str:
    there = (party.participant for party in meeting.parties if party.participant_id != participant.id)
    return " – ".join(short_name_of(one) for one in there)


def forget(participant_ids: Sequence[int]) -> None:
    """Take away what these participants wished; what the organizer set stays."""
    rows = select(MeetingLimit).where(MeetingLimit.participant_id.in_(participant_ids))
    for limit in db.session.scalars(rows):
        limit.wished = None

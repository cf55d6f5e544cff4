"""Mail about meetings, to each side in its own language with its own link."""

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import select

from techfair.core import mail
from techfair.core.calendars import Person
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import participants
from techfair.meetings.models import Meeting, MeetingParty, Participant
from techfair.meetings.participants import WITH_PARTY
from techfair.meetings.staff import coming, telling

Entry = Callable[[str, Person], str]  # whom the reader meets, and the reader


def tell(id: int, template: str, *, about: int, **context: Any) -> None:
    """Write ``template`` to everyone of participant ``id`` about the other one; without an address to nobody."""
    side, other = participants.whole(id), participants.whole(about)
    _tell(side, template, other, **context)


def tell_one(side: Participant, template: str, **context: Any) -> None:
    """Write ``template`` to everyone of a participant whose party is loaded, about nobody else."""
    _tell(side, template, **context)


def tell_sides(meeting: Meeting, template: str, entry: Entry | None = None, **context: Any) -> None:
    """Write to each side of a meeting about the others, and to those who come in their place.

    ``entry`` makes what goes into a reader's calendar.
    """
    those = select(Participant).join(MeetingParty).where(MeetingParty.meeting_id == meeting.id)
    sides = db.session.scalars(those.options(*WITH_PARTY).order_by(Participant.id)).all()
    context["who_comes"] = coming.lines([meeting]).get(meeting.id, [])
    for side in sides:
        _tell(side, template, *(one for one in sides if one is not side), entry=entry, meeting=meeting, **context)
    telling.tell(meeting, template, entry, **context)


def _tell(side: Participant, template: str, *others: Participant, entry: Entry | None = None, **context: Any) -> None:
    fair = db.session.get_one(Fair, side.fair_id)
    names = ", ".join(participants.name_of(other) for other in others)
    for reach in participants.reached_at(side):
        mail.queue(
            template,
            to=reach.email,
            name=reach.name,
            language=reach.language,
            fair=fair,
            other_name=names,
            link=reach.link,
            calendar=partial(entry, names, Person(reach.name, reach.email)) if entry else None,
            **context,
        )

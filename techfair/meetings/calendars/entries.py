"""A meeting as a calendar entry: for a mail that adds, moves or removes it, and for a subscribed calendar."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext as _

from techfair.core import calendars, mail
from techfair.core.calendars import Event, Person
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair
from techfair.meetings import participants
from techfair.meetings.models import Meeting, Participant, Slot, Table
from techfair.meetings.staff import coming


def invitation(fair: Fair, meeting: Meeting, slot: Slot, place: Table | Booth | None, other: str, to: Person) -> str:
    """What puts a meeting into the reader's calendar, or moves it there."""
    who = coming.lines([meeting]).get(meeting.id, ())
    event = _event(fair, meeting, slot.starts_at, slot.ends_at, place, other, to=to, who=who)
    return calendars.calendar([event], "REQUEST", organizer_of(fair))


def removal(fair: Fair, meeting: Meeting, starts_at: datetime, ends_at: datetime | None, other: str, to: Person) -> str:
    """What takes a meeting out of the reader's calendar."""
    event = _event(fair, meeting, starts_at, ends_at, None, other, to=to, is_cancelled=True)
    return calendars.calendar([event], "CANCEL", organizer_of(fair))


def subscribed(fair: Fair, participant: Participant, meetings: Sequence[Meeting]) -> str:
    """All of a participant's meetings that have a time."""
    who = coming.lines(meetings)
    events = [
        _event(
            fair,
            one,
            one.slot.starts_at,
            one.slot.ends_at,
            one.table or one.booth,
            others(one, participant),
            who=who.get(one.id, ()),
        )
        for one in meetings
        if one.slot is not None
    ]
    return calendars.calendar(events, "PUBLISH", organizer_of(fair), name=_("Meetings at %(fair)s", fair=fair.name))


def others(meeting: Meeting, participant: Participant) -> str:
    """Whom a participant meets."""
    there = [party.participant for party in meeting.parties if party.participant_id != participant.id]
    return ", ".join(participants.name_of(one) for one in there)


def organizer_of(fair: Fair) -> Person:
    return Person(fair.name, current_app.config["MAIL_FROM"])


def where(fair: Fair, place: Table | Booth | None) -> str:
    """Table or booth, and how one gets there."""
    if place is None:
        return fair.place
    if isinstance(place, Table):
        return ", ".join(part for part in (_("Table %(code)s", code=place.code), place.place, fair.place) if part)
    return f"{_('Booth %(code)s', code=place.code)}, {fair.place}"


def _event(
    fair: Fair,
    meeting: Meeting,
    starts_at: datetime,
    ends_at: datetime | None,
    place: Table | Booth | None,
    other: str,
    to: Person | None = None,
    who: Sequence[str] = (),
    is_cancelled: bool = False,
) -> Event:
    return Event(
        uid=f"meeting-{meeting.id}@{urlsplit(mail.base_url()).hostname}",
        sequence=meeting.sequence,
        starts_at=starts_at,
        ends_at=ends_at,
        summary=_("Meeting with %(name)s", name=other),
        location=where(fair, place),
        description="\n".join([_("Who comes:"), *who]) if who else "",
        is_cancelled=is_cancelled,
        attendee=to,
    )

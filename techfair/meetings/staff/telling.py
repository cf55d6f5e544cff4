"""Mail to those who stand in, where they have an address: what they are to come to, and what they no longer are.

What stands in somebody's calendar is kept (``StandInTold``), so that it is taken out again whoever comes instead.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from techfair.core import mail
from techfair.core.calendars import Person
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import participants
from techfair.meetings.calendars import entries
from techfair.meetings.models import Meeting, MeetingParty, Participant
from techfair.meetings.participants import WITH_PARTY
from techfair.meetings.staff import coming
from techfair.meetings.staff.models import StandIn, StandInTold

Entry = Callable[[str, Person], str]  # whom the reader meets, and the reader


def tell(meeting: Meeting, template: str, entry: Entry | None, **context: Any) -> None:
    """Write to those who come in place of others what its sides are told of a meeting.

    Who has not come to it before reads that they are to come, and who was to come before that they no longer are.
    """
    told = {one.stand_in_id: one for one in _told(StandInTold.meeting_id == meeting.id)}
    now = {one.id: one for one in _who_come([meeting])}
    for person in now.values():
        is_new = entry is not None and person.id not in told
        _write(meeting, person, "meeting_scheduled" if is_new else template, entry, **context)
        if entry is not None:
            known = told.get(person.id) or StandInTold(meeting_id=meeting.id, stand_in_id=person.id)
            known.starts_at = context["slot"].starts_at
            db.session.add(known)
    gone = [one for id, one in told.items() if id not in now] if entry is not None else []
    for one in gone:
        if meeting.slot_id is None:
            _write(meeting, one.stand_in, template, entry, **context)
            db.session.delete(one)
        else:
            _take_out(meeting, one)
    db.session.flush()


def tell_newcomers(meetings: Sequence[Meeting]) -> None:
    """Write to those who are to come to meetings, slots and places loaded, and do not know it yet."""
    known = {(one.meeting_id, one.stand_in_id) for one in _told(StandInTold.meeting_id.in_([m.id for m in meetings]))}
    for meeting in meetings:
        fresh = [one for one in _who_come([meeting]) if (meeting.id, one.id) not in known]
        slot: Any = meeting.slot
        fair = db.session.get_one(Fair, meeting.fair_id)
        entry = partial(entries.invitation, fair, meeting, slot, meeting.table or meeting.booth)
        place = {"slot": slot, "table": meeting.table, "booth": meeting.booth}
        who = coming.lines([meeting]).get(meeting.id, []) if fresh else []
        for one in fresh:
            _write(meeting, one, "meeting_scheduled", entry, who_comes=who, **place)
            db.session.add(StandInTold(meeting_id=meeting.id, stand_in_id=one.id, starts_at=slot.starts_at))


def take_out(person: StandIn) -> None:
    """Take all meetings out of a person's calendar, at the address they have now."""
    for one in _told(StandInTold.stand_in_id == person.id):
        meeting = db.session.get_one(Meeting, one.meeting_id)
        meeting.sequence += 1
        _take_out(meeting, one)
    db.session.flush()


def _take_out(meeting: Meeting, told: StandInTold) -> None:
    fair = db.session.get_one(Fair, meeting.fair_id)
    entry = partial(entries.removal, fair, meeting, told.starts_at, None)
    _write(meeting, told.stand_in, "meeting_not_you", entry, starts_at=told.starts_at)
    db.session.delete(told)


def _told(which: Any) -> Sequence[StandInTold]:
    rows = select(StandInTold).where(which).options(joinedload(StandInTold.stand_in))
    return db.session.scalars(rows.order_by(StandInTold.meeting_id, StandInTold.stand_in_id)).all()


def _who_come(meetings: Iterable[Meeting]) -> Sequence[StandIn]:
    """Those who come in place of others and have an address."""
    ids = [one.stand_in_id for one in coming.of_meetings(meetings).values() if one.stand_in_id is not None]
    those = select(StandIn).where(StandIn.id.in_(ids), StandIn.email != "")
    return db.session.scalars(those.order_by(StandIn.id)).all() if ids else []


def _write(meeting: Meeting, person: StandIn, template: str, entry: Entry | None, **context: Any) -> None:
    sides = select(Participant).join(MeetingParty).where(MeetingParty.meeting_id == meeting.id)
    parties = db.session.scalars(sides.options(*WITH_PARTY).order_by(Participant.id)).all()
    own = next(one for one in parties if one.id == person.participant_id)
    if person.email.lower() in {reach.email.lower() for reach in participants.reached_at(own)}:
        return  # told already, for the side itself
    names = ", ".join(participants.name_of(one) for one in parties if one is not own)
    context |= {"fair": db.session.get_one(Fair, meeting.fair_id), "other_name": names, "meeting": meeting, "link": ""}
    calendar = partial(entry, names, Person(person.full_name, person.email)) if entry else None
    mail.queue(
        template,
        to=person.email,
        name=person.full_name,
        language=person.language,
        calendar=calendar,
        in_place_of=participants.name_of(own),
        **context,
    )

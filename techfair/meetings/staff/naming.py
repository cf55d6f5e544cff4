"""Naming those who come to one's meetings; where that changes who comes to one ahead, all its sides are told."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from techfair.core import audit, clock
from techfair.core.errors import TechfairError
from techfair.core.phones import show_phone
from techfair.core.vietnamese import clean_line
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import letters
from techfair.meetings.calendars import entries
from techfair.meetings.models import Meeting, MeetingParty, Participant, Slot
from techfair.meetings.staff import coming
from techfair.meetings.staff import telling as person_mail
from techfair.meetings.staff.models import ComesInstead, StandIn, StandInTime, StandInTold

MOST = 10


class NamedElsewhere(TechfairError):
    code, status = "stand_in_named_elsewhere", 409
    message = _l("This person is named for the meetings of another participant already.")


class TooMany(TechfairError):
    code, status, message = "too_many_stand_ins", 422, _l("Name %(most)s people at most.", most=MOST)


class CannotCome(TechfairError):
    code, status, message = "stand_in_cannot", 409, _l("This person cannot come at the time of this meeting.")


def of(participant: Participant | None) -> Sequence[StandIn]:
    """Those who may stand in, with their times, the one named first first."""
    if participant is None:
        return []
    mine = select(StandIn).filter_by(participant_id=participant.id).options(selectinload(StandIn.times))
    return db.session.scalars(mine.order_by(StandIn.id)).all()


def by_participant(ids: Collection[int]) -> dict[int, list[str]]:
    """Names with telephones of those who may stand in, for whom to call."""
    rows = db.session.scalars(select(StandIn).where(StandIn.participant_id.in_(ids)).order_by(StandIn.id))
    found: dict[int, list[str]] = {}
    for one in rows:
        label = f"{one.full_name} {show_phone(one.phone)}" if one.phone else one.full_name
        found.setdefault(one.participant_id, []).append(label)
    return found


@dataclass(frozen=True)
class Said:
    """What is said of somebody who may stand in."""

    full_name: str
    phone: str = ""  # E.164
    email: str = ""  # who comes is told to this person, too
    language: str = "vi"
    slot_ids: Collection[int] = ()  # when they can


def keep(participant: Participant, person: StandIn | None, said: Said, by: Any) -> None:
    """Name somebody, or say something else of them. Raises TooMany, NamedElsewhere."""
    if person is None and len(of(participant)) >= MOST:
        raise TooMany
    if person is not None and person.email.lower() != said.email.lower():
        person_mail.take_out(person)
    slot_ids = said.slot_ids
    with telling(participant):
        kept = person or StandIn(fair_id=participant.fair_id, participant_id=participant.id, times=[])
        kept.full_name, kept.phone = clean_line(said.full_name), said.phone
        kept.email, kept.language = said.email, said.language
        db.session.add(kept)
        try:
            db.session.flush()
        except IntegrityError as error:
            raise NamedElsewhere from error
        known = set(db.session.scalars(select(Slot.id).filter_by(fair_id=participant.fair_id)))
        db.session.execute(delete(StandInTime).filter_by(stand_in_id=kept.id))
        db.session.add_all(StandInTime(stand_in_id=kept.id, slot_id=slot) for slot in sorted(known & set(slot_ids)))
        audit.record("participant.stand_in_named", participant, by=by, slots=len(known & set(slot_ids)))


def drop(participant: Participant, person: StandIn, by: Any) -> None:
    """Name somebody no longer."""
    person_mail.take_out(person)
    with telling(participant):
        db.session.execute(delete(ComesInstead).filter_by(stand_in_id=person.id))
        db.session.delete(person)
        audit.record("participant.stand_in_dropped", participant, by=by)


def name_usual(participant: Participant, name: str, by: Any) -> None:
    """Say who usually comes for a company."""
    with telling(participant):
        participant.comes = clean_line(name)
        audit.record("participant.usual_named", participant, by=by)


def choose(participant: Participant, meeting: Meeting, stand_in_id: int | None, by: Any) -> None:
    """Let somebody who can come to one meeting; None for whoever usually does. Raises CannotCome."""
    able = coming.could_come(participant, [meeting]).get(meeting.id, [])
    if stand_in_id is not None and stand_in_id not in {person.id for person in able}:
        raise CannotCome
    with telling(participant):
        db.session.execute(delete(ComesInstead).filter_by(meeting_id=meeting.id, participant_id=participant.id))
        if stand_in_id is not None:
            db.session.add(ComesInstead(meeting_id=meeting.id, participant_id=participant.id, stand_in_id=stand_in_id))
        audit.record("meeting.stand_in_chosen", meeting, by=by, participant=participant.id)


def are_away(participant: Participant, slot_ids: Collection[int]) -> None:
    """Nobody of the participant can at these times, whatever they said."""
    mine = select(StandIn.id).filter_by(participant_id=participant.id)
    gone = delete(StandInTime).where(StandInTime.stand_in_id.in_(mine), StandInTime.slot_id.in_(slot_ids))
    db.session.execute(gone.execution_options(synchronize_session="fetch"))


@contextmanager
def telling(participant: Participant) -> Iterator[None]:
    """Tell all sides of the meetings ahead to which somebody else comes after what is done inside."""
    ahead = _ahead(participant)
    before = coming.of_meetings(ahead)
    yield
    db.session.flush()
    after = coming.of_meetings(ahead)
    for meeting in ahead:
        side = (meeting.id, participant.id)
        if before.get(side) != after.get(side):
            _tell(meeting)
    person_mail.tell_newcomers(ahead)


def _ahead(participant: Participant) -> Sequence[Meeting]:
    those = select(Meeting).join(Meeting.parties).join(Meeting.slot)
    those = those.where(MeetingParty.participant_id == participant.id, Meeting.state == "scheduled")
    those = those.where(Slot.starts_at > clock.now()).order_by(Meeting.id)
    places = (joinedload(Meeting.table), joinedload(Meeting.booth))
    return db.session.scalars(those.options(contains_eager(Meeting.slot), *places)).all()


def _tell(meeting: Meeting) -> None:
    meeting.sequence += 1
    fair = db.session.get_one(Fair, meeting.fair_id)
    slot: Any = meeting.slot
    entry = partial(entries.invitation, fair, meeting, slot, meeting.table or meeting.booth)
    letters.tell_sides(meeting, "meeting_who_comes", entry=entry, slot=slot, table=meeting.table, booth=meeting.booth)


def forget_addresses(fair_id: int, addresses: Collection[str], by: Any) -> None:
    """Name whoever has one of these addresses (in small letters) no longer; nothing is sent there any more."""
    theirs = select(StandIn).where(StandIn.fair_id == fair_id, func.lower(StandIn.email).in_(addresses))
    for person in db.session.scalars(
        theirs.options(joinedload(StandIn.participant), selectinload(StandIn.times))
    ).all():
        db.session.execute(delete(StandInTold).filter_by(stand_in_id=person.id))
        drop(person.participant, person, by)


def forget(participant_ids: Sequence[int]) -> None:
    """Take away whom these participants named."""
    mine = select(StandIn.id).where(StandIn.participant_id.in_(participant_ids))
    db.session.execute(delete(ComesInstead).where(ComesInstead.participant_id.in_(participant_ids)))
    for table in (StandInTime, StandInTold):
        db.session.execute(delete(table).where(table.stand_in_id.in_(mine)))
    db.session.execute(delete(StandIn).where(StandIn.participant_id.in_(participant_ids)))

"""When somebody of a participant is there, and who comes to a meeting: worked out, never stored, so never stale.

A participant has one meeting at a time, and a person stands in for one participant of a fair. Who takes part on
their own stands in for nobody: so nobody sits at two meetings at once.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from techfair.extensions import db
from techfair.meetings import participants
from techfair.meetings.models import Meeting, MeetingParty, Participant, Unavailability
from techfair.meetings.programme.models import MeetingProfile
from techfair.meetings.staff.models import ComesInstead, StandIn, StandInTime
from techfair.visitors.models import Registration


@dataclass(frozen=True)
class Coming:
    """Who comes for one side of a meeting; ``stand_in_id`` is None for whoever usually does."""

    name: str
    stand_in_id: int | None = None


Sides = Mapping[tuple[int, int], Coming]  # by meeting and participant; nobody where a company named nobody


def takes_part_alone() -> ColumnElement[bool]:
    """Whether the person of a stand-in's row has meetings of their own at the fair."""
    own = aliased(Participant)
    mine = select(own.id).join(MeetingProfile, MeetingProfile.participant_id == own.id)
    mine = mine.join(Registration, Registration.id == own.registration_id)
    return exists(
        mine.where(
            MeetingProfile.left_at.is_(None),
            own.fair_id == StandIn.fair_id,
            own.id != StandIn.participant_id,
            Registration.phone == StandIn.phone,
        )
    )


def apart(participant: Participant | None) -> set[int]:
    """Whom of those named it nevertheless cannot send: they take part on their own."""
    if participant is None:
        return set()
    mine = select(StandIn.id).where(StandIn.participant_id == participant.id, takes_part_alone())
    return set(db.session.scalars(mine))


def _there(ids: Collection[int], slot_ids: Collection[int]) -> dict[tuple[int, int], list[StandIn]]:
    """Who can stand in, by participant and slot, the one named first first."""
    rows = select(StandIn, StandInTime.slot_id).join(StandInTime, StandInTime.stand_in_id == StandIn.id)
    rows = rows.where(StandIn.participant_id.in_(ids), StandInTime.slot_id.in_(slot_ids), ~takes_part_alone())
    found: dict[tuple[int, int], list[StandIn]] = {}
    for person, slot_id in db.session.execute(rows.order_by(StandIn.id)):
        found.setdefault((person.participant_id, slot_id), []).append(person)
    return found


def _away(ids: Collection[int], slot_ids: Collection[int]) -> set[tuple[int, int]]:
    """When those who usually come cannot."""
    said = select(Unavailability.participant_id, Unavailability.slot_id)
    rows = db.session.execute(said.where(Unavailability.participant_id.in_(ids), Unavailability.slot_id.in_(slot_ids)))
    return {(row[0], row[1]) for row in rows}


def blocked(ids: Collection[int], slot_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """By participant, all of them, in which of these slots nobody of theirs can."""
    alone = _away(ids, slot_ids) - _there(ids, slot_ids).keys()
    return {id: frozenset(slot for who, slot in alone if who == id) for id in ids}


def of_meetings(meetings: Iterable[Meeting]) -> Sides:
    """Who comes to each meeting that is still to be held, where that is known by name; parties need not be loaded.

    Who came to one that is over was not asked then, and may have been somebody else.
    """
    timed = {one.id: one.slot_id for one in meetings if one.slot_id is not None and one.state == "scheduled"}
    if not timed:
        return {}
    sides = select(MeetingParty.meeting_id, Participant.id, Participant.comes).join(MeetingParty.participant)
    parties = db.session.execute(sides.where(MeetingParty.meeting_id.in_(timed))).all()
    ids, slot_ids = {row.id for row in parties}, set(timed.values())
    there = _there(ids, slot_ids)
    if not there and not any(row.comes for row in parties):
        return {}
    away, chosen = _away(ids, slot_ids), _chosen(timed)
    found: dict[tuple[int, int], Coming] = {}
    for meeting_id, who, usual in parties:
        at = (who, timed[meeting_id])
        if coming := _one(there.get(at, ()), chosen.get((meeting_id, who)), usual, is_away=at in away):
            found[meeting_id, who] = coming
    return found


def _chosen(meeting_ids: Iterable[int]) -> dict[tuple[int, int], int]:
    rows = db.session.scalars(select(ComesInstead).where(ComesInstead.meeting_id.in_(list(meeting_ids))))
    return {(row.meeting_id, row.participant_id): row.stand_in_id for row in rows}


def _one(there: Collection[StandIn], chosen: int | None, usual: str, *, is_away: bool) -> Coming | None:
    """The one chosen, if they can; else whoever usually comes, if they can; else the first who stands in."""
    able = [person for person in there if person.id == chosen] or (list(there) if is_away else [])
    if able:
        return Coming(able[0].full_name, able[0].id)
    return Coming(usual) if usual else None


def lines(meetings: Iterable[Meeting]) -> dict[int, list[str]]:
    """For each meeting a line a side, for mail and calendars: the participant, and who comes."""
    there = of_meetings(meetings)
    rows: Any = db.session.scalars(
        select(Participant).where(Participant.id.in_({who for _, who in there})).options(*participants.WITH_PARTY)
    )
    names = {one.id: participants.short_name_of(one) for one in rows} if there else {}
    told: dict[int, list[str]] = {}
    for (meeting_id, who), coming in there.items():
        told.setdefault(meeting_id, []).append(f"{names[who]}: {coming.name}")
    return told


def could_come(participant: Participant, meetings: Iterable[Meeting]) -> dict[int, list[StandIn]]:
    """Who could stand in at each of the participant's meetings."""
    timed = {one.id: one.slot_id for one in meetings if one.slot_id is not None}
    there = _there([participant.id], set(timed.values())) if timed else {}
    return {id: there[participant.id, slot] for id, slot in timed.items() if (participant.id, slot) in there}

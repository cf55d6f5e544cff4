"""Who may do what to participants, requests, meetings and connections, where somebody is signed in.

Visitors have no account: their own pages find what is theirs by the registration of their link (``mine``).
"""

from typing import Any

from sqlalchemy import select

from techfair.core import access
from techfair.exhibitors.models import Company
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import participants
from techfair.meetings.models import Connection, Meeting, MeetingParty, MeetingRequest, Participant
from techfair.meetings.rooms.models import Room


@access.rule(Participant)
def of_participant(user: Any, participant: Participant, to: str) -> bool:
    """``act``: the exhibitor's people; ``manage``: those who look after the fair's meetings."""
    return (to == "act" and participants.acts_for(user, participant)) or _manages(user, participant.fair_id, to)


@access.rule(Room)
def of_room(user: Any, room: Room, to: str) -> bool:
    """``manage``: those who look after the fair's meetings."""
    return _manages(user, room.fair_id, to)


@access.rule(MeetingRequest)
def of_request(user: Any, request: MeetingRequest, to: str) -> bool:
    """``answer``: who was asked; ``withdraw``: who asked; ``manage``: organizers."""
    side = {"answer": request.to_id, "withdraw": request.from_id}.get(to)
    if side is not None:
        return participants.acts_for(user, db.session.get_one(Participant, side))
    return _manages(user, request.fair_id, to)


@access.rule(Meeting)
def of_meeting(user: Any, meeting: Meeting, to: str) -> bool:
    """``edit``: the exhibitors who meet, for its outcome; ``day``: stewards at the tables; ``manage``: organizers."""
    if to == "day":
        return access.may(user, db.session.get_one(Fair, meeting.fair_id), "day")
    if to != "edit":
        return _manages(user, meeting.fair_id, to)
    sides = select(Participant).join(MeetingParty).where(MeetingParty.meeting_id == meeting.id)
    return any(participants.acts_for(user, side) for side in db.session.scalars(sides))


@access.rule(Connection)
def of_connection(user: Any, connection: Connection, to: str) -> bool:
    """``agree``: the two companies; ``manage``: organizers."""
    if to == "agree":
        both = (connection.first_id, connection.second_id)
        return any(access.may(user, db.session.get_one(Company, id), "act") for id in both)
    return _manages(user, connection.fair_id, to)


def _manages(user: Any, fair_id: int, to: str) -> bool:
    return to == "manage" and access.may(user, db.session.get_one(Fair, fair_id), "meetings")

"""Reads of the programme for the organizer: who takes part, and what became of it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from techfair.exhibitors import searching
from techfair.exhibitors.models import Company, Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.models import MeetingParty, MeetingRequest, Participant
from techfair.meetings.participants import WITH_PARTY
from techfair.meetings.programme.models import MeetingProfile
from techfair.visitors.models import Registration

JOINED = MeetingProfile.left_at.is_(None)


@dataclass(frozen=True)
class TakingPart:
    """A row of the organizer's list."""

    profile: MeetingProfile
    sent: int
    received: int
    meetings: int


def taking_part(fair: Fair, kind: str, text: str) -> Select[Any]:
    """Those who joined, with their counts, by the time they did; ``kind`` and words of the name narrow it."""
    mine = Participant.id
    sent = select(func.count()).where(MeetingRequest.from_id == mine).scalar_subquery()
    received = select(func.count()).where(MeetingRequest.to_id == mine).scalar_subquery()
    met = select(func.count()).where(MeetingParty.participant_id == mine).scalar_subquery()
    those = select(MeetingProfile, sent, received, met).join(MeetingProfile.participant)
    those = those.where(Participant.fair_id == fair.id, JOINED)
    if kind:
        those = those.where(MeetingProfile.kind == kind)
    if text.strip():
        those = those.where(named(text))
    those = those.options(joinedload(MeetingProfile.participant).options(*WITH_PARTY))
    return those.order_by(MeetingProfile.joined_at, Participant.id)


def named(text: str) -> ColumnElement[bool]:
    """Participants whose company or person holds the words."""
    companies = select(Exhibitor.id).join(Exhibitor.company).where(searching.found(text, Company.search_key))
    people = select(Registration.id).where(searching.found(text, Registration.search_key))
    return or_(Participant.exhibitor_id.in_(companies), Participant.registration_id.in_(people))


def counts(fair: Fair) -> dict[str, int]:
    """How many take part, by kind."""
    those = select(MeetingProfile.kind, func.count()).join(MeetingProfile.participant)
    rows = db.session.execute(those.where(Participant.fair_id == fair.id, JOINED).group_by(MeetingProfile.kind))
    return {row[0]: row[1] for row in rows}

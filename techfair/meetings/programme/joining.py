"""Joining the programme and leaving it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import or_, select

from techfair.core import audit, clock
from techfair.core.database import insert_new
from techfair.core.vietnamese import clean_text
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.meetings import outcomes, participants, requests
from techfair.meetings.models import Meeting, MeetingParty, MeetingRequest, Participant
from techfair.meetings.programme import rules
from techfair.meetings.programme.models import MeetingProfile, NotInterested
from techfair.visitors.models import Registration

AHEAD = ("agreed", "scheduled")


@dataclass(frozen=True)
class Said:
    """What someone who joins says of itself; an exhibitor's technologies and needs count besides."""

    languages: Sequence[str]
    offers: str = ""
    seeks: str = ""
    offer_sectors: Sequence[str] = ()
    seek_sectors: Sequence[str] = ()
    invests: bool = False


def join(party: Exhibitor | Registration, said: Said, by: Any) -> Participant:
    """Take part, or say something else from now on; who left joins again."""
    participant = participants.of_party(party)
    profile = db.session.get(MeetingProfile, participant.id, with_for_update=True)
    is_new = profile is None or profile.left_at is not None
    if profile is None:
        profile = MeetingProfile(participant_id=participant.id)
        db.session.add(profile)
    profile.kind = "investor" if said.invests else "visitor"
    profile.kind = rules.kind_of(party, profile)
    profile.offers, profile.seeks = clean_text(said.offers), clean_text(said.seeks)
    profile.offer_sectors, profile.seek_sectors = list(said.offer_sectors), list(said.seek_sectors)
    profile.left_at = None
    participant.languages = list(said.languages)
    audit.record("participant.joined" if is_new else "participant.changed", participant, by=by)
    return participant


def leave(participant: Participant, by: Any) -> None:
    """Take no part any more: open requests end, and meetings ahead are cancelled; the others are told by mail."""
    profile = db.session.get(MeetingProfile, participant.id, with_for_update=True)
    if profile is None or profile.left_at is not None:
        return
    profile.left_at = clock.now()
    reason = _("%(name)s takes no part in the meetings any more.", name=participants.name_of(participant))
    mine = or_(MeetingRequest.from_id == participant.id, MeetingRequest.to_id == participant.id)
    for request in db.session.scalars(select(MeetingRequest).where(mine, MeetingRequest.state == "sent")).all():
        if request.from_id == participant.id:
            requests.withdraw(request, by)
        else:
            requests.decline(request, by, reason)
    for meeting in meetings_ahead(participant):
        outcomes.cancel(meeting, by, reason)
    audit.record("participant.left", participant, by=by)


def turn_away(party: Exhibitor | Registration, other: Exhibitor | Registration) -> None:
    """Note that one does not wish to meet the other: for good, and told to nobody, so the log holds nothing of it."""
    mine, theirs = participants.pair(party, other)
    row = {"participant_id": mine.id, "other_id": theirs.id}
    insert_new(NotInterested, [row], returning=NotInterested.other_id)


def meetings_ahead(participant: Participant) -> Sequence[Meeting]:
    those = select(Meeting).join(MeetingParty).where(MeetingParty.participant_id == participant.id)
    return db.session.scalars(those.where(Meeting.state.in_(AHEAD)).order_by(Meeting.id)).all()

"""Naming what matters most, and what that weighs in the schedule."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select

from techfair.core import audit
from techfair.extensions import db
from techfair.meetings.models import Meeting, MeetingParty, Participant
from techfair.meetings.ranking.models import MOST, RankedMeeting

AHEAD = ("agreed", "scheduled")
OF_NOBODY, OF_SOME, OF_ALL = 1, 2, 3


def choose(participant: Participant, meeting_ids: Sequence[int], by: Any) -> None:
    """Name the meetings that matter most, the first first; of more than three, and of others' meetings, none."""
    mine = select(MeetingParty.meeting_id).join(Meeting, Meeting.id == MeetingParty.meeting_id)
    mine = mine.where(MeetingParty.participant_id == participant.id, Meeting.state.in_(AHEAD))
    own = set(db.session.scalars(mine))
    named = [id for id in dict.fromkeys(meeting_ids) if id in own][:MOST]
    db.session.execute(delete(RankedMeeting).filter_by(participant_id=participant.id))
    db.session.add_all(
        RankedMeeting(participant_id=participant.id, rank=rank, meeting_id=id) for rank, id in enumerate(named, 1)
    )
    audit.record("participant.ranked", participant, by=by, meetings=len(named))


def chosen(participant: Participant) -> list[int]:
    """The meetings that matter most to a participant, the first first."""
    mine = select(RankedMeeting.meeting_id).filter_by(participant_id=participant.id)
    return list(db.session.scalars(mine.order_by(RankedMeeting.rank)))


def weights(meetings: Sequence[Meeting]) -> Mapping[int, int]:
    """What each meeting weighs, its parties loaded: more where one side named it, most where all did."""
    ids = [one.id for one in meetings]
    counts = select(RankedMeeting.meeting_id, func.count()).where(RankedMeeting.meeting_id.in_(ids))
    named = {row[0]: row[1] for row in db.session.execute(counts.group_by(RankedMeeting.meeting_id))}
    return {one.id: _weight(named.get(one.id, 0), len(one.parties)) for one in meetings}


def _weight(named: int, parties: int) -> int:
    return OF_ALL if named >= parties else OF_SOME if named else OF_NOBODY

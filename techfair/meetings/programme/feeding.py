"""What the programme tells the schedule: what counts first, who speaks what, who meets at a booth of its own."""

from collections.abc import Collection

from sqlalchemy import select

from techfair.exhibitors.models import BoothAssignment
from techfair.extensions import db
from techfair.fairs.models import Booth, Fair
from techfair.meetings.models import Participant
from techfair.meetings.programme.models import MeetingProfile, MeetingRules
from techfair.meetings.scheduler import Goal

GOALS = {
    "meetings": (Goal.WEIGHT, Goal.ALONE, Goal.GAPS, Goal.WISHES),
    "everyone": (Goal.ALONE, Goal.WEIGHT, Goal.GAPS, Goal.WISHES),
    "gaps": (Goal.WEIGHT, Goal.GAPS, Goal.ALONE, Goal.WISHES),
}


def goals(fair: Fair) -> tuple[Goal, ...]:
    """What makes a timetable of the fair a good one, in the organizer's order."""
    rules = db.session.get(MeetingRules, fair.id)
    return GOALS[rules.aim if rules else "meetings"]


def languages(participants: Collection[int]) -> dict[int, frozenset[str]]:
    """The languages of those who joined and said them; of the others nothing is known."""
    those = select(Participant.id, Participant.languages).join(
        MeetingProfile, MeetingProfile.participant_id == Participant.id
    )
    told = db.session.execute(those.where(Participant.id.in_(participants), MeetingProfile.left_at.is_(None)))
    return {row.id: frozenset(row.languages) for row in told if row.languages}


def booths(fair: Fair, participants: Collection[int]) -> dict[int, Booth]:
    """The booth at which each exhibitor meets, its first by code; empty where meetings are held at tables."""
    rules = db.session.get(MeetingRules, fair.id)
    if rules is None or not rules.at_booths:
        return {}
    held = (
        select(Participant.id, Booth)
        .join(BoothAssignment, BoothAssignment.exhibitor_id == Participant.exhibitor_id)
        .join(Booth, Booth.id == BoothAssignment.booth_id)
        .where(Participant.id.in_(participants), BoothAssignment.state == "assigned")
        .order_by(Booth.code.desc())
    )
    return {row[0]: row[1] for row in db.session.execute(held)}

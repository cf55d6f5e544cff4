"""What the programme tells the schedule: what counts first, who speaks what, who meets at a booth of its own."""

from collections.abc import Collection, Iterable
from itertools import accumulate

from sqlalchemy import select

from techfair.exhibitors.models import BoothAssignment
from techfair.extensions import db
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.models import Fair
from techfair.meetings.models import Participant
from techfair.meetings.programme import rules
from techfair.meetings.programme.models import MeetingProfile
from techfair.meetings.scheduler import Goal, Point

HALLS_APART = 40  # squares that one is taken to walk from a hall to the next


def goals(fair: Fair) -> tuple[Goal, ...]:
    """What makes a timetable of the fair a good one, in the organizer's order."""
    return tuple(Goal(name) for name in rules.of_fair(fair).goals)


def languages(participants: Collection[int]) -> dict[int, frozenset[str]]:
    """The languages of those who joined and said them; of the others nothing is known."""
    those = select(Participant.id, Participant.languages).join(
        MeetingProfile, MeetingProfile.participant_id == Participant.id
    )
    told = db.session.execute(those.where(Participant.id.in_(participants), MeetingProfile.left_at.is_(None)))
    return {row.id: frozenset(row.languages) for row in told if row.languages}


def booths(fair: Fair, participants: Collection[int]) -> dict[int, Booth]:
    """The booth at which each exhibitor meets, its first by code; empty where meetings are held at tables."""
    if not rules.of_fair(fair).at_booths:
        return {}
    held = (
        select(Participant.id, Booth)
        .join(BoothAssignment, BoothAssignment.exhibitor_id == Participant.exhibitor_id)
        .join(Booth, Booth.id == BoothAssignment.booth_id)
        .where(Participant.id.in_(participants), BoothAssignment.state == "assigned")
        .order_by(Booth.code.desc())
    )
    return {row[0]: row[1] for row in db.session.execute(held)}


def lefts(fair: Fair) -> dict[int, int]:
    """How far from the left each hall begins, by its id, where all lie side by side on one plan."""
    halls = db.session.scalars(select(Hall).filter_by(fair_id=fair.id).order_by(Hall.code)).all()
    begins = accumulate((hall.columns + HALLS_APART for hall in halls), initial=0)
    return dict(zip((hall.id for hall in halls), begins, strict=False))


def spots(fair: Fair, booths: Iterable[Booth]) -> dict[int, Point]:
    """Where the middle of each booth lies, by its id, in squares of one plan with the halls side by side."""
    left = lefts(fair)
    return {
        booth.id: (left[booth.hall_id] + booth.x + booth.width // 2, booth.y + booth.height // 2) for booth in booths
    }

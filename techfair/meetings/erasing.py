"""What becomes of a person's meetings when their data are erased, and what they may read about them before."""

from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from techfair.core import clock
from techfair.extensions import db
from techfair.meetings import outcomes, requests
from techfair.meetings.calendars import feeds
from techfair.meetings.limits import numbers
from techfair.meetings.limits.models import MeetingLimit
from techfair.meetings.models import Meeting, MeetingParty, MeetingRequest, Participant
from techfair.meetings.programme.models import MeetingProfile
from techfair.meetings.staff import naming
from techfair.meetings.staff.models import StandIn
from techfair.meetings.swapping import wishing
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import erasing, stored

LETTERS = (
    "meeting_accepted",
    "meeting_asked",
    "meeting_cancelled",
    "meeting_countered",
    "meeting_declined",
    "meeting_draft",
    "meeting_dropped",
    "meeting_expired",
    "meeting_moved",
    "meeting_not_you",
    "meeting_reminder",
    "meeting_scheduled",
    "meeting_soon",
    "meeting_who_comes",
)
erasing.letters(*LETTERS)
erasing.letters_about(*LETTERS)


@erasing.registration_erased.connect
def leave(registration: Registration, ids: list[int], addresses: set[str], **_: Any) -> None:
    """End open wishes, cancel meetings that are still ahead, and blank what the person wrote."""
    mine = [participant.id for participant in db.session.scalars(_participants(ids))]
    _forget_profiles(mine)
    feeds.end(mine)
    wishing.forget(mine)
    numbers.forget(mine)
    for request in db.session.scalars(_requests(mine)).all():
        if request.state == "sent":
            requests.withdraw(request, by="visitor")
        if request.from_id in mine:
            request.message = request.time_wish = ""
        else:
            request.answer = ""
    ahead = select(Meeting).join(MeetingParty).where(MeetingParty.participant_id.in_(mine))
    for meeting in db.session.scalars(ahead.where(Meeting.state.in_(("agreed", "scheduled")))).all():
        outcomes.cancel(meeting, by="visitor")
    naming.forget_addresses(registration.fair_id, addresses, by="visitor")
    naming.forget(mine)  # only now, for those who were to come in their place are told of it


def _forget_profiles(mine: list[int]) -> None:
    for profile in db.session.scalars(select(MeetingProfile).where(MeetingProfile.participant_id.in_(mine))):
        profile.offers = profile.seeks = ""
        profile.offer_sectors, profile.seek_sectors = [], []
        profile.left_at = profile.left_at or clock.now()


@stored.section("meeting_profile")
def profiles(ids: list[int]) -> list[dict[str, Any]]:
    """What the person said of themselves when they joined."""
    mine = [participant.id for participant in db.session.scalars(_participants(ids))]
    said = db.session.scalars(select(MeetingProfile).where(MeetingProfile.participant_id.in_(mine)))
    names = ("kind", "offers", "seeks", "offer_sectors", "seek_sectors")
    limits = db.session.scalars(select(MeetingLimit).where(MeetingLimit.participant_id.in_(mine)))
    most = {one.participant_id: one.wished for one in limits}
    return [
        {name: getattr(profile, name) for name in names}
        | {"joined_at": profile.joined_at.isoformat(), "most_meetings": most.get(profile.participant_id)}
        for profile in said
    ]


@stored.section("meeting_stand_ins")
def stand_ins(ids: list[int]) -> list[dict[str, Any]]:
    """Whom the person named to come in their place."""
    people = [one for participant in db.session.scalars(_participants(ids)) for one in naming.of(participant)]
    names = ("full_name", "phone", "email", "language")
    return [{name: getattr(one, name) for name in names} for one in people]


@stored.section("meetings_in_place_of_others")
def in_place_of(ids: list[int]) -> list[dict[str, Any]]:
    """As what others named the person, by the address of the registration, to come in their place."""
    mine = select(Registration.email_key).where(Registration.id.in_(ids), Registration.email_key.is_not(None))
    named = select(StandIn).where(func.lower(StandIn.email).in_(mine)).options(selectinload(StandIn.times))
    return [
        {
            "full_name": one.full_name,
            "phone": one.phone,
            "email": one.email,
            "language": one.language,
            "times": len(one.times),
        }
        for one in db.session.scalars(named.order_by(StandIn.id))
    ]


@stored.section("meeting_requests")
def wishes(ids: list[int]) -> list[dict[str, Any]]:
    """The person's wishes to meet and those of others to meet them."""
    mine = [participant.id for participant in db.session.scalars(_participants(ids))]
    return [
        {
            "sent_at": request.sent_at.isoformat(),
            "by_me": request.from_id in mine,
            "state": request.state,
            "message": request.message,
            "answer": request.answer,
        }
        for request in db.session.scalars(_requests(mine).order_by(MeetingRequest.id))
    ]


@stored.section("meeting_swap_wishes")
def swaps(ids: list[int]) -> list[dict[str, Any]]:
    """What the person said of times in drafts of the timetable, and what the organizer answered."""
    mine = [participant.id for participant in db.session.scalars(_participants(ids))]
    return [
        {
            "sent_at": wish.sent_at.isoformat(),
            "note": wish.note,
            "better_at": wish.slot.starts_at.isoformat() if wish.slot else None,
            "state": wish.state,
            "answer": wish.answer,
        }
        for wish in wishing.of(mine)
    ]


def _participants(ids: list[int]) -> Any:
    return select(Participant).where(Participant.registration_id.in_(ids))


def _requests(mine: list[int]) -> Any:
    return select(MeetingRequest).where(or_(MeetingRequest.from_id.in_(mine), MeetingRequest.to_id.in_(mine)))

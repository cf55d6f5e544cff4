"""The rules of a fair's programme: when requests are taken, how many, and who may meet whom."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations_with_replacement
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from techfair.core import audit
from techfair.core.errors import ChangedMeanwhile, TechfairError
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.models import MeetingRequest, Participant
from techfair.meetings.programme.models import (
    EXPIRES_AFTER,
    GOALS,
    KINDS,
    REMINDS_BEFORE,
    MeetingProfile,
    MeetingRules,
    NotInterested,
)
from techfair.visitors.models import Registration


class KindsApart(TechfairError):
    code, status = "kinds_apart", 409
    message = _l("The organizer of this fair does not arrange meetings between the two of you.")


class QuotaReached(TechfairError):
    code, status = "meeting_quota_reached", 409
    message = _l("You have sent as many requests as this fair allows. Withdraw one that matters less to you.")


class HasLeft(TechfairError):
    code, status = "participant_has_left", 409
    message = _l("This participant takes no part in the meetings of this fair any more.")


def pair_of_kinds(one: str, other: str) -> str:
    """Two kinds of participants in one order, whoever asks."""
    return "-".join(sorted((one, other), key=KINDS.index))


PAIRS = tuple(pair_of_kinds(*pair) for pair in combinations_with_replacement(KINDS, 2))


def of_fair(fair: Fair) -> MeetingRules:
    """The rules in force; the defaults, which belong to no session, where none were set."""
    known = db.session.get(MeetingRules, fair.id)
    return known or MeetingRules(
        fair_id=fair.id,
        expires_after=EXPIRES_AFTER,
        reminds_before=REMINDS_BEFORE,
        apart=[],
        at_booths=False,
        goals=list(GOALS),
        version=0,
    )


def set_rules(fair: Fair, version: int, by: Any, **values: Any) -> None:
    """Lay down the rules of a fair; raises ChangedMeanwhile where another did since ``version``."""
    known = db.session.get(MeetingRules, fair.id, with_for_update=True)
    if (known.version if known else 0) != version:
        raise ChangedMeanwhile
    rules = known or MeetingRules(fair_id=fair.id)
    for name, value in values.items():
        setattr(rules, name, value)
    rules.version = version + 1
    db.session.add(rules)
    audit.record("meeting_rules.set", fair, by=by)


def takes_requests(fair: Fair) -> bool:
    """Whether today lies in the days in which the organizer takes requests; at a fair kept open it always does."""
    rules = of_fair(fair)
    if fair.open_outside_dates:
        return True
    return (rules.opens_on is None or rules.opens_on <= fair.today) and (
        rules.closes_on is None or fair.today <= rules.closes_on
    )


def kind_of(party: Exhibitor | Registration, profile: MeetingProfile | None) -> str:
    """What an exhibitor or a registered person is in the programme."""
    if isinstance(party, Exhibitor):
        return "exhibitor"
    if party.kind == "delegate":
        return "delegate"
    return "investor" if profile and profile.kind == "investor" else "visitor"


def kind_in(participant: Participant, profile: MeetingProfile | None) -> str:
    """The same of a participant whose party is loaded."""
    return kind_of(participant.exhibitor or participant.registration, profile)  # type: ignore[arg-type]


def profiles_of(*participants: Participant) -> dict[int, MeetingProfile]:
    """What the participants who ever joined say, by their id."""
    ids = [participant.id for participant in participants]
    said = db.session.scalars(select(MeetingProfile).where(MeetingProfile.participant_id.in_(ids)))
    return {profile.participant_id: profile for profile in said}


def check(fair: Fair, asking: Participant, *asked: Participant) -> None:
    """Whether one may ask the others. Raises HasLeft, KindsApart, QuotaReached."""
    rules, profiles = of_fair(fair), profiles_of(asking, *asked)
    if any(profile.left_at for id, profile in profiles.items() if id != asking.id):
        raise HasLeft
    own = kind_in(asking, profiles.get(asking.id))
    if any(pair_of_kinds(own, kind_in(one, profiles.get(one.id))) in rules.apart for one in asked):
        raise KindsApart
    if rules.quota is not None and sent_by(asking) >= rules.quota:
        raise QuotaReached


def is_turned_away(asking: Participant, asked: Participant) -> bool:
    """Whether the one who is asked said that they do not wish to meet; who asks never learns of it."""
    return db.session.get(NotInterested, (asked.id, asking.id)) is not None


def sent_by(participant: Participant) -> int:
    """How many of its requests count against the quota: all but those taken back."""
    counts = select(func.count()).where(MeetingRequest.from_id == participant.id, MeetingRequest.state != "withdrawn")
    return db.session.scalar(counts) or 0


@dataclass(frozen=True)
class Ends:
    """When a request ends by itself, and when its answer is called to mind; None for never."""

    expires_at: datetime
    remind_at: datetime | None


def ends(fair: Fair, sent_at: datetime) -> Ends:
    """How long a request that is sent now waits."""
    rules = of_fair(fair)
    expires_at = sent_at + timedelta(days=rules.expires_after)
    return Ends(expires_at, expires_at - timedelta(days=rules.reminds_before) if rules.reminds_before else None)

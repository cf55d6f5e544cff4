"""What an exhibitor and a visitor do alike with their own requests and meetings.

Whoever calls has found the participant: by sign-in and company, or by the registration of a mailed link. All
that is loaded here is that participant's own; anything else is not there (404).
"""

from collections.abc import Callable
from datetime import date
from itertools import groupby
from typing import Any

from flask import abort, flash, render_template, request
from flask_babel import gettext as _
from sqlalchemy import or_, select

from techfair.core import clock
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import front, participants, queries, requests, slots
from techfair.meetings.models import MeetingRequest, Participant, RequestParty, Slot
from techfair.meetings.programme.words import KIND_WORDS, language_names
from techfair.meetings.ranking import choosing as ranking
from techfair.meetings.requests import Wish
from techfair.meetings.staff import coming, naming
from techfair.meetings.times import choosing
from techfair.meetings.words import LEVELS, MEETING_STATES, REQUEST_STATES

AHEAD = ("agreed", "scheduled")
DEEDS = ("accept", "decline", "withdraw", "change", "counter")
OF_WHO_ASKED = ("withdraw", "change")


def page(template: str, fair: Fair, participant: Participant | None, **context: Any) -> str:
    """A participant's requests, timeline and times they cannot; an empty page for who takes no part yet."""
    mine = queries.requests_of(participant) if participant else []
    all_meetings = queries.meetings_of(participant) if participant else []
    ahead = [one for one in all_meetings if one.state in AHEAD]
    own_id = participant.id if participant else None
    return render_template(
        template,
        participant=participant,
        waiting=[one for one in mine if _waits_for(one, own_id)],
        # an accepted wish stands among the meetings
        sent=[one for one in mine if one.state != "accepted" and one.from_id == own_id],
        answered=[one for one in mine if one.from_id != own_id and _is_past(one, own_id)],
        meetings=ahead,
        ranked=ranking.chosen(participant) if participant and ahead else [],
        comes=coming.of_meetings(ahead),
        could_come=coming.could_come(participant, ahead) if participant else {},
        past=[one for one in all_meetings if one.state not in AHEAD],
        days=by_day(fair),
        blocked=choosing.blocked_slots(participant) if participant else set(),
        preferred=choosing.preferred_slots(participant) if participant else set(),
        name_of=participants.name_of,
        outcomes=front.outcomes,
        followings=front.followings,
        request_states=REQUEST_STATES,
        levels=LEVELS,
        now=clock.now(),
        meeting_states=MEETING_STATES,
        kind_words=KIND_WORDS,
        language_names=language_names,
        **context,
    )


def by_day(fair: Fair) -> list[tuple[date, list[Slot]]]:
    """The slots that are still to come, by the fair's local days."""
    coming = slots.ahead(fair)
    grouped = groupby(coming, key=lambda slot: clock.local_day(slot.starts_at, fair.timezone))
    return [(day, list(of_day)) for day, of_day in grouped]


def _waits_for(wish: MeetingRequest, own_id: int | None) -> bool:
    """Whether a wish waits for this participant's own answer."""
    if wish.state != "sent" or wish.from_id == own_id:
        return False
    return not any(one.participant_id == own_id and one.accepted_at for one in wish.group)


def _is_past(wish: MeetingRequest, own_id: int | None) -> bool:
    return wish.state != "accepted" and not _waits_for(wish, own_id)


def answer(participant: Participant, id: int, deed: str, by: Any) -> TechfairError | None:
    """Do one deed with one of the participant's own requests; a refusal is answered, not raised."""
    wish = _own_request(participant, id, deed)
    said = Wish(request.form.get("message", ""), None, request.form.get("time_wish", "")[:120], _level())
    deeds: dict[str, Callable[[], Any]] = {
        "accept": lambda: requests.accept(wish, by, participant.id),
        "decline": lambda: requests.decline(wish, by, request.form.get("reason", ""), participant.id),
        "withdraw": lambda: requests.withdraw(wish, by),
        "change": lambda: requests.change(wish, by, said),
        "counter": lambda: requests.counter(wish, by, said),
    }
    try:
        deeds[deed]()
    except (requests.ReasonMissing, requests.GroupStands) as refusal:
        db.session.rollback()
        return refusal
    flash(_done(deed), "good")
    return None


def _level() -> str:
    level = request.form.get("level", "")
    return level if level in LEVELS else ""


def _own_request(participant: Participant, id: int, deed: str) -> MeetingRequest:
    in_group = select(RequestParty.request_id).where(RequestParty.participant_id == participant.id)
    asked = or_(MeetingRequest.to_id == participant.id, MeetingRequest.id.in_(in_group))
    side = MeetingRequest.from_id == participant.id if deed in OF_WHO_ASKED else asked
    own = db.select(MeetingRequest).where(MeetingRequest.id == id, side)
    wish = db.session.scalars(own.options(*queries.BOTH_SIDES)).one_or_none()
    if wish is None or deed not in DEEDS:
        abort(404)
    found: MeetingRequest = wish
    return found


def _done(deed: str) -> str:
    words: dict[str, str] = {
        "accept": _("Accepted. You are told the time and table as soon as the organizer has made the schedule."),
        "decline": _("Declined. The other side is told."),
        "withdraw": _("The request is withdrawn."),
        "change": _("The request is changed. The other side reads it as it stands now."),
        "counter": _("Your proposal is sent. You are told by mail when it is answered."),
    }
    return words[deed]


def choose_times(participant: Participant, by: Any) -> None:
    """Keep the slots that are not ticked as times the participant cannot, and those it would rather have."""
    free, rather = ({int(id) for id in request.form.getlist(name) if id.isdecimal()} for name in ("free", "rather"))
    ahead = {slot.id for slot in slots.ahead(db.session.get_one(Fair, participant.fair_id))}
    with naming.telling(participant):
        choosing.block(participant, ahead - free, by, rather=rather)
    flash(_("Your times are saved."), "good")

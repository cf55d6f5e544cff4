"""A draft is shown to its people; they wish for other times; the organizer accepts or declines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from techfair.core import audit, clock
from techfair.core.errors import StepSkipped, TechfairError
from techfair.core.vietnamese import clean_line
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import letters, queries
from techfair.meetings.models import Meeting, Participant, Slot
from techfair.meetings.participants import WITH_PARTY
from techfair.meetings.swapping.models import SwapWish
from techfair.meetings.timetable import drafts, moving
from techfair.meetings.timetable.gathering import MOVABLE, place_of, planned_in
from techfair.meetings.timetable.models import PlannedMeeting, PlannedParty, TimetableDraft
from techfair.meetings.timetable.showing import Places, Shown


class NoTimeNamed(TechfairError):
    code, status = "swap_no_time", 422
    message = _l("They named no better time. Move the meeting on the board, or decline with a reason.")


class ReasonMissing(TechfairError):
    code, status, message = "swap_reason_missing", 422, _l("Say in a few words why; they read it.")


def show(fair: Fair, draft_id: int, by: Any) -> int:
    """Let everyone who meets in the open draft look at it, and tell them by mail; answer how many. Raises NoDraft."""
    draft = drafts.open_draft(fair, lock=True)
    if draft is None or draft.id != draft_id:
        raise drafts.NoDraft
    draft.shown_at = clock.now()
    placed = select(PlannedParty.participant_id).where(PlannedParty.draft_id == draft.id, PlannedParty.slot_id > 0)
    those = select(Participant).where(Participant.id.in_(placed)).options(*WITH_PARTY).order_by(Participant.id)
    people = db.session.scalars(those).all()
    for one in people:
        letters.tell_one(one, "meeting_draft")
    audit.record("timetable.shown", fair, by=by, participants=len(people))
    return len(people)


def shown_draft(fair: Fair) -> TimetableDraft | None:
    """The open draft, once its people may look at it."""
    draft = drafts.open_draft(fair)
    return draft if draft is not None and draft.shown_at else None


@dataclass(frozen=True)
class Planned:
    """One of a participant's meetings as the draft has it, with what they wished."""

    meeting: Meeting
    place: Shown
    wish: SwapWish | None


def planned(fair: Fair, participant: Participant | None) -> list[Planned]:
    """A participant's meetings in the shown draft, in the order of their times."""
    draft = shown_draft(fair)
    if draft is None or participant is None:
        return []
    mine = select(PlannedMeeting).join(
        PlannedParty,
        (PlannedParty.draft_id == PlannedMeeting.draft_id) & (PlannedParty.meeting_id == PlannedMeeting.meeting_id),
    )
    mine = mine.where(PlannedParty.draft_id == draft.id, PlannedParty.participant_id == participant.id)
    rows = {row.meeting_id: row for row in db.session.scalars(mine.where(PlannedMeeting.slot_id.is_not(None)))}
    those = select(Meeting).where(Meeting.id.in_(rows), Meeting.state.in_(MOVABLE)).options(*queries.WHOLE_MEETING)
    wishes = select(SwapWish).where(SwapWish.participant_id == participant.id, SwapWish.meeting_id.in_(rows))
    said = {wish.meeting_id: wish for wish in db.session.scalars(wishes.options(joinedload(SwapWish.slot)))}
    places = {id: place for id, row in rows.items() if (place := place_of(row))}
    where = Places.of(fair, list(places.values()))
    found = [
        Planned(one, shown, said.get(one.id))
        for one in db.session.scalars(those).unique()
        if (shown := where.shown(places.get(one.id)))
    ]
    return sorted(found, key=lambda one: (one.place.slot.starts_at, one.meeting.id))


def wish(participant: Participant, meeting: Meeting, slot_id: int | None, note: str, by: Any) -> None:
    """Say that the time of the draft suits badly, why, and when it would be better."""
    kept = db.session.get(SwapWish, (meeting.id, participant.id), with_for_update=True)
    kept = kept or SwapWish(meeting_id=meeting.id, participant_id=participant.id)
    kept.slot_id, kept.note, kept.state, kept.answer = slot_id, clean_line(note), "open", ""
    kept.sent_at = clock.now()
    db.session.add(kept)
    audit.record("meeting.swap_wished", meeting, by=by, participant=participant.id)


def open_wishes(fair: Fair) -> Sequence[tuple[SwapWish, Slot | None]]:
    """What waits for the organizer, the oldest first, each with the time that the draft has now."""
    draft = drafts.open_draft(fair)
    those = select(SwapWish).join(SwapWish.meeting).where(Meeting.fair_id == fair.id, SwapWish.state == "open")
    those = those.where(Meeting.state.in_(MOVABLE)).options(
        joinedload(SwapWish.slot),
        joinedload(SwapWish.participant).options(*WITH_PARTY),
        joinedload(SwapWish.meeting).options(*queries.WHOLE_MEETING),
    )
    wishes = db.session.scalars(those.order_by(SwapWish.sent_at)).unique().all() if draft else []
    times = {id: row.slot_id for id, row in planned_in(draft).items()} if wishes else {}
    slots = {slot.id: slot for slot in db.session.scalars(select(Slot).where(Slot.id.in_(times.values())))}
    return [(one, slots.get(times.get(one.meeting_id) or 0)) for one in wishes]


def accept(fair: Fair, meeting: Meeting, participant_id: int, by: Any) -> None:
    """Move the meeting in the draft to the time that was wished for; raises NoTimeNamed, StepSkipped, and Clash."""
    kept = _open(meeting, participant_id)
    if kept.slot_id is None:
        raise NoTimeNamed
    moving.move(fair, meeting, kept.slot_id, None, by)
    kept.state = "accepted"
    audit.record("meeting.swap_accepted", meeting, by=by, participant=participant_id)


def decline(meeting: Meeting, participant_id: int, reason: str, by: Any) -> None:
    """Leave the meeting where it is, and say why. Raises ReasonMissing, StepSkipped."""
    if not clean_line(reason):
        raise ReasonMissing
    kept = _open(meeting, participant_id)
    kept.state, kept.answer = "declined", clean_line(reason)
    audit.record("meeting.swap_declined", meeting, by=by, participant=participant_id)


def _open(meeting: Meeting, participant_id: int) -> SwapWish:
    kept = db.session.get(SwapWish, (meeting.id, participant_id), with_for_update=True)
    if kept is None or kept.state != "open":
        raise StepSkipped
    return kept


def of(participants: Sequence[int]) -> Sequence[SwapWish]:
    """All that these people wrote, in the order of time, each with the time that would be better."""
    theirs = select(SwapWish).where(SwapWish.participant_id.in_(participants)).options(joinedload(SwapWish.slot))
    return db.session.scalars(theirs.order_by(SwapWish.sent_at, SwapWish.meeting_id)).all()


def forget(participants: Sequence[int]) -> None:
    """Take away what these people wrote."""
    db.session.execute(delete(SwapWish).where(SwapWish.participant_id.in_(participants)))

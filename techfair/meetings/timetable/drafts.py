"""The open draft of a fair's timetable: kept from a run, compared with what is in force, thrown away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import joinedload

from techfair.core import audit, clock
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import slots
from techfair.meetings.models import Meeting
from techfair.meetings.scheduler import Schedule
from techfair.meetings.timetable import gathering
from techfair.meetings.timetable.gathering import MOVABLE, Gathered, Place, place_of
from techfair.meetings.timetable.models import PlannedMeeting, PlannedParty, TimetableDraft

Kind = Literal["added", "moved", "dropped", "left_out", "unchanged"]
KINDS: tuple[Kind, ...] = ("added", "moved", "dropped", "left_out", "unchanged")
NEVER_THERE = {
    "vi": "Một bên không gặp được vào khung giờ nào còn lại.",
    "en": "One side is free at none of the times that are left.",
}


class NoDraft(TechfairError):
    """The draft of the form is no longer the open one: published, thrown away, or replaced by a newer one."""

    code, status = "draft_gone", 409
    message = _l("This draft is no longer open: it was published, thrown away or replaced meanwhile.")


def open_draft(fair: Fair, lock: bool = False) -> TimetableDraft | None:
    mine = select(TimetableDraft).filter_by(fair_id=fair.id, state="open")
    if lock:
        mine = mine.with_for_update().execution_options(populate_existing=True)
    else:
        mine = mine.options(joinedload(TimetableDraft.made_by))
    return db.session.scalars(mine).one_or_none()


def published(fair: Fair) -> TimetableDraft | None:
    """The timetable published last."""
    those = select(TimetableDraft).where(TimetableDraft.fair_id == fair.id, TimetableDraft.state == "published")
    newest = those.options(joinedload(TimetableDraft.decided_by)).order_by(TimetableDraft.version.desc()).limit(1)
    return db.session.scalars(newest).one_or_none()


def keep(fair: Fair, gathered: Gathered, found: Schedule, way: str, by_id: int | None) -> TimetableDraft:
    """Store what a run found as the open draft, in place of the one before; a cancelled meeting is left out."""
    before = open_draft(fair, lock=True)
    now = gathering.standing(fair, before, lock=True)
    if before is not None:
        _end(before, by_id)
    draft = TimetableDraft(fair_id=fair.id, way=way, status=found.status, made_by_id=by_id)
    db.session.add(draft)
    db.session.flush()
    starts = {slot.id for slot in now.coming}
    standing_now = [one for one in found.assignments if int(one.slot) in starts]
    places = {gathered.meeting_of[one.meeting]: gathered.place(one) for one in standing_now}
    helpers = {gathered.meeting_of[one.meeting]: int(one.interpreter) for one in standing_now if one.interpreter}
    reasons: dict[int, Mapping[str, str]] = {gathered.meeting_of[one.meeting]: one.message for one in found.unplaced}
    alive = [one for one in now.meetings if one.state in MOVABLE]
    store(draft, alive, places, reasons, helpers, now.by_hand)
    return draft


def store(
    draft: TimetableDraft,
    meetings: Iterable[Meeting],
    places: Mapping[int, Place],
    reasons: Mapping[int, Mapping[str, str]],
    helpers: Mapping[int, int],
    by_hand: frozenset[int] = frozenset(),
) -> None:
    """Write a draft's rows: each meeting with its place, or with the reason why it has none."""
    rows, parties = [], []
    for one in meetings:
        place = places.get(one.id)
        reason = {} if place else reasons.get(one.id, NEVER_THERE)
        rows.append(
            {
                "draft_id": draft.id,
                "meeting_id": one.id,
                "slot_id": place and place.slot_id,
                "table_id": place and place.table_id,
                "booth_id": place and place.booth_id,
                "interpreter_id": helpers.get(one.id),
                "is_by_hand": one.id in by_hand and place is not None,
                "reason_vi": reason.get("vi", ""),
                "reason_en": reason.get("en", ""),
            }
        )
        parties += [
            {
                "draft_id": draft.id,
                "meeting_id": one.id,
                "participant_id": party.participant_id,
                "slot_id": place and place.slot_id,
            }
            for party in one.parties
        ]
    if rows:
        db.session.execute(insert(PlannedMeeting), rows)
        db.session.execute(insert(PlannedParty), parties)


def discard(fair: Fair, draft_id: int, by: Any) -> None:
    """Throw the open draft away; what is in force stays. Raises NoDraft."""
    draft = open_draft(fair, lock=True)
    if draft is None or draft.id != draft_id:
        raise NoDraft
    _end(draft, getattr(by, "id", None))
    audit.record("timetable.discarded", fair, by=by)


def _end(draft: TimetableDraft, by_id: int | None) -> None:
    draft.state, draft.decided_at, draft.decided_by_id = "discarded", clock.now(), by_id
    clear(draft)
    db.session.flush()


def clear(draft: TimetableDraft) -> None:
    """Take a draft's rows away: they hold slots, tables and people only while the draft is open."""
    for table in (PlannedParty, PlannedMeeting):
        db.session.execute(delete(table).where(table.draft_id == draft.id))


def forget(meeting_id: int) -> None:
    """Take a meeting that is cancelled out of drafts: its time and table there are free for others."""
    for table in (PlannedParty, PlannedMeeting):
        db.session.execute(delete(table).where(table.meeting_id == meeting_id))


@dataclass(frozen=True)
class Difference:
    """What publishing the draft would do to one meeting."""

    meeting_id: int
    kind: Kind
    old: Place | None
    new: Place | None
    reason_vi: str = ""
    reason_en: str = ""


def differences(fair: Fair, draft: TimetableDraft) -> list[Difference]:
    """The draft against what is in force, now. A time that has begun meanwhile is left as it is."""
    rows = db.session.execute(
        select(PlannedMeeting, Meeting)
        .join(Meeting, Meeting.id == PlannedMeeting.meeting_id)
        .where(PlannedMeeting.draft_id == draft.id, Meeting.state.in_(MOVABLE))
        .order_by(Meeting.id)
    )
    coming = {slot.id for slot in slots.ahead(fair)}
    found = []
    for row, meeting in rows:
        old, new = place_of(meeting), place_of(row)
        if (old and old.slot_id not in coming) or (new and new.slot_id not in coming):
            continue
        kind = _kind(old, new)
        found.append(Difference(meeting.id, kind, old, new, row.reason_vi, row.reason_en))
    return found


def _kind(old: Place | None, new: Place | None) -> Kind:
    if old == new:
        return "unchanged" if old else "left_out"
    if old is None:
        return "added"
    return "moved" if new else "dropped"


def agreed_since(fair: Fair, draft: TimetableDraft) -> int:
    """How many meetings were agreed after the draft was made, so that it does not know them."""
    known = select(PlannedMeeting.meeting_id).where(PlannedMeeting.draft_id == draft.id)
    fresh = select(Meeting.id).where(Meeting.fair_id == fair.id, Meeting.state == "agreed", Meeting.id.not_in(known))
    return len(db.session.scalars(fresh).all())

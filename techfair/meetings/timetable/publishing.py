"""Publishing a draft: it becomes what is in force, as a whole or not at all, and then people are told."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from techfair.core import audit, clock, formats, jobs
from techfair.core.errors import TechfairError
from techfair.core.languages import language
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair
from techfair.meetings import letters
from techfair.meetings.calendars import entries
from techfair.meetings.interpreters import feeding as interpreting
from techfair.meetings.models import Meeting, Slot, Table
from techfair.meetings.timetable import drafts
from techfair.meetings.timetable.drafts import Difference
from techfair.meetings.timetable.gathering import Place, planned_in
from techfair.meetings.timetable.models import CHANGES, PublishedChange, TimetableDraft
from techfair.meetings.timetable.showing import Places

AT_ONCE = 50  # meetings told about in one transaction


class DraftChanged(TechfairError):
    """Somebody changed the draft after these differences were shown."""

    code, status = "draft_changed", 409
    message = _l("The draft was changed after you opened this page. Look at the differences again.")


class PublishedMeanwhile(TechfairError):
    """Another organizer was faster."""

    code, status = "published_meanwhile", 409
    message = _l("Somebody else has published a timetable meanwhile. Look at what is in force now.")

    def __init__(self, last: TimetableDraft | None = None, fair: Fair | None = None) -> None:
        super().__init__()
        if last and fair and last.decided_by and last.decided_at:
            at = formats.format_time(last.decided_at, fair.timezone, language())
            self.message = _l(
                "%(name)s published timetable %(number)s at %(time)s. Look at what is in force now.",
                name=last.decided_by.full_name,
                number=last.version,
                time=at,
            )


class PlaceTaken(TechfairError):
    code, status = "place_taken", 409
    message = _l("A time or table of the draft was given to another meeting meanwhile. Schedule again.")


def publish(fair: Fair, draft_id: int, edition: int, by: Any) -> dict[str, int]:
    """Make the open draft, as it was in this edition, what is in force; answer how many of each change.

    A job then tells everyone concerned. Raises PublishedMeanwhile, DraftChanged, PlaceTaken; then nothing
    has changed, and the last published timetable stays in force.
    """
    draft = drafts.open_draft(fair, lock=True)
    if draft is None or draft.id != draft_id:
        raise PublishedMeanwhile(drafts.published(fair), fair)
    if draft.edition != edition:
        raise DraftChanged
    changes = drafts.differences(fair, draft)
    try:
        _apply(fair, draft, changes, by)
        draft.version, draft.state = _next_version(fair), "published"
        draft.decided_at, draft.decided_by_id = clock.now(), getattr(by, "id", None)
        drafts.clear(draft)
        db.session.flush()
    except IntegrityError as error:
        raise PlaceTaken from error
    counts = {kind: sum(one.kind == kind for one in changes) for kind in CHANGES}
    audit.record("timetable.published", fair, by=by, version=draft.version, **counts)
    jobs.start("tell_timetable", by=by, fair_id=fair.id, total=sum(counts.values()), draft_id=draft.id)
    return counts


def _next_version(fair: Fair) -> int:
    newest = db.session.scalar(select(func.max(TimetableDraft.version)).where(TimetableDraft.fair_id == fair.id))
    return (newest or 0) + 1


def _apply(fair: Fair, draft: TimetableDraft, changes: Sequence[Difference], by: Any) -> None:
    """Free all places that change first, for two meetings may swap theirs; then give the new ones."""
    meetings = _locked([one.meeting_id for one in changes])
    where = Places.of(fair, [place for one in changes for place in (one.old, one.new) if place])
    changed = [one for one in changes if one.kind in CHANGES]
    for one in changed:
        _free(meetings[one.meeting_id])
    db.session.flush()
    for one in changes:
        meeting = meetings[one.meeting_id]
        meeting.reason_unplaced_vi, meeting.reason_unplaced_en = one.reason_vi, one.reason_en
        if one.new and one.kind in CHANGES:
            _give(meeting, one.new)
    for one in changed:
        _record(draft, one, meetings[one.meeting_id], where, by)
    _hand_out_interpreters(draft)


def _hand_out_interpreters(draft: TimetableDraft) -> None:
    """All anew: which of two who can is at which meeting may have changed with those that were added."""
    interpreting.assign(
        {
            id: (row.interpreter_id, row.slot_id) if row.interpreter_id and row.slot_id else None
            for id, row in planned_in(draft).items()
        }
    )


def _locked(ids: Sequence[int]) -> dict[int, Meeting]:
    rows = select(Meeting).where(Meeting.id.in_(ids)).order_by(Meeting.id).with_for_update()
    rows = rows.options(selectinload(Meeting.parties)).execution_options(populate_existing=True)
    return {meeting.id: meeting for meeting in db.session.scalars(rows)}


def _free(meeting: Meeting) -> None:
    if meeting.state == "scheduled":
        meeting.move_to("agreed")
    meeting.slot_id = meeting.table_id = meeting.booth_id = None
    for party in meeting.parties:
        party.slot_id = None


def _give(meeting: Meeting, place: Place) -> None:
    meeting.move_to("scheduled")
    meeting.slot_id, meeting.table_id, meeting.booth_id = place
    for party in meeting.parties:
        party.slot_id = place.slot_id


def _record(draft: TimetableDraft, one: Difference, meeting: Meeting, where: Places, by: Any) -> None:
    meeting.sequence += 1
    db.session.add(
        PublishedChange(
            draft_id=draft.id,
            meeting_id=meeting.id,
            kind=one.kind,
            sequence=meeting.sequence,
            old_starts_at=where.times[one.old.slot_id].starts_at if one.old else None,
            old_place=where.code(one.old) if one.old else "",
        )
    )
    if one.new:
        at = where.times[one.new.slot_id].starts_at.isoformat()
        place: dict[str, Any] = {"table" if one.new.table_id is not None else "booth": where.code(one.new)}
        audit.record("meeting.scheduled", meeting, by=by, slot=at, **place)
    else:
        audit.record("meeting.agreed", meeting, by=by, reason=one.reason_en)


def tell(job: jobs.Job, draft_id: int) -> None:
    """Write to both sides of each meeting that a publication changed, once; commits some at a time."""
    waiting = select(PublishedChange).filter_by(draft_id=draft_id, told_at=None).order_by(PublishedChange.meeting_id)
    while changes := db.session.scalars(waiting.limit(AT_ONCE)).all():
        for change in changes:
            _tell(change)
            change.told_at = clock.now()
        done = job.done + len(changes)
        if not job.progress(done, max(job.total or 0, done)):
            return


def _tell(change: PublishedChange) -> None:
    meeting = db.session.get_one(Meeting, change.meeting_id)
    if meeting.sequence != change.sequence:
        return  # changed again since, and told about that
    fair = db.session.get_one(Fair, meeting.fair_id)
    if meeting.slot_id is None:
        old: Any = change.old_starts_at  # a constraint: what had no time is not dropped
        entry = partial(entries.removal, fair, meeting, old, None)
        letters.tell_sides(meeting, "meeting_dropped", entry=entry, old_starts_at=old)
        return
    slot = db.session.get_one(Slot, meeting.slot_id)
    table = db.session.get(Table, meeting.table_id) if meeting.table_id is not None else None
    booth = db.session.get(Booth, meeting.booth_id) if meeting.booth_id is not None else None
    entry = partial(entries.invitation, fair, meeting, slot, table or booth)
    before = {"old_starts_at": change.old_starts_at, "old_place": change.old_place}
    template = "meeting_moved" if change.kind == "moved" else "meeting_scheduled"
    letters.tell_sides(meeting, template, entry=entry, slot=slot, table=table, booth=booth, **before)

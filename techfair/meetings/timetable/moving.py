"""Moving one meeting by hand: in the draft, never in what is in force; what clashes is refused and says with whom."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from techfair.accounts.models import User
from techfair.core import audit, formats
from techfair.core.audit import AuditEntry
from techfair.core.errors import TechfairError
from techfair.core.languages import language
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import slots
from techfair.meetings.interpreters import feeding as interpreting
from techfair.meetings.limits import feeding as limiting
from techfair.meetings.models import Meeting, MeetingParty, Participant, Slot, Table
from techfair.meetings.participants import WITH_PARTY, short_name_of
from techfair.meetings.programme import feeding as programme
from techfair.meetings.rooms import feeding as rooms
from techfair.meetings.staff import coming
from techfair.meetings.timetable import drafts, gathering, running
from techfair.meetings.timetable.gathering import MOVABLE, Place, planned_in
from techfair.meetings.timetable.models import PlannedMeeting, PlannedParty, TimetableDraft


class Clash(TechfairError):
    """The meeting cannot be there; the message says who or what is in the way."""

    code, status = "meeting_clash", 409
    message = _l("This time or table was taken at this moment. Look at the board again.")


class RunUnderWay(TechfairError):
    code, status = "scheduling_under_way", 409
    message = _l("The scheduler is at work. Wait for its draft, or stop it.")


def move(fair: Fair, meeting: Meeting, slot_id: int, table_id: int | None, by: Any) -> Place:
    """Put a meeting at a time in the open draft, which begins with what is in force where there is none.

    Without a table it keeps its own or gets the first free one; who meets at a booth stays there. The next run
    leaves it where it is put. Raises Clash, RunUnderWay.
    """
    if running.is_under_way(fair):
        raise RunUnderWay
    slot = next((slot for slot in slots.ahead(fair) if slot.id == slot_id), None)
    if slot is None or meeting.state not in MOVABLE:
        raise Clash(_("This time has passed, or the meeting is over."))
    if meeting.is_locked:
        raise Clash(_("This meeting is locked. Unlock it first."))
    draft = drafts.open_draft(fair, lock=True) or _begin(fair, by)
    row = _row(draft, meeting)
    _keep_people(fair, draft, meeting, slot)
    _keep_limits(fair, draft, meeting, row, slot)
    place = _place(fair, draft, meeting, row, slot, table_id)
    helper = _interpreter(fair, draft, meeting, row, slot)
    parties = db.session.scalars(select(PlannedParty).filter_by(draft_id=draft.id, meeting_id=meeting.id)).all()
    row.slot_id, row.table_id, row.booth_id = place
    row.interpreter_id, row.is_by_hand, row.reason_vi, row.reason_en = helper, True, "", ""
    for party in parties:
        party.slot_id = slot.id
    draft.edition += 1
    try:
        db.session.flush()
    except IntegrityError as error:  # another organizer at the same moment
        raise Clash from error
    audit.record("timetable.moved", meeting, by=by, slot=slot.starts_at.isoformat())
    return place


def _begin(fair: Fair, by: Any) -> TimetableDraft:
    draft = TimetableDraft(fair_id=fair.id, way="hand", status="by_hand", made_by_id=getattr(by, "id", None))
    db.session.add(draft)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Clash from error
    now = gathering.standing(fair, None, lock=True)
    alive = [one for one in now.meetings if one.state in MOVABLE]
    reasons = {one.id: {"vi": one.reason_unplaced_vi, "en": one.reason_unplaced_en} for one in alive}
    drafts.store(draft, alive, now.places, reasons, interpreting.of_meetings(now.places))
    return draft


def _row(draft: TimetableDraft, meeting: Meeting) -> PlannedMeeting:
    """The meeting's row of the draft; one that was agreed since comes in now."""
    row = db.session.get(PlannedMeeting, (draft.id, meeting.id), with_for_update=True)
    if row is None:
        drafts.store(draft, [meeting], {}, {}, {})
        row = db.session.get_one(PlannedMeeting, (draft.id, meeting.id))
    return row


def _keep_people(fair: Fair, draft: TimetableDraft, meeting: Meeting, slot: Slot) -> None:
    ids = [party.participant_id for party in meeting.parties]
    at_that_time = db.session.execute(
        select(PlannedParty.participant_id, PlannedParty.meeting_id).where(
            PlannedParty.draft_id == draft.id,
            PlannedParty.participant_id.in_(ids),
            PlannedParty.slot_id == slot.id,
            PlannedParty.meeting_id != meeting.id,
        )
    ).first()
    if at_that_time is None:
        held = select(MeetingParty.participant_id, MeetingParty.meeting_id).join(Meeting)
        held = held.where(MeetingParty.participant_id.in_(ids), MeetingParty.slot_id == slot.id)
        at_that_time = db.session.execute(held.where(Meeting.state.not_in(MOVABLE))).first()
    if at_that_time is not None:
        raise Clash(
            _(
                "%(name)s is already in the meeting %(other)s at %(time)s.",
                name=_name(at_that_time[0]),
                other=_called(at_that_time[1]),
                time=_time(fair, slot),
            )
        )
    who = next((id for id, times in coming.blocked(ids, [slot.id]).items() if times), None)
    if who is not None:
        raise Clash(_("%(name)s cannot meet at %(time)s.", name=_name(who), time=_time(fair, slot)))


def _keep_limits(fair: Fair, draft: TimetableDraft, meeting: Meeting, row: PlannedMeeting, slot: Slot) -> None:
    """What the organizer laid down of order and numbers; one that has its time already counts no further."""
    bounds = limiting.bounds(fair, draft)
    if other := bounds.not_yet(meeting.id, slot.starts_at):
        raise Clash(
            _(
                "It must come after %(other)s, which is at %(time)s.",
                other=_called(other),
                time=_when(fair, bounds.starts[other]),
            )
        )
    if other := bounds.too_late(meeting.id, slot.starts_at):
        raise Clash(
            _(
                "It must come before %(other)s, which is at %(time)s.",
                other=_called(other),
                time=_when(fair, bounds.starts[other]),
            )
        )
    who = bounds.who_is_full(party.participant_id for party in meeting.parties) if row.slot_id is None else None
    if who is not None:
        raise Clash(
            _("%(name)s has as many meetings as set at most (%(most)s).", name=_name(who), most=bounds.full[who])
        )


def _place(
    fair: Fair, draft: TimetableDraft, meeting: Meeting, row: PlannedMeeting, slot: Slot, table_id: int | None
) -> Place:
    """The table asked for, if it is free; a booth where one of them meets at its own."""
    booth_id: int | None = row.booth_id
    if booth_id is None and row.table_id is None:
        own = programme.booths(fair, [party.participant_id for party in meeting.parties])
        booth_id = next((booth.id for booth in own.values()), None)
    if booth_id is not None:
        return Place(slot.id, None, booth_id)
    usable = rooms.usable_tables(fair, slot)
    taken = {
        one.table_id or 0: one.meeting_id
        for one in planned_in(draft).values()
        if one.slot_id == slot.id and one.meeting_id != meeting.id
    }
    free = [table for table in usable if table.id not in taken]
    own_table = [table for table in free if table.id == row.table_id]
    wanted = [table for table in free if table.id == table_id] if table_id is not None else own_table or free[:1]
    if wanted:
        return Place(slot.id, wanted[0].id, None)
    raise Clash(_full(fair, slot, taken.get(table_id or 0), free))


def _full(fair: Fair, slot: Slot, held_by: int | None, free: Sequence[Table]) -> str:
    """By what the table is taken, by whom it was given, and what is free instead."""
    at = _time(fair, slot)
    others = ", ".join(table.code for table in free[:8])
    instead = _("Free at %(time)s: %(tables)s.", time=at, tables=others) if others else _("No table is free then.")
    if held_by is None:
        return " ".join([_("This table cannot be used."), instead])
    taken = _("At %(time)s the table is taken by %(other)s.", time=at, other=_called(held_by))
    who = _mover(held_by)
    return " ".join([taken, *([_("%(name)s put it there.", name=who)] if who else []), instead])


def _mover(meeting_id: int) -> str | None:
    """Who moved a meeting by hand last."""
    entries = select(User.full_name).join(AuditEntry, AuditEntry.actor_id == User.id)
    entries = entries.filter(AuditEntry.object_type == "meeting", AuditEntry.object_id == str(meeting_id))
    return db.session.scalar(entries.filter(AuditEntry.action == "timetable.moved").order_by(AuditEntry.id.desc()))


def _interpreter(fair: Fair, draft: TimetableDraft, meeting: Meeting, row: PlannedMeeting, slot: Slot) -> int | None:
    """Who interprets then, if the two need one: the same as before, where that works."""
    helpers = interpreting.of_fair(fair, [slot])
    told = programme.languages([party.participant_id for party in meeting.parties])
    spoken = list(told.values())
    if not helpers or len(told) < len(meeting.parties) or frozenset.intersection(*spoken):
        return None
    busy = {
        one.interpreter_id
        for one in planned_in(draft).values()
        if one.slot_id == slot.id and one.meeting_id != meeting.id
    }
    able = [int(one.id) for one in helpers if slot.id not in one.unavailable and one.connects(spoken)]
    free = [id for id in able if id not in busy]
    if not free:
        raise Clash(_("They need an interpreter, and none who could help is free at %(time)s.", time=_time(fair, slot)))
    return row.interpreter_id if row.interpreter_id in free else free[0]


def _time(fair: Fair, slot: Slot) -> str:
    return formats.format_time(slot.starts_at, fair.timezone, language())


def _when(fair: Fair, at: datetime) -> str:
    """A time that may lie on another day."""
    day = formats.format_date(at.astimezone(fair.zone).date(), language())
    return f"{formats.format_time(at, fair.timezone, language())}, {day}"


def _name(participant_id: int) -> str:
    return short_name_of(
        db.session.scalars(select(Participant).filter_by(id=participant_id).options(*WITH_PARTY)).one()
    )


def _called(meeting_id: int) -> str:
    sides = select(MeetingParty).filter_by(meeting_id=meeting_id).order_by(MeetingParty.id)
    sides = sides.options(joinedload(MeetingParty.participant).options(*WITH_PARTY))
    return " – ".join(short_name_of(party.participant) for party in db.session.scalars(sides))

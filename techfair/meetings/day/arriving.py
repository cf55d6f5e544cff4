"""Checking in at the table, noting who did not come, and giving a free table to a pair that waits."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from techfair.accounts.models import User
from techfair.core import audit, clock
from techfair.core.database import insert_new
from techfair.core.errors import TechfairError
from techfair.exhibitors.models import Company, CompanyMember, Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import letters, outcomes
from techfair.meetings.calendars import entries
from techfair.meetings.day import now
from techfair.meetings.day.models import MeetingArrival
from techfair.meetings.interpreters import feeding as interpreting
from techfair.meetings.limits import feeding as limiting
from techfair.meetings.models import Meeting, MeetingParty, Participant, Slot, Table
from techfair.meetings.participants import WITH_PARTY
from techfair.meetings.programme import feeding
from techfair.meetings.staff.models import StandIn
from techfair.meetings.timetable import drafts
from techfair.visitors import badges
from techfair.visitors.models import Registration


class BadgeUnknown(TechfairError):
    code, status, message = "meeting_badge_unknown", 422, _l("This is no valid badge of this fair.")


class NoMeeting(TechfairError):
    code, status, message = "no_meeting_of_badge", 404, _l("This person has no meeting ahead.")


class NotYet(TechfairError):
    code, status = "meeting_too_early", 409
    message = _l("Their next meeting is later. Check them in again 20 minutes before it.")


class TableGone(TechfairError):
    code, status = "table_gone", 409
    message = _l("Somebody took this table or one of the two meanwhile. The page shows what is free now.")


class InterpreterGone(TechfairError):
    code, status = "interpreter_gone", 409
    message = _l("They need an interpreter, and nobody who could help is free now.")


def of_badge(fair: Fair, code: str) -> Sequence[Participant]:
    """As whom the bearer of a badge takes part: themselves, the exhibitor that they work for, for whom they stand in.

    Raises BadgeUnknown.
    """
    found = badges.find(fair, [code])[code]
    if found.badge is None or found.badge.state != "issued":
        raise BadgeUnknown
    person = db.session.get_one(Registration, found.badge.registration_id)
    works_for = Participant.exhibitor_id.in_(_exhibitors_of(fair, person))
    mine = select(Participant).where(Participant.fair_id == fair.id)
    named = StandIn.phone == (person.phone or None)
    stands_in = select(StandIn.participant_id).where(StandIn.fair_id == fair.id, named)
    mine = mine.where(or_(Participant.registration_id == person.id, works_for, Participant.id.in_(stands_in)))
    return db.session.scalars(mine.options(*WITH_PARTY)).all()


def _exhibitors_of(fair: Fair, person: Registration) -> Any:
    """The exhibitors for whom a person with this address acts, or whose staff this badge says they are."""
    members = select(CompanyMember.company_id).join(User, User.id == CompanyMember.user_id)
    exhibitors = select(Exhibitor.id).where(Exhibitor.fair_id == fair.id)
    belongs = Exhibitor.company_id.in_(members.where(User.email_key == person.email_key, User.is_active))
    if person.kind == "exhibitor_staff" and person.organisation:
        names = (Company.name_vi, Company.name_en, Company.short_name)
        named = select(Company.id).where(or_(*(name == person.organisation for name in names)))
        return exhibitors.where(or_(belongs, Exhibitor.company_id.in_(named)))
    return exhibitors.where(belongs)


def check_in(fair: Fair, code: str, by: Any) -> Meeting:
    """Note by a badge that its bearer came to the meeting that is on, or begins soon.

    Raises BadgeUnknown, NoMeeting, NotYet.
    """
    who = of_badge(fair, code)
    meeting = now.next_of(who)
    if meeting is None:
        raise NoMeeting
    if meeting.slot is not None and meeting.slot.starts_at - now.EARLY > clock.now():
        raise NotYet
    known = {one.id for one in who}
    for party in meeting.parties:
        if party.participant_id in known:
            arrive(meeting, party.participant_id, by)
    return meeting


def arrive(meeting: Meeting, participant_id: int, by: Any) -> None:
    """Note that one side came; once all have, the meeting is held."""
    row = {"meeting_id": meeting.id, "participant_id": participant_id, "arrived_at": clock.now()}
    if not insert_new(MeetingArrival, [row], returning=MeetingArrival.participant_id):
        return
    audit.record("meeting.arrived", meeting, by=by, participant=participant_id)
    came = select(func.count()).where(MeetingArrival.meeting_id == meeting.id)
    sides = select(func.count()).where(MeetingParty.meeting_id == meeting.id)
    if meeting.state == "scheduled" and db.session.scalar(came) == db.session.scalar(sides):
        outcomes.note_held(meeting, by)


def missed(meeting: Meeting, by: Any) -> None:
    """Note that somebody did not come: table and interpreter are free again, and who waited may meet another."""
    outcomes.note_held(meeting, by, took_place=False)
    interpreting.assign({meeting.id: None})
    meeting.table_id = meeting.booth_id = None
    db.session.execute(update(MeetingParty).filter_by(meeting_id=meeting.id).values(slot_id=None))


def give(fair: Fair, meeting: Meeting, slot: Slot, table: Table, by: Any) -> None:
    """Give a free table, and where it needs one an interpreter, to a pair that waits, at once; all are told.

    Raises TableGone, InterpreterGone, StepSkipped.
    """
    db.session.refresh(meeting, ["state"], with_for_update=True)
    if not now.may_be(meeting, slot, limiting.bounds(fair)):
        raise TableGone
    meeting.move_to("scheduled")
    meeting.slot_id, meeting.table_id = slot.id, table.id
    meeting.sequence += 1
    meeting.reason_unplaced_vi = meeting.reason_unplaced_en = ""
    try:
        db.session.execute(update(MeetingParty).filter_by(meeting_id=meeting.id).values(slot_id=slot.id))
        interpreting.assign({meeting.id: _interpreter(fair, meeting, slot)})
    except IntegrityError as error:
        raise TableGone from error
    drafts.forget(meeting.id)
    audit.record("meeting.given_at_once", meeting, by=by, slot=slot.starts_at.isoformat(), table=table.code)
    entry = partial(entries.invitation, fair, meeting, slot, table)
    letters.tell_sides(meeting, "meeting_scheduled", entry=entry, slot=slot, table=table, booth=None)


def _interpreter(fair: Fair, meeting: Meeting, slot: Slot) -> tuple[int, int] | None:
    spoken = feeding.languages([party.participant_id for party in meeting.parties])
    if not now.needs_interpreter(meeting, spoken):
        return None
    helper = now.helper_of(meeting, spoken, interpreting.free(fair, [slot])[slot.id])
    if helper is None:
        raise InterpreterGone
    return int(helper.id), slot.id


def whole(fair: Fair, id: int) -> Meeting | None:
    """A meeting of the fair with its time."""
    those = select(Meeting).filter_by(fair_id=fair.id, id=id).options(joinedload(Meeting.slot))
    return db.session.scalars(those).one_or_none()

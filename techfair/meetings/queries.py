"""Reads that this room's pages share."""

from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from techfair.core.jobs import Job
from techfair.exhibitors import searching
from techfair.exhibitors.models import Company
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.models import Connection, Meeting, MeetingParty, MeetingRequest, Participant, RequestParty, Slot
from techfair.meetings.participants import WITH_PARTY
from techfair.meetings.programme.models import NotInterested

BOTH_SIDES = (
    joinedload(MeetingRequest.from_participant).options(*WITH_PARTY),
    joinedload(MeetingRequest.to_participant).options(*WITH_PARTY),
    joinedload(MeetingRequest.technology),
    selectinload(MeetingRequest.group).joinedload(RequestParty.participant).options(*WITH_PARTY),
)
WHOLE_MEETING = (
    selectinload(Meeting.parties).joinedload(MeetingParty.participant).options(*WITH_PARTY),
    joinedload(Meeting.table),
    joinedload(Meeting.booth),
    joinedload(Meeting.request).joinedload(MeetingRequest.technology),
)


def requests_of(participant: Participant) -> Sequence[MeetingRequest]:
    """The wishes of and to a participant: those that wait for an answer first, then the newest."""
    turned_away = select(NotInterested.other_id).where(NotInterested.participant_id == participant.id)
    asks_me = (MeetingRequest.to_id == participant.id) & MeetingRequest.from_id.not_in(turned_away)
    in_group = select(RequestParty.request_id).where(RequestParty.participant_id == participant.id)
    asks_all = MeetingRequest.id.in_(in_group) & MeetingRequest.from_id.not_in(turned_away)
    mine = or_(MeetingRequest.from_id == participant.id, asks_me, asks_all)
    order = (MeetingRequest.state != "sent", MeetingRequest.sent_at.desc(), MeetingRequest.id.desc())
    return db.session.scalars(select(MeetingRequest).where(mine).options(*BOTH_SIDES).order_by(*order)).all()


def meetings_of(participant: Participant) -> Sequence[Meeting]:
    """A participant's meetings in the order of their times; those without one come last."""
    mine = select(Meeting).join(Meeting.parties).where(MeetingParty.participant_id == participant.id)
    mine = mine.outerjoin(Meeting.slot).options(contains_eager(Meeting.slot), *WHOLE_MEETING)
    return db.session.scalars(mine.order_by(Slot.starts_at.is_(None), Slot.starts_at, Meeting.id)).unique().all()


def meetings_at(fair: Fair, state: str) -> Select[Meeting]:
    """A fair's meetings in a state (or all) in the order of their times."""
    those = select(Meeting).outerjoin(Meeting.slot).where(Meeting.fair_id == fair.id)
    if state:
        those = those.where(Meeting.state == state)
    those = those.options(contains_eager(Meeting.slot), *WHOLE_MEETING)
    return those.order_by(Slot.starts_at.is_(None), Slot.starts_at, Meeting.table_id, Meeting.id)


def meeting_counts(fair: Fair) -> dict[str, int]:
    counted = select(Meeting.state, func.count()).where(Meeting.fair_id == fair.id).group_by(Meeting.state)
    return {row[0]: row[1] for row in db.session.execute(counted)}


def request_counts(fair: Fair) -> dict[str, int]:
    state = MeetingRequest.state
    counted = select(state, func.count()).where(MeetingRequest.fair_id == fair.id).group_by(state)
    return {row[0]: row[1] for row in db.session.execute(counted)}


def last_scheduling(fair: Fair) -> Job | None:
    """The newest run of the schedule, under way or over."""
    runs = select(Job).filter_by(name="schedule_meetings", fair_id=fair.id)
    return db.session.scalars(runs.order_by(Job.id.desc()).limit(1)).one_or_none()


def connections_of(company_id: int, fair: Fair) -> Sequence[Connection]:
    """A company's connections at a fair: those that are not decided first, then the newest."""
    mine = select(Connection).where(or_(Connection.first_id == company_id, Connection.second_id == company_id))
    order = (Connection.state != "proposed", Connection.id.desc())
    mine = mine.where(Connection.fair_id == fair.id, Connection.state.in_(("proposed", "confirmed")))
    both = (joinedload(Connection.first), joinedload(Connection.second))
    return db.session.scalars(mine.options(*both).order_by(*order)).all()


def connections_at(fair: Fair, state: str, text: str, origin: str = "", sector: str = "") -> Select[Connection]:
    """A fair's connections in a state (or all) whose parties or subject hold the words.

    ``origin`` and ``sector`` are keys of the report's figures: "KR", "connection_point/VN"; "mech".
    """
    those = select(Connection).where(Connection.fair_id == fair.id)
    if state:
        those = those.where(Connection.state == state)
    if origin:
        of_point, _, country = origin.rpartition("/")
        is_point = Connection.source == "connection_point"
        those = those.where(is_point if of_point else ~is_point, Connection.partner_country == country)
    if sector:
        those = those.where(func.coalesce(Connection.sector, "other") == sector)
    if text.strip():
        named = select(Company.id).where(searching.found(text, Company.search_key))
        pair = or_(Connection.first_id.in_(named), Connection.second_id.in_(named))
        those = those.where(or_(pair, searching.found(text, Connection.subject_key)))
    return those.options(joinedload(Connection.first), joinedload(Connection.second)).order_by(Connection.id.desc())


def connection_counts(fair: Fair) -> dict[str, int]:
    counted = select(Connection.state, func.count()).where(Connection.fair_id == fair.id).group_by(Connection.state)
    return {row[0]: row[1] for row in db.session.execute(counted)}

"""The report's figures of meetings and connections."""

from dataclasses import dataclass

from sqlalchemy import case, func, literal, select

from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.models import Connection, Meeting, MeetingRequest


@dataclass(frozen=True)
class MeetingCounts:
    """Wishes, those accepted, and the meetings that were given a time or held; each counted once."""

    requested: int
    accepted: int
    scheduled: int
    held: int


def meetings(fair: Fair) -> MeetingCounts:
    asked = select(func.count(), func.count(case((MeetingRequest.state == "accepted", 1))))
    requested, accepted = db.session.execute(asked.where(MeetingRequest.fair_id == fair.id)).one()
    placed = select(func.count(Meeting.slot_id), func.count(case((Meeting.state == "held", 1))))
    scheduled, held = db.session.execute(placed.where(Meeting.fair_id == fair.id)).one()
    return MeetingCounts(requested, accepted, scheduled, held)


def connections_by_source_country(fair: Fair) -> dict[str, int]:
    """Confirmed connections: those through a connection point first, the others by partner's country."""
    country = Connection.partner_country
    key = case((Connection.source == "connection_point", literal("connection_point/") + country), else_=country)
    return _confirmed(fair, key)


def connections_by_sector(fair: Fair) -> dict[str, int]:
    return _confirmed(fair, func.coalesce(Connection.sector, "other"))


def _confirmed(fair: Fair, key: object) -> dict[str, int]:
    counted = select(key, func.count()).where(Connection.fair_id == fair.id, Connection.state == "confirmed")  # type: ignore[call-overload]
    rows = db.session.execute(counted.group_by(key).order_by(func.count().desc(), key))
    return {str(name): count for name, count in rows}

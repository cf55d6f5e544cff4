"""Connections: a pair of companies and a subject, confirmed by both or with evidence; each counted once."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from techfair.core import audit, clock
from techfair.core.database import insert_new
from techfair.core.errors import TechfairError
from techfair.core.vietnamese import clean_line, clean_text, search_key
from techfair.exhibitors.models import Company, Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import letters
from techfair.meetings.models import Connection, Meeting, MeetingParty, Participant

HOME = "VN"


class ConnectionKnown(TechfairError):
    code, status = "connection_known", 409
    message = _l("This pair has a connection with this subject already.")


class OneCompanyTwice(TechfairError):
    code, status, message = "one_company_twice", 422, _l("Choose two different companies.")


class EvidenceMissing(TechfairError):
    code, status, message = "evidence_missing", 422, _l("Say what proves the connection.")


class SubjectMissing(TechfairError):
    code, status, message = "subject_missing", 422, _l("Say what the connection is about.")


class NotHeld(TechfairError):
    code, status = "meeting_not_held", 409
    message = _l("A connection comes of a meeting of two exhibitors that was held.")


def propose(
    fair: Fair,
    one: Company,
    other: Company,
    subject: str,
    by: Any,
    *,
    source: str = "other",
    sector: str | None = None,
    meeting: Meeting | None = None,
    arose_on: date | None = None,
    partner_country: str | None = None,
) -> Connection:
    """Note that two companies found each other on a subject. Raises OneCompanyTwice, ConnectionKnown.

    Without ``partner_country`` it is that of the one that is not at home here.
    """
    if one.id == other.id:
        raise OneCompanyTwice
    first, second = sorted((one, other), key=lambda company: company.id)
    row = {
        "fair_id": fair.id,
        "first_id": first.id,
        "second_id": second.id,
        "subject_vi": clean_line(subject),
        "subject_en": "",
        "subject_key": search_key(subject),
        "sector": sector,
        "meeting_id": meeting and meeting.id,
        "source": source,
        "partner_country": partner_country or next((c.country for c in (one, other) if c.country != HOME), HOME),
        "state": "proposed",
        "evidence": "",
        "arose_on": arose_on or fair.today,
    }
    made = insert_new(Connection, [row], returning=Connection.id)
    if not made:
        raise ConnectionKnown
    connection = db.session.get_one(Connection, made[0])
    audit.record("connection.proposed", connection, by=by)
    return connection


def confirm(connection: Connection, by: Any, evidence: str) -> None:
    """Confirm a connection with what proves it; it counts from now on. Raises EvidenceMissing, StepSkipped."""
    if not evidence.strip():
        raise EvidenceMissing
    _move(connection, "confirmed")
    connection.evidence, connection.confirmed_at = clean_text(evidence), clock.now()
    audit.record("connection.confirmed", connection, by=by, evidence=connection.evidence)


def agree(connection: Connection, company: Company, by: Any) -> None:
    """One of the two says that the connection stands; it counts once both have. Raises StepSkipped."""
    columns = ["state", "first_agreed_at", "second_agreed_at"]
    db.session.refresh(connection, columns, with_for_update=True)  # both may agree at once
    now = clock.now()
    if company.id == connection.first_id:
        connection.first_agreed_at = connection.first_agreed_at or now
    elif company.id == connection.second_id:
        connection.second_agreed_at = connection.second_agreed_at or now
    if connection.first_agreed_at and connection.second_agreed_at:
        connection.move_to("confirmed")
        connection.confirmed_at = now
    audit.record("connection.agreed", connection, by=by, company=company.id)


def of_held(meeting: Meeting, proposing: Participant, subject: str, by: Any) -> Connection:
    """Say that a held meeting of two exhibitors became a connection; the other side is asked by mail.

    Raises SubjectMissing, NotHeld, ConnectionKnown.
    """
    if not subject.strip():
        raise SubjectMissing
    companies = _companies(meeting)
    own, other = companies.pop(proposing.id, None), next(iter(companies.items()), None)
    if meeting.state != "held" or own is None or other is None:
        raise NotHeld
    fair = db.session.get_one(Fair, meeting.fair_id)
    connection = propose(fair, own, other[1], subject, by, source="meeting", meeting=meeting)
    agree(connection, own, by)
    letters.tell(other[0], "connection_proposed", about=proposing.id, connection=connection)
    return connection


def _companies(meeting: Meeting) -> dict[int, Company]:
    """The exhibitors of a meeting by their participant's id."""
    sides = select(Participant.id, Company).join(MeetingParty).join(Participant.exhibitor).join(Exhibitor.company)
    return {row[0]: row[1] for row in db.session.execute(sides.where(MeetingParty.meeting_id == meeting.id))}


def reject(connection: Connection, by: Any) -> None:
    """Say that a proposed connection is none. Raises StepSkipped."""
    _move(connection, "rejected")
    audit.record("connection.rejected", connection, by=by)


def _move(connection: Connection, state: str) -> None:
    db.session.refresh(connection, ["state"], with_for_update=True)
    connection.move_to(state)

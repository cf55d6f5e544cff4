"""Everything that is stored about a person, in one piece: what Law 91/2025/QH15 lets them see and take along."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from techfair.core import clock
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.gate_models import Gate, Scan
from techfair.visitors.models import Registration

Section = Callable[[list[int]], list[dict[str, Any]]]
_sections: dict[str, Section] = {}


def section(name: str) -> Callable[[Section], Section]:
    """Register ``(registration ids) -> rows``: what another room holds about a person."""

    def register(read: Section) -> Section:
        _sections[name] = read
        return read

    return register


def family(registration: Registration) -> list[Registration]:
    """All registrations that are this one person's, whichever was merged into which."""
    person = registration.person_id
    whole = (selectinload(Registration.badges), selectinload(Registration.consents))
    theirs = or_(Registration.id == person, Registration.merged_into_id == person)
    return list(db.session.scalars(select(Registration).where(theirs).order_by(Registration.id).options(*whole)))


def of(registration: Registration) -> dict[str, Any]:
    """The person's data as plain values, times in UTC; ``scans`` are those of gates, with what came of each."""
    people = family(registration)
    ids = [person.id for person in people]
    return {
        "fair": db.session.get_one(Fair, registration.fair_id).name,
        "as_of": _moment(clock.now()),
        "registrations": [_registration(person) for person in people],
        "scans": _scans(ids),
        **{name: read(ids) for name, read in _sections.items()},
    }


def _registration(person: Registration) -> dict[str, Any]:
    return {
        "full_name": person.full_name,
        "organisation": person.organisation,
        "email": person.email,
        "further_addresses_of_mails": person.written_to,
        "phone": person.phone,
        "kind": person.kind,
        "days_of_the_fair": person.days or None,
        "country": person.country,
        "province_code": person.province_code,
        "language": person.language,
        "state": person.state,
        "registered_at": _moment(person.created_at),
        "consents": [
            {"purpose": given.purpose, "given_at": _moment(given.given_at), "withdrawn_at": _moment(given.withdrawn_at)}
            for given in person.consents
        ],
        "badges": [
            {"number": badge.number, "state": badge.state, "issued_at": _moment(badge.issued_at)}
            for badge in person.badges
        ],
    }


def _scans(ids: list[int]) -> list[dict[str, Any]]:
    read = select(Scan, Gate).outerjoin(Gate, Gate.id == Scan.gate_id).where(Scan.registration_id.in_(ids))
    return [
        {
            "at": _moment(scan.scanned_at),
            "gate": gate.name if gate else None,
            "direction": scan.direction,
            "verdict": scan.verdict,
        }
        for scan, gate in db.session.execute(read.order_by(Scan.scanned_at))
    ]


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None

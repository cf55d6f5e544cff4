"""Who may do what to companies, applications, exhibitors, technologies and needs."""

from typing import Any

from sqlalchemy import select

from techfair.core import access
from techfair.exhibitors.models import Application, BoothAssignment, Company, CompanyMember, Exhibitor
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db
from techfair.fairs.models import Fair

BY_ANY_MEMBER = {"read", "act"}


def role_at(user: Any, company_id: int) -> str | None:
    """The user's role in a company: manager, staff or None."""
    if not user.is_authenticated:
        return None
    return db.session.scalar(select(CompanyMember.role).filter_by(user_id=user.id, company_id=company_id))


def _member_may(user: Any, company_id: int, to: str) -> bool:
    if to != "edit" and to not in BY_ANY_MEMBER:
        return False  # the organizers' deeds: no need to ask the database for each row of their lists
    role = role_at(user, company_id)
    return (role == "manager" and to == "edit") or (role is not None and to in BY_ANY_MEMBER)


def _organizer_may(user: Any, fair_id: int, to: str) -> bool:
    """``review`` (the grant exhibitors) and ``look`` (whoever may read the fair)."""
    grant = {"review": "exhibitors", "look": "read"}.get(to)
    return grant is not None and access.may(user, db.session.get_one(Fair, fair_id), grant)


@access.rule(Company)
def of_company(user: Any, company: Company, to: str) -> bool:
    """``edit`` (its managers), ``read`` and ``act`` (its staff too)."""
    return _member_may(user, company.id, to)


@access.rule(Application)
def of_application(user: Any, application: Application, to: str) -> bool:
    """As of its company; ``review`` and ``look`` for organizers of its fair."""
    return _member_may(user, application.company_id, to) or _organizer_may(user, application.fair_id, to)


@access.rule(Exhibitor)
def of_exhibitor(user: Any, exhibitor: Exhibitor, to: str) -> bool:
    """``see`` for everyone while it takes part in a public fair; else as of its application."""
    if to == "see":
        return exhibitor.is_active and access.may(user, db.session.get_one(Fair, exhibitor.fair_id), "see")
    return _member_may(user, exhibitor.company_id, to) or _organizer_may(user, exhibitor.fair_id, to)


@access.rule(BoothAssignment)
def of_assignment(user: Any, assignment: BoothAssignment, to: str) -> bool:
    """As of its exhibitor."""
    return of_exhibitor(user, db.session.get_one(Exhibitor, assignment.exhibitor_id), to)


@access.rule(Technology)
@access.rule(Need)
def of_record(user: Any, record: Technology | Need, to: str) -> bool:
    """``see`` for everyone once published; else as of its company."""
    if to == "see" and record.state == "published":
        return True
    return _member_may(user, record.company_id, "read" if to == "see" else to)

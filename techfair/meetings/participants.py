"""Who takes part in the meeting programme: exhibitors, and registered people by their own link."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from techfair.accounts import links
from techfair.accounts.models import User
from techfair.core.database import insert_new
from techfair.exhibitors import companies
from techfair.exhibitors.models import Company, CompanyMember, Exhibitor
from techfair.extensions import db
from techfair.meetings.models import Participant
from techfair.visitors import own
from techfair.visitors.models import Registration

WITH_PARTY = (joinedload(Participant.exhibitor).joinedload(Exhibitor.company), joinedload(Participant.registration))


@dataclass(frozen=True)
class Reach:
    """A person who is told about a participant's meetings, and the address of their own list."""

    email: str
    name: str
    language: str
    link: str


def pair(one: Exhibitor | Registration, other: Exhibitor | Registration) -> tuple[Participant, Participant]:
    """Both sides of a wish, made in one order whoever asks: two who ask each other never wait in a ring."""
    in_order = sorted((one, other), key=lambda party: (isinstance(party, Registration), party.id))
    made = {party: of_party(party) for party in in_order}
    return made[one], made[other]


def of_party(party: Exhibitor | Registration) -> Participant:
    return of_registration(party) if isinstance(party, Registration) else of_exhibitor(party)


def of_exhibitor(exhibitor: Exhibitor) -> Participant:
    """The exhibitor as a participant, made at its first wish."""
    company = db.session.get_one(Company, exhibitor.company_id)
    language = "vi" if company.language == "vi" else "en"
    return _of(Participant.exhibitor_id, exhibitor.id, exhibitor.fair_id, language)


def of_registration(registration: Registration) -> Participant:
    """The registered person as a participant, made at their first wish."""
    return _of(Participant.registration_id, registration.id, registration.fair_id, registration.language)


def _of(column: InstrumentedAttribute[Any], id: int, fair_id: int, language: str) -> Participant:
    row = {column.key: id, "fair_id": fair_id, "languages": [language]}
    insert_new(Participant, [row], returning=Participant.id)
    return db.session.scalars(select(Participant).where(column == id).options(*WITH_PARTY)).one()


def whole(id: int) -> Participant:
    """A participant with the company or the person it stands for."""
    return db.session.scalars(select(Participant).filter_by(id=id).options(*WITH_PARTY)).one()


def known_exhibitor(exhibitor: Exhibitor) -> Participant | None:
    return db.session.scalars(
        select(Participant).filter_by(exhibitor_id=exhibitor.id).options(*WITH_PARTY)
    ).one_or_none()


def known_registration(registration: Registration) -> Participant | None:
    mine = select(Participant).filter_by(registration_id=registration.id)
    return db.session.scalars(mine.options(*WITH_PARTY)).one_or_none()


def name_of(participant: Participant) -> str:
    """What the other side reads: the company, or the person with their organisation."""
    if participant.exhibitor is not None:
        return participant.exhibitor.company.name
    person: Any = participant.registration  # a constraint of the table says that there is one or the other
    return f"{person.full_name}, {person.organisation}" if person.organisation else str(person.full_name)


def short_name_of(participant: Participant) -> str:
    """What fits a timetable: the company's short name where it has one, or the person alone."""
    if participant.exhibitor is not None:
        return participant.exhibitor.company.short_name or participant.exhibitor.company.name
    person: Any = participant.registration
    return str(person.full_name)


def reached_at(participant: Participant) -> list[Reach]:
    """Everyone who is told: a company's people, or the person; nobody where no address is known."""
    if participant.exhibitor is None:
        return _person(participant.registration)
    company = participant.exhibitor.company
    people = select(User).join(CompanyMember, CompanyMember.user_id == User.id).filter_by(company_id=company.id)
    users = db.session.scalars(people.where(User.is_active).order_by(User.id))
    page = f"/exhibitor/meetings?company={company.public_ref}"
    return [Reach(user.email, user.full_name, user.language, links.sign_in_address(user, next=page)) for user in users]


def _person(registration: Registration | None) -> list[Reach]:
    if registration is None or registration.email is None:
        return []
    link = own.address(registration, then="/me/meetings")
    return [Reach(registration.email, registration.full_name, registration.language, link)]


def acts_for(user: Any, participant: Participant) -> bool:
    """Whether a signed-in user belongs to the exhibitor that takes part."""
    if participant.exhibitor_id is None or not user.is_authenticated:
        return False
    exhibitor = db.session.get_one(Exhibitor, participant.exhibitor_id)
    return exhibitor.company_id in {company.id for company in companies.of_user(user)}

"""Who may read a visitor's contact. Every page, file and answer about leads asks here, and nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from techfair.core.database import like
from techfair.core.vietnamese import search_key
from techfair.extensions import db
from techfair.visitors.leads.models import ContactShare, Lead
from techfair.visitors.models import Registration

WITH_PERSON = (joinedload(Lead.registration).selectinload(Registration.consents), selectinload(Lead.notes))


@dataclass(frozen=True)
class Contact:
    """How a person may be reached; both empty where they agreed to nothing that covers it."""

    email: str = ""
    phone: str = ""


def contacts(leads: Iterable[Lead]) -> dict[int, Contact]:
    """The contact of each lead, by the lead's id: only of who agrees now that exhibitors read it, or told this one."""
    leads = list(leads)
    people = [lead.registration_id for lead in leads]
    shares = select(ContactShare).where(ContactShare.registration_id.in_(people), ContactShare.withdrawn_at.is_(None))
    told = {(share.exhibitor_id, share.registration_id) for share in db.session.scalars(shares)}
    return {lead.id: _contact(lead, (lead.exhibitor_id, lead.registration_id) in told) for lead in leads}


def _contact(lead: Lead, is_told: bool) -> Contact:
    person = lead.registration
    if not (is_told or person.agrees_to("exhibitors_read")):
        return Contact()
    return Contact(person.email or "", person.phone or "")


def leads_of(exhibitor_id: int, text: str = "", rating: int | None = None) -> Select[Lead]:
    """An exhibitor's leads, the newest first, those whose name or organisation holds every word."""
    mine = select(Lead).filter_by(exhibitor_id=exhibitor_id).join(Registration).options(*WITH_PERSON)
    for word in search_key(text).split():
        mine = mine.where(Registration.search_key.like(f"%{like(word)}%", escape="\\"))
    if rating:
        mine = mine.where(Lead.notes.any(rating=rating))
    return mine.order_by(Lead.created_at.desc(), Lead.id.desc())

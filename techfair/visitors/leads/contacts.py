"""Who may read a visitor's contact. Every page, file and answer about leads asks here, and nowhere else."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Select, String, cast, exists, select
from sqlalchemy.orm import joinedload, selectinload

from techfair.core.database import like
from techfair.core.vietnamese import search_key, sort_key
from techfair.extensions import db
from techfair.visitors.leads.models import ContactShare, Lead, LeadNote
from techfair.visitors.models import Registration

WITH_PERSON = (joinedload(Lead.registration).selectinload(Registration.consents), selectinload(Lead.notes))


@dataclass(frozen=True)
class Contact:
    """How a person may be reached; both empty where they agreed to nothing that covers it."""

    email: str = ""
    phone: str = ""


def contacts(leads: Iterable[Lead]) -> dict[int, Contact]:
    """The contact of each lead, by the lead's id: only of who lets this exhibitor read it now."""
    leads = list(leads)
    words = words_of([lead.registration_id for lead in leads])
    return {lead.id: _contact(lead, words.get((lead.exhibitor_id, lead.registration_id))) for lead in leads}


def of_guests(exhibitor_id: int, guests: Collection[Registration]) -> dict[int, Contact]:
    """The contact of guests whom an exhibitor invited, by registration; their consents are loaded.

    Only of who lets this exhibitor read it. What a guest agreed to for all exhibitors speaks of those who scan
    the badge, so it counts once this one did.
    """
    ids = [guest.id for guest in guests]
    words = words_of(ids)
    scanned = select(Lead.registration_id).where(Lead.exhibitor_id == exhibitor_id, Lead.registration_id.in_(ids))
    met = set(db.session.scalars(scanned))
    told = {guest: words.get((exhibitor_id, guest.id)) for guest in guests}
    readable = {guest for guest, word in told.items() if may_read(guest, word) and (word or guest.id in met)}
    return {one.id: Contact(one.email or "", one.phone or "") if one in readable else Contact() for one in guests}


def words_of(registration_ids: Collection[int]) -> dict[tuple[int, int], bool]:
    """What these people told single exhibitors, by exhibitor and person: True given, False taken back."""
    told = select(ContactShare).where(ContactShare.registration_id.in_(registration_ids))
    in_order = told.order_by(ContactShare.withdrawn_at.is_(None), ContactShare.id)  # one that stands counts last
    return {(one.exhibitor_id, one.registration_id): one.withdrawn_at is None for one in db.session.scalars(in_order)}


def may_read(person: Registration, word: bool | None) -> bool:
    """Whether an exhibitor may read a person's contact: their word to it alone outweighs what they told all."""
    return person.agrees_to("exhibitors_read") if word is None else word


def _contact(lead: Lead, word: bool | None) -> Contact:
    person = lead.registration
    return Contact(person.email or "", person.phone or "") if may_read(person, word) else Contact()


@dataclass(frozen=True)
class LeadsWanted:
    """Which leads a list or a file holds: every word in name or organisation, the last rating, one of the tags."""

    text: str = ""
    rating: int | None = None
    tag: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.rating or self.tag)


def leads_of(exhibitor_id: int, wanted: LeadsWanted) -> Select[Lead]:
    """An exhibitor's leads that are wanted, the newest first."""
    mine = select(Lead).filter_by(exhibitor_id=exhibitor_id).join(Registration).options(*WITH_PERSON)
    for word in search_key(wanted.text).split():
        mine = mine.where(Registration.search_key.like(f"%{like(word)}%", escape="\\"))
    if wanted.rating:
        rated = select(LeadNote.rating).where(LeadNote.lead_id == Lead.id, LeadNote.rating.is_not(None))
        last = rated.order_by(LeadNote.noted_at.desc()).limit(1).scalar_subquery()
        mine = mine.where(last == wanted.rating)
    if wanted.tag:
        kept = cast(LeadNote.tags, String)  # the list as JSON, on both databases
        has_tag = kept.like(f"%{like(json.dumps(wanted.tag))}%", escape="\\")
        mine = mine.where(exists().where(LeadNote.lead_id == Lead.id, has_tag))
    return mine.order_by(Lead.created_at.desc(), Lead.id.desc())


def tags_of(exhibitor_id: int) -> list[str]:
    """All tags that an exhibitor's people gave, in the order of the alphabet."""
    given = select(LeadNote.tags).join(Lead).where(Lead.exhibitor_id == exhibitor_id)
    return sorted({tag for tags in db.session.scalars(given) for tag in tags}, key=sort_key)

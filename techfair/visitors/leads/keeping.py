"""What a visitor does at a booth: keep the exhibitor, leave their contact there, take it back."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload

from techfair.core import audit, clock
from techfair.core.database import insert_new
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.visitors.leads import noting, taps
from techfair.visitors.leads.contacts import may_read, words_of
from techfair.visitors.leads.models import ContactShare, KeptExhibitor, Lead, LeadNote, VisitorTap
from techfair.visitors.merging import registrations_merged
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import erasing, stored

WITH_COMPANY = joinedload(KeptExhibitor.exhibitor).joinedload(Exhibitor.company)


@taps.deed("keep")
def keep(person: Registration, exhibitor: Exhibitor, text: str, at: datetime) -> str:
    """Put an exhibitor on the person's own list; twice is once."""
    row = {"registration_id": person.id, "exhibitor_id": exhibitor.id, "kept_at": at}
    insert_new(KeptExhibitor, [row], returning=KeptExhibitor.exhibitor_id)
    return str(_("It is on your list."))


@taps.deed("let_go")
def let_go(person: Registration, exhibitor: Exhibitor, text: str, at: datetime) -> str:
    """Take an exhibitor off the list, unless it was put there after this was tapped."""
    mine = delete(KeptExhibitor).filter_by(registration_id=person.id, exhibitor_id=exhibitor.id)
    db.session.execute(mine.where(KeptExhibitor.kept_at <= at))
    return str(_("It is off your list."))


@taps.deed("leave_contact")
def leave_contact(person: Registration, exhibitor: Exhibitor, text: str, at: datetime) -> str:
    """Let one exhibitor read the person's contact, and make them a lead there; pressed twice it is once.

    A tap that arrives late changes nothing where the person took the contact back after it.
    """
    pair: dict[str, Any] = {"registration_id": person.id, "exhibitor_id": exhibitor.id}
    later = select(ContactShare.id).filter_by(**pair).where(ContactShare.withdrawn_at > at)
    if db.session.scalars(later.limit(1)).first():
        return str(_("You took your contact back from %(company)s after this.", company=exhibitor.company.name))
    row = pair | {"given_at": at, "withdrawn_at": None}
    if insert_new(ContactShare, [row], returning=ContactShare.id):
        noting.add(exhibitor, person, at=at, way="asked", text=text)
        audit.record("contact.left", person, by="visitor", exhibitor_id=exhibitor.id)
    return str(_("%(company)s may read your contact now.", company=exhibitor.company.name))


@taps.deed("take_back")
def take_back(person: Registration, exhibitor: Exhibitor, text: str, at: datetime) -> str:
    """From now on this exhibitor reads the name alone, whatever the person agreed to for all; what they typed goes.

    A contact that was left after this was tapped stays.
    """
    pair: dict[str, Any] = {"registration_id": person.id, "exhibitor_id": exhibitor.id}
    standing = update(ContactShare).filter_by(**pair, withdrawn_at=None).where(ContactShare.given_at <= at)
    if not db.session.scalars(standing.values(withdrawn_at=at).returning(ContactShare.id)).all():
        if db.session.scalars(select(ContactShare.id).filter_by(**pair, withdrawn_at=None)).first():
            return str(_("%(company)s may read your contact now.", company=exhibitor.company.name))
        db.session.add(ContactShare(**pair, given_at=at, withdrawn_at=at))
    theirs = select(Lead.id).filter_by(**pair)
    asked = update(LeadNote).where(LeadNote.lead_id.in_(theirs), LeadNote.way == "asked", LeadNote.noted_at <= at)
    db.session.execute(asked.values(text=""))
    audit.record("contact.taken_back", person, by="visitor", exhibitor_id=exhibitor.id)
    return str(_("%(company)s reads your contact no more.", company=exhibitor.company.name))


def kept_by(person: Registration) -> list[KeptExhibitor]:
    """The person's list, the newest first."""
    mine = select(KeptExhibitor).filter_by(registration_id=person.id).options(WITH_COMPANY)
    return list(db.session.scalars(mine.order_by(KeptExhibitor.kept_at.desc())))


def readers(person: Registration, exhibitor_ids: Collection[int]) -> set[int]:
    """Which of these exhibitors may read the person's contact now."""
    words = words_of([person.id])
    return {id for id in exhibitor_ids if may_read(person, words.get((id, person.id)))}


def scanned_by(ids: list[int]) -> list[LeadNote]:
    """By which exhibitors a person was scanned and when, the newest first."""
    company = joinedload(LeadNote.lead).joinedload(Lead.exhibitor).joinedload(Exhibitor.company)
    mine = select(LeadNote).join(Lead).where(Lead.registration_id.in_(ids)).options(company)
    return list(db.session.scalars(mine.order_by(LeadNote.noted_at.desc())))


@stored.section("exhibitors")
def _stored(ids: list[int]) -> list[dict[str, Any]]:
    """What exhibitors noted; it is about the person, so the person reads it."""
    return [
        {
            "exhibitor": note.lead.exhibitor.company.name,
            "at": note.noted_at.isoformat(),
            "way": note.way,
            "rating": note.rating,
            "tags": note.tags,
            "note": note.text,
            "answers": note.answers,
        }
        for note in scanned_by(ids)
    ]


@erasing.registration_erased.connect
def _forget(registration: Registration, ids: list[int], **also: Any) -> None:
    leads = select(Lead.id).where(Lead.registration_id.in_(ids))
    db.session.execute(delete(LeadNote).where(LeadNote.lead_id.in_(leads)))
    for model in (Lead, ContactShare, KeptExhibitor, VisitorTap):
        db.session.execute(delete(model).where(model.registration_id.in_(ids)))


@registrations_merged.connect
def _follow(kept: Registration, other: Registration, **also: Any) -> None:
    """Leads and list go to the registration that stays. A contact left goes on only where it was left twice."""
    for lead in db.session.scalars(select(Lead).filter_by(registration_id=other.id)).all():
        same = db.session.scalars(select(Lead).filter_by(registration_id=kept.id, exhibitor_id=lead.exhibitor_id))
        if there := same.one_or_none():
            db.session.execute(update(LeadNote).filter_by(lead_id=lead.id).values(lead_id=there.id))
            db.session.execute(delete(Lead).filter_by(id=lead.id))
        else:
            db.session.execute(update(Lead).filter_by(id=lead.id).values(registration_id=kept.id))
    db.session.execute(update(VisitorTap).filter_by(registration_id=other.id).values(registration_id=kept.id))
    refused = update(ContactShare).filter_by(registration_id=other.id).where(ContactShare.withdrawn_at.is_not(None))
    db.session.execute(refused.values(registration_id=kept.id))
    ended = update(ContactShare).filter_by(registration_id=other.id, withdrawn_at=None)
    db.session.execute(ended.values(withdrawn_at=clock.now()))
    for row in db.session.scalars(select(KeptExhibitor).filter_by(registration_id=other.id)).all():
        insert_new(
            KeptExhibitor,
            [{"registration_id": kept.id, "exhibitor_id": row.exhibitor_id, "kept_at": row.kept_at}],
            returning=KeptExhibitor.exhibitor_id,
        )
        db.session.execute(delete(KeptExhibitor).filter_by(registration_id=other.id, exhibitor_id=row.exhibitor_id))

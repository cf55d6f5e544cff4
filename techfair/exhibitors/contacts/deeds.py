"""Naming people of a company, changing what is said of them, making one the main contact, taking one away.

The log tells that it happened and to which number, not who it is: a name taken away shall be gone.
"""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from techfair.accounts.models import User
from techfair.core import access, audit
from techfair.core.database import insert_new
from techfair.core.errors import ChangedMeanwhile, TechfairError
from techfair.exhibitors import companies
from techfair.exhibitors.contacts.models import CompanyContact
from techfair.exhibitors.models import Company
from techfair.exhibitors.permissions import of_company
from techfair.extensions import db

MOST = 10
COLUMNS = ("name", "title_vi", "title_en", "email", "phone", "is_public")
WITH_COMPANY = (joinedload(CompanyContact.company),)


class ContactKnown(TechfairError):
    """The company has another contact of this name and address."""

    code, status = "contact_known", 409
    message = _l("Another contact has this name and e-mail address already.")


@access.rule(CompanyContact)
def of_contact(user: object, contact: CompanyContact, to: str) -> bool:
    """As of its company."""
    return of_company(user, contact.company, to)


def of(company_id: int, *, only_public: bool = False) -> Sequence[CompanyContact]:
    """The contacts beside the main one, the first named first; for the public only those shown with consent."""
    those = select(CompanyContact).filter_by(company_id=company_id)
    if only_public:
        those = those.where(CompanyContact.is_public)
    return db.session.scalars(those.order_by(CompanyContact.id)).all()


def add(company: Company, by: User, **values: Any) -> bool:
    """Name one more; False where it is there already, or where there is no room."""
    if len(of(company.id)) >= MOST:
        return False
    row = {"company_id": company.id, "version": 1} | values
    added = insert_new(CompanyContact, [row], returning=CompanyContact.id)
    if added:
        audit.record("company.contact_added", company, by=by, contact_id=added[0])
    return bool(added)


def change(contact: CompanyContact, by: User, version: int, **values: Any) -> None:
    """Save what changed; raises ChangedMeanwhile and ContactKnown."""
    if version != contact.version:
        raise ChangedMeanwhile
    changed = [name for name, value in values.items() if getattr(contact, name) != value]
    if not changed:
        return
    same = select(CompanyContact.id).filter_by(company_id=contact.company_id, name=values["name"])
    if db.session.scalar(same.where(CompanyContact.email == values["email"], CompanyContact.id != contact.id)):
        raise ContactKnown
    for name in changed:
        setattr(contact, name, values[name])
    companies.flush_or_tell()
    audit.record("company.contact_changed", contact.company, by=by, contact_id=contact.id, fields=changed)


def make_main(contact: CompanyContact, by: User) -> None:
    """Let it change places with the main contact, who stays as one beside it; each keeps what it consented to."""
    company, id = contact.company, contact.id
    was = {name: getattr(company, f"contact_{name}") for name in COLUMNS}
    becomes = {f"contact_{name}": getattr(contact, name) for name in COLUMNS}
    if was["name"]:
        for name, value in was.items():
            setattr(contact, name, value)
    else:  # a company that others noted had none
        db.session.delete(contact)
    companies.flush_or_tell()
    companies.change(company, by, company.version, **becomes)
    audit.record("company.contact_made_main", company, by=by, contact_id=id)


def remove(contact: CompanyContact, by: User) -> None:
    """Take it away for good."""
    db.session.delete(contact)
    audit.record("company.contact_removed", contact.company, by=by, contact_id=contact.id)

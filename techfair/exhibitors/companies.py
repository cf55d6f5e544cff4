"""Companies: one for each tax code, kept by their members, known from one fair to the next."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from techfair.accounts.models import User
from techfair.core import audit, database
from techfair.core.errors import ChangedMeanwhile, TechfairError
from techfair.exhibitors import searching
from techfair.exhibitors.catalogue import keeping
from techfair.exhibitors.models import Company, CompanyMember, CompanySector, Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair


class CompanyKnown(TechfairError):
    """The tax code belongs to a company that is here already; says nothing else about it."""

    code, status = "company_known", 409
    message = _l("A company with this tax code is registered already. Ask its people to let you join.")


def create(by: User, sectors: Sequence[str], **values: Any) -> Company:
    """A new company whose manager is ``by``; ``values`` are columns of Company.

    Raises CompanyKnown for a tax code that is taken, also by somebody who sends it at the same moment.
    """
    values["public_ref"] = searching.new_ref(values["name_vi"])
    inserted = database.insert_new(Company, [values], returning=Company.id)
    if not inserted:
        raise CompanyKnown
    company = db.session.get_one(Company, inserted[0])
    company.sectors = [CompanySector(sector=sector) for sector in sectors]
    company.search_key = searching.of_company(company)
    db.session.add(CompanyMember(company=company, user_id=by.id, role="manager"))
    keeping.keep(company)
    audit.record("company.created", company, by=by)
    return company


def note(name: str, country: str, by: User) -> Company:
    """A company that is only named, by others: nobody acts for it, and no public page lists it."""
    company = Company(name_vi=name, country=country, public_ref=searching.new_ref(name))
    company.search_key = searching.of_company(company)
    db.session.add(company)
    db.session.flush()
    audit.record("company.noted", company, by=by)
    return company


def change(company: Company, by: User, version: int, sectors: Sequence[str] | None = None, **values: Any) -> list[str]:
    """Save what changed of a company, and answer the names of those fields.

    ``version`` is the one its editor started from. Raises ChangedMeanwhile where somebody saved since
    then, and CompanyKnown for the tax code of another company.
    """
    if version != company.version:
        raise ChangedMeanwhile
    changed = [name for name, value in values.items() if getattr(company, name) != value]
    if "tax_code" in changed and _is_taken(values["tax_code"], company.id):
        raise CompanyKnown
    for name in changed:
        setattr(company, name, values[name])
    if sectors is not None and set(sectors) != {row.sector for row in company.sectors}:
        company.sectors = [CompanySector(sector=sector) for sector in sectors]
        changed.append("sectors")
    if changed:
        company.search_key = searching.of_company(company)
        company.version += 1  # also where only its sectors changed, which are rows of their own
        flush_or_tell()
        keeping.keep(company)
        audit.record("company.changed", company, by=by, fields=changed)
    return changed


def flush_or_tell() -> None:
    """Flush; where somebody saved in the same moment, say so instead of undoing it."""
    try:
        db.session.flush()
    except StaleDataError as error:
        raise ChangedMeanwhile from error


def _is_taken(tax_code: str | None, company_id: int) -> bool:
    other = select(Company.id).where(Company.tax_code == tax_code, Company.id != company_id)
    return tax_code is not None and db.session.scalar(other) is not None


def admit(company: Company, user: User, by: User | None, role: str = "staff") -> None:
    """Make a user act for a company; a member stays what they are."""
    row = {"company_id": company.id, "user_id": user.id, "role": role}
    if database.insert_new(CompanyMember, [row], returning=CompanyMember.id):
        audit.record("company.member_admitted", company, by=by, member_id=user.id, role=role)


def of_user(user: User) -> list[Company]:
    """The companies a user acts for, the first joined first."""
    mine = select(Company).join(CompanyMember, CompanyMember.company_id == Company.id).filter_by(user_id=user.id)
    return list(db.session.scalars(mine.order_by(CompanyMember.id)))


def exhibitor_of(user: User, fair: Fair) -> Exhibitor | None:
    """The exhibitor of a fair for which a user acts, or None."""
    mine = select(Exhibitor).join(CompanyMember, CompanyMember.company_id == Exhibitor.company_id)
    mine = mine.where(CompanyMember.user_id == user.id, Exhibitor.fair_id == fair.id, Exhibitor.is_active)
    return db.session.scalars(mine.order_by(CompanyMember.id).limit(1)).first()


def managers(company_id: int) -> list[User]:
    """Who decides for a company, and gets its mail."""
    return managers_of([company_id]).get(company_id, [])


def managers_of(company_ids: Sequence[int]) -> dict[int, list[User]]:
    """Who decides for each of these companies, the first joined first; one statement."""
    those = select(CompanyMember.company_id, User).join(User, CompanyMember.user_id == User.id)
    those = those.where(CompanyMember.company_id.in_(company_ids), CompanyMember.role == "manager", User.is_active)
    found: dict[int, list[User]] = {}
    for company_id, user in db.session.execute(those.order_by(CompanyMember.id)):
        found.setdefault(company_id, []).append(user)
    return found

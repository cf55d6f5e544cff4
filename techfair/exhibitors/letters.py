"""Mail to companies, in the company's language; each manager's letter holds their own sign-in link."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

from techfair.accounts import links
from techfair.accounts.models import User
from techfair.core import mail
from techfair.core.mail_addresses import parse_mail_address
from techfair.exhibitors import companies
from techfair.exhibitors.models import Application, Company, Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair

OWN_PAGE = "/exhibitor/applications/{id}"


def tell(application: Application, template: str, **context: Any) -> None:
    """Write ``template`` about an application to the company's managers, and to its contact if another."""
    page = OWN_PAGE.format(id=application.id)
    _write(application.company_id, application.fair_id, page, template, application=application, **context)


def tell_exhibitor(exhibitor: Exhibitor, template: str, page: str, **context: Any) -> None:
    """Write ``template`` to an exhibitor's people, with the way to ``page`` of their own pages."""
    _write(exhibitor.company_id, exhibitor.fair_id, page, template, **context)


@dataclass(frozen=True)
class Reader:
    """Who gets a company's mail: its managers, each with a way in, and its contact if that is another."""

    to: str
    name: str
    manager: User | None = None


def readers(those: Sequence[Company]) -> dict[int, list[Reader]]:
    """Who gets the mail of each of these companies; one statement."""
    managers = companies.managers_of([company.id for company in those])
    return {company.id: _readers(company, managers.get(company.id, [])) for company in those}


def _readers(company: Company, managers: list[User]) -> list[Reader]:
    found = [Reader(manager.email, manager.full_name, manager) for manager in managers]
    if company.contact_email and _is_another(company.contact_email, [manager.email_key for manager in managers]):
        found.append(Reader(company.contact_email, company.contact_name))
    return found


def shown(fair: Fair, company: Company, template: str, reason: str) -> tuple[str, str]:
    """Subject and text of a decision's letter to a company's first reader, without the link that lets one in."""
    first = next(iter(readers([company])[company.id]), Reader("", ""))
    said = {"company": company, "application": SimpleNamespace(reason=reason), "booths": [], "link": "https://…"}
    return mail.compose(template, name=first.name, language=company.language, fair=fair, **said)


def _write(company_id: int, fair_id: int, page: str, template: str, **context: Any) -> None:
    company = db.session.get_one(Company, company_id)
    fair = db.session.get_one(Fair, fair_id)
    send = partial(mail.queue, template, language=company.language, fair=fair, company=company, **context)
    for reader in readers([company])[company.id]:
        # The contact's address proves nobody's account, so its way asks for sign-in.
        way = links.sign_in_address(reader.manager, next=page) if reader.manager else mail.base_url() + page
        send(to=reader.to, name=reader.name, link=way)


def _is_another(address: str, known: list[str]) -> bool:
    return parse_mail_address(address, allow_test=True).compared not in known

"""Mail to companies, in the company's language; each manager's letter holds their own sign-in link."""

from functools import partial
from typing import Any

from flask import current_app

from techfair.accounts import links
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


def _write(company_id: int, fair_id: int, page: str, template: str, **context: Any) -> None:
    company = db.session.get_one(Company, company_id)
    fair = db.session.get_one(Fair, fair_id)
    send = partial(mail.queue, template, language=company.language, fair=fair, company=company, **context)
    managers = companies.managers(company.id)
    for manager in managers:
        link = links.sign_in_address(manager, next=page)
        send(to=manager.email, name=manager.full_name, link=link)
    if company.contact_email and _is_another(company.contact_email, [manager.email_key for manager in managers]):
        link = current_app.config["BASE_URL"] + page  # asks for sign-in: the address proves nobody's account
        send(to=company.contact_email, name=company.contact_name, link=link)


def _is_another(address: str, known: list[str]) -> bool:
    return parse_mail_address(address, allow_test=True).compared not in known

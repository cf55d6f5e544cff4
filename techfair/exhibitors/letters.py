"""Mail to companies, in the company's language; each manager's letter holds their own sign-in link."""

from functools import partial
from typing import Any

from flask import current_app

from techfair.accounts import links
from techfair.core import mail
from techfair.core.mail_addresses import parse_mail_address
from techfair.exhibitors import companies
from techfair.exhibitors.models import Application, Company
from techfair.extensions import db
from techfair.fairs.models import Fair

OWN_PAGE = "/exhibitor/applications/{id}"


def tell(application: Application, template: str, **context: Any) -> None:
    """Write ``template`` about an application to the company's managers, and to its contact if another."""
    company = db.session.get_one(Company, application.company_id)
    fair = db.session.get_one(Fair, application.fair_id)
    page = OWN_PAGE.format(id=application.id)
    context |= {"application": application, "company": company}
    send = partial(mail.queue, template, language=company.language, fair=fair, **context)
    managers = companies.managers(company.id)
    for manager in managers:
        link = links.sign_in_address(manager, next=page)
        send(to=manager.email, name=manager.full_name, link=link)
    if company.contact_email and _is_another(company.contact_email, [manager.email_key for manager in managers]):
        link = current_app.config["BASE_URL"] + page  # asks for sign-in: the address proves nobody's account
        send(to=company.contact_email, name=company.contact_name, link=link)


def _is_another(address: str, known: list[str]) -> bool:
    return parse_mail_address(address, allow_test=True).compared not in known

"""A second person of a company that is here already: asks its managers, who let them in by a mailed link.

Nothing of the company is ever told to who asks; the answer is the same whether they belong to it or not.
"""

from dataclasses import dataclass

from sqlalchemy import select

from techfair.accounts import links as sign_in_links
from techfair.accounts import people
from techfair.accounts.models import User
from techfair.core import links, mail
from techfair.exhibitors import companies
from techfair.exhibitors.models import Company
from techfair.extensions import db
from techfair.fairs.models import Fair

PURPOSE, DAYS = "company.join", 14


@dataclass(frozen=True)
class Wish:
    """Who asks to join which company, as the signed link says it."""

    company_id: int
    email: str
    full_name: str


def ask(fair: Fair, *, tax_code: str, email: str, full_name: str, language: str) -> None:
    """Write to the company's managers; one of them who forgot gets their own sign-in link instead."""
    company = db.session.scalars(select(Company).filter_by(tax_code=tax_code)).one_or_none()
    if company is None:
        return
    user = people.by_email(email)
    if user is not None and company in companies.of_user(user):
        link = sign_in_links.sign_in_address(user, next="/exhibitor/")
        mail.queue("company_known", to=user.email, name=user.full_name, language=language, fair=fair, link=link)
        return
    token = links.sign(PURPOSE, [company.id, email, full_name])
    for manager in companies.managers(company.id):
        link = sign_in_links.sign_in_address(manager, next=f"/exhibitor/join/{token}")
        mail.queue(
            "company_join",
            to=manager.email,
            name=manager.full_name,
            language=company.language,
            fair=fair,
            company=company,
            asker=full_name,
            asker_email=email,
            link=link,
        )


def read(token: str) -> Wish:
    """Who asks; raises links.LinkExpired, links.LinkBroken."""
    return Wish(*links.read(PURPOSE, token, days=DAYS))


def let_in(wish: Wish, company: Company, by: User) -> User:
    """Make the person one of the company's staff and tell them."""
    user = people.person(wish.email, wish.full_name, language=company.language)
    companies.admit(company, user, by)
    link = sign_in_links.sign_in_address(user, next="/exhibitor/")
    mail.queue(
        "company_joined", to=user.email, name=user.full_name, language=company.language, company=company, link=link
    )
    return user

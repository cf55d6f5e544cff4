"""Mail about what is kept back: to the company when somebody asks, to who asked when it is decided."""

from functools import partial
from typing import Any

from techfair.accounts import links
from techfair.core import mail
from techfair.exhibitors import companies
from techfair.exhibitors.disclosure import readers
from techfair.exhibitors.disclosure.models import DisclosureRequest
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db
from techfair.fairs.models import Fair

OWN_PAGE = "/exhibitor/disclosures/{id}"


def tell_company(request: DisclosureRequest, technology: Technology) -> None:
    """Write to the company's managers that somebody asks, with the way to the request."""
    company = technology.company
    told: dict[str, Any] = {"request": request, "technology": technology, "company": company}
    send = partial(mail.queue, "disclosure_asked", language=company.language, fair=_fair(request), **told)
    for manager in companies.managers(company.id):
        link = links.sign_in_address(manager, next=OWN_PAGE.format(id=request.id))
        send(to=manager.email, name=manager.full_name, link=link)


def tell_reader(request: DisclosureRequest, technology: Technology, template: str) -> None:
    """Write to who asked; a visitor without an address reads it on their own page."""
    reader = readers.known(request.asker)
    if reader is None or not reader.email:
        return
    told: dict[str, Any] = {"request": request, "technology": technology, "company": technology.company}
    mail.queue(
        template,
        to=reader.email,
        name=reader.name,
        language=reader.language,
        fair=_fair(request),
        link=reader.link(),
        **told,
    )


def _fair(request: DisclosureRequest) -> Fair | None:
    return db.session.get(Fair, request.fair_id) if request.fair_id else None

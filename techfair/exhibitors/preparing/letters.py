"""Mail about what is still to be done, to the company in its language."""

from functools import partial

from techfair.accounts import links
from techfair.core import mail
from techfair.exhibitors import companies
from techfair.exhibitors.preparing.progress import Progress
from techfair.exhibitors.preparing.tasks import Item
from techfair.fairs.models import Fair

OWN_PAGE = "/exhibitor/preparing"


def remind(fair: Fair, one: Progress, items: list[Item]) -> None:
    """Tell the managers of a company what is due, the earliest first."""
    company = one.exhibitor.company
    ordered = sorted(items, key=lambda item: str(item.due_on))
    send = partial(mail.queue, "preparation_due", language=company.language, fair=fair, company=company, items=ordered)
    for manager in companies.managers(company.id):
        send(to=manager.email, name=manager.full_name, link=links.sign_in_address(manager, next=OWN_PAGE))

"""Mail about fees, to the company in its language."""

from functools import partial

from techfair.accounts import links
from techfair.core import mail
from techfair.exhibitors import companies
from techfair.exhibitors.fees.models import Fee
from techfair.exhibitors.models import Company, Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair

OWN_PAGE = "/exhibitor/fees/{id}"


def tell(fee: Fee, template: str) -> None:
    """Write ``template`` to the managers of the company that pays."""
    exhibitor = db.session.get_one(Exhibitor, fee.exhibitor_id)
    company, fair = db.session.get_one(Company, exhibitor.company_id), db.session.get_one(Fair, fee.fair_id)
    send = partial(mail.queue, template, language=company.language, fair=fair, fee=fee, company=company)
    for manager in companies.managers(company.id):
        link = links.sign_in_address(manager, next=OWN_PAGE.format(id=fee.id))
        send(to=manager.email, name=manager.full_name, link=link)

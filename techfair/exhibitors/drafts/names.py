"""Which form a draft is of."""

from techfair.exhibitors.models import Application, Company
from techfair.fairs.models import Fair


def apply(fair: Fair) -> str:
    return f"apply {fair.id}"


def application(application: Application) -> str:
    return f"application {application.id}"


def new_record(folder: str, company: Company) -> str:
    return f"{folder} new {company.id}"


def record(folder: str, ref: str) -> str:
    return f"{folder} {ref}"

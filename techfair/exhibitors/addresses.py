"""Where records and companies stand: within the fair that a page is about, or at an address that outlives fairs.

Templates call it ``addresses``.
"""

from typing import Any

from flask import g, url_for

from techfair.core.languages import language
from techfair.exhibitors.experts.models import Expert
from techfair.exhibitors.models import Company
from techfair.exhibitors.record_models import Need, Technology
from techfair.fairs.models import Fair

Record = Technology | Need | Company | Expert
LASTING: dict[type, str] = {
    Technology: "permanent.technology",
    Need: "permanent.need",
    Company: "permanent.company",
    Expert: "permanent.expert",
}
AT_A_FAIR: dict[type, str] = {Technology: "market.technology", Need: "market.need", Company: "market.exhibitor"}
LISTS = {
    "technology": ("market.technologies", "permanent.technologies"),
    "need": ("market.needs", "permanent.needs"),
    "exhibitor": ("market.exhibitors", "permanent.companies"),
    "expert": ("market.experts", "permanent.experts"),
}


def page(thing: Record) -> str:
    """The page of a thing: at the fair that is shown, else its lasting one."""
    fair: Fair | None = g.get("fair")
    return at(fair, thing) if fair is not None else url_for(LASTING[type(thing)], ref=thing.public_ref)


def at(fair: Fair, thing: Record) -> str:
    """The page of a thing at a fair; experts have their lasting one alone."""
    if isinstance(thing, Expert):
        return url_for(LASTING[Expert], ref=thing.public_ref)
    return url_for(AT_A_FAIR[type(thing)], slug=fair.slug, ref=thing.public_ref)


def lasting(thing: Record) -> str:
    """The one address, with its host, under which a thing is known beyond a fair."""
    return url_for(LASTING[type(thing)], ref=thing.public_ref, _external=True)


def card(thing: Record) -> str:
    """The picture that messengers show beside a link to a thing, in the reader's language."""
    return url_for(f"{LASTING[type(thing)]}_card", ref=thing.public_ref, spoken=language(), _external=True)


def sheet(thing: Technology | Need) -> str:
    """The data sheet of a published record as PDF, in the reader's language."""
    return url_for(f"{LASTING[type(thing)]}_sheet", ref=thing.public_ref, spoken=language())


def of_list(kind: str, /, **asked: Any) -> str:
    """The list of a kind at the fair that is shown, else over all fairs; what is asked for stands in the address."""
    return list_at(g.get("fair"), kind, **asked)


def list_at(fair: Fair | None, kind: str, /, **asked: Any) -> str:
    """The list of a kind at a fair, or over all fairs."""
    within, over_all = LISTS[kind]
    given = {name: value for name, value in asked.items() if value}
    return url_for(within, slug=fair.slug, **given) if fair is not None else url_for(over_all, **given)

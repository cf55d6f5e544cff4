"""Technologies, needs and companies in the words of schema.org, for search engines: what their pages say, no more."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from techfair.core.languages import pick
from techfair.exhibitors import addresses, showing
from techfair.exhibitors.models import Company
from techfair.exhibitors.pictures.models import TechnologyPicture
from techfair.exhibitors.record_models import Need, Technology
from techfair.fairs import sectors

Node = dict[str, Any]
CONTEXT = "https://schema.org"
SELL = "http://purl.org/goodrelations/v1#Sell"


def of_technology(technology: Technology, pictures: Sequence[TechnologyPicture]) -> Node:
    """A product that its company offers; its card stands in where it has no picture."""
    own = [url_for("pages.picture", digest=picture.digest, _external=True) for picture in pictures]
    return _node(
        "Product",
        **_named(technology.title_vi, technology.title_en),
        url=addresses.lasting(technology),
        description=technology.summary or technology.description,
        image=own or addresses.card(technology),
        category=_sectors(technology.sectors),
        keywords=", ".join(pick_list(technology)),
        manufacturer=_brief(technology.company),
        additionalProperty=_readiness(technology.readiness),
        offers=_offer(technology),
    )


def of_need(need: Need) -> Node:
    """A demand, and who seeks it."""
    seeker = _brief(need.company) | {"seeks": {"@id": addresses.lasting(need)}}
    thing = _clean({"@type": "Product", "name": need.title, "category": _sectors(need.sectors)})
    demand = {
        "@type": "Demand",
        "@id": addresses.lasting(need),
        **_named(need.title_vi, need.title_en),
        "url": addresses.lasting(need),
        "description": need.problem,
        "itemOffered": thing,
        "validThrough": need.deadline_on.isoformat() if need.deadline_on else None,
        "priceSpecification": _amounts(need.budget_low, need.budget_high, need.budget_currency),
    }
    return {"@context": CONTEXT, "@graph": [_clean(demand), seeker]}


def of_company(company: Company, technologies: Iterable[Technology], needs: Iterable[Need]) -> Node:
    """An organization with what it offers and seeks."""
    logo = company.logo_digest
    return _node(
        "Organization",
        **_named(company.name_vi, company.name_en),
        url=addresses.lasting(company),
        description=company.profile,
        sameAs=company.website,
        logo=url_for("pages.picture", digest=logo, _external=True) if logo else None,
        address=_place(company),
        knowsAbout=_sectors(company.sectors),
        makesOffer=[{"@type": "Offer", "itemOffered": _link("Product", each)} for each in technologies],
        seeks=[_link("Demand", each) for each in needs],
    )


def _offer(technology: Technology) -> Node:
    seller = {"@type": "Organization", "name": technology.company.name}
    offer = {"seller": seller, "businessFunction": SELL, "url": addresses.lasting(technology)}
    low, high = technology.price_low, technology.price_high
    if technology.price_kind == "by_agreement" or low is None:
        return {"@type": "Offer", **offer}
    if high is None or low == high:
        return {"@type": "Offer", "price": str(low), "priceCurrency": technology.price_currency, **offer}
    amounts = {"lowPrice": str(low), "highPrice": str(high), "priceCurrency": technology.price_currency}
    return {"@type": "AggregateOffer", **amounts, **offer}


def _amounts(low: int | None, high: int | None, currency: str) -> Node | None:
    if low is None and high is None:
        return None
    bounds = {"minPrice": low, "maxPrice": high}
    return _clean({"@type": "PriceSpecification", "priceCurrency": currency, **bounds})


def _readiness(level: int | None) -> Node | None:
    if not level:
        return None
    scale = {"value": level, "minValue": 1, "maxValue": 9, "description": showing.readiness(level)}
    return {"@type": "PropertyValue", "name": _("Readiness"), **scale}


def pick_list(technology: Technology) -> list[str]:
    """The keywords in the reader's language, or in the other where there are none in it."""
    return list(pick(technology.keywords_vi, technology.keywords_en))  # type: ignore[arg-type]


def _brief(company: Company) -> Node:
    return {"@type": "Organization", "name": company.name, "url": addresses.lasting(company)}


def _link(kind: str, record: Technology | Need) -> Node:
    return {"@type": kind, "name": record.title, "url": addresses.lasting(record)}


def _place(company: Company) -> Node:
    region = showing.place(company) if company.country == "VN" else ""
    told = {"streetAddress": company.address, "addressRegion": region, "addressCountry": company.country}
    return _clean({"@type": "PostalAddress", **told})


def _sectors(rows: Iterable[Any]) -> list[str]:
    return [sectors.label(row.sector) for row in rows]


def _named(vi: str, en: str) -> Node:
    """The name in the reader's language, and the other beside it."""
    name = pick(vi, en)
    return {"name": name, "alternateName": next((other for other in (vi, en) if other and other != name), None)}


def _node(kind: str, **values: Any) -> Node:
    return {"@context": CONTEXT, "@type": kind, **_clean(values)}


def _clean(values: Node) -> Node:
    """Without what is not said."""
    return {name: value for name, value in values.items() if _is_said(value)}


def _is_said(value: Any) -> bool:
    return value is not None and value != "" and not (isinstance(value, Sequence) and not value)

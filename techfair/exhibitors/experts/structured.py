"""Experts and innovative firms in the words of schema.org: what their pages say, no more."""

from collections.abc import Sequence
from typing import Any

from techfair.exhibitors import addresses
from techfair.exhibitors.experts.models import Expert
from techfair.exhibitors.permanent.structured import CONTEXT
from techfair.exhibitors.record_models import Technology
from techfair.fairs import sectors


def node(expert: Expert, technologies: Sequence[Technology], picture: str) -> dict[str, Any]:
    """A Person who works for the company, or an Organization that belongs to it."""
    at = {"@type": "Organization", "name": expert.company.name, "url": addresses.lasting(expert.company)}
    belongs = {"worksFor": at, "jobTitle": expert.position} if expert.kind == "person" else {"memberOf": at}
    told = {
        "@context": CONTEXT,
        "@type": "Person" if expert.kind == "person" else "Organization",
        "name": expert.name,
        "url": addresses.lasting(expert),
        "description": expert.summary,
        "image": picture,
        "sameAs": expert.website,
        "knowsAbout": [sectors.label(row.sector) for row in expert.sectors],
        "subjectOf": [{"@type": "Product", "name": one.title, "url": addresses.lasting(one)} for one in technologies],
        **belongs,
    }
    return {name: value for name, value in told.items() if value}

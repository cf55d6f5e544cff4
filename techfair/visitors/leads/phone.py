"""What a page tells the phone of a visitor, so that taps wait there for the network: numbers and addresses, no name."""

from typing import Any

from flask import url_for

from techfair.fairs.models import Fair
from techfair.visitors.models import Registration


def told(person: Registration, fair: Fair) -> dict[str, Any]:
    """Whose taps they are, where they go, and what lets a booth's code open without network."""
    slug = fair.slug
    addresses = {name: url_for(view, slug=slug) for name, view in VIEWS.items()}
    key = f"visitor {slug}/{person.id}"
    return {"key": key, "visitor": person.id, "slug": slug, "addresses": addresses, "scope": scope(fair)}


def scope(fair: Fair) -> str:
    """The addresses that booths' codes open."""
    return url_for("market.exhibitor", slug=fair.slug, ref="")


VIEWS = {"notes": "taps.take", "token": "taps.token", "worker": "booth_offline.worker"}

"""Where other rooms stand beside exhibitors: what one may do with a technology, and the exhibitor's own rail."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for

from techfair.exhibitors.models import Exhibitor, Technology
from techfair.fairs.front import Part


@dataclass(frozen=True)
class Action:
    """A link that a public page offers beside an exhibitor or a technology."""

    label: Any
    url: str
    icon: str = ""


Offer = Callable[[Exhibitor, Technology | None], Action | None]
_offers: list[tuple[int, Offer]] = []


def action(order: int) -> Callable[[Offer], Offer]:
    """Register ``(exhibitor, technology or None) -> Action or None`` for public pages, the lowest order first."""

    def register(offer: Offer) -> Offer:
        _offers.append((order, offer))
        return offer

    return register


def actions(exhibitor: Exhibitor, technology: Technology | None = None) -> list[Action]:
    """What a reader may do here, the main one first."""
    made = [offer(exhibitor, technology) for _, offer in sorted(_offers, key=lambda pair: pair[0])]
    return [one for one in made if one is not None]


Panel = Callable[[Exhibitor], Part | None]
_panels: list[tuple[int, Panel]] = []


def panel(order: int) -> Callable[[Panel], Panel]:
    """Register ``(exhibitor) -> Part or None``: what stands on an exhibitor's public page right below its name."""

    def register(show: Panel) -> Panel:
        _panels.append((order, show))
        return show

    return register


def panels(exhibitor: Exhibitor) -> list[Part]:
    """What other rooms show this reader on an exhibitor's page."""
    made = [show(exhibitor) for _, show in sorted(_panels, key=lambda pair: pair[0])]
    return [one for one in made if one is not None]


@dataclass(frozen=True)
class OwnEntry:
    """One place in the rail of an exhibitor's own pages."""

    key: str
    label: Any
    icon: str
    endpoint: str
    order: int

    @property
    def url(self) -> str:
        return url_for(self.endpoint)

    @property
    def is_current(self) -> bool:
        return bool(g.get("own_key", request.endpoint) == self.key)


_own: dict[str, OwnEntry] = {}


def own_entry(key: str, label: Any, icon: str, endpoint: str, *, order: int) -> None:
    """Put a place into the rail of the exhibitor's own pages; ``key`` is compared with ``g.own_key``."""
    _own[key] = OwnEntry(key, label, icon, endpoint, order)


def show_own_rail(key: str) -> None:
    """Give this page the exhibitor's rail, with ``key`` as the present place."""
    g.own_key = key
    g.rail = sorted(_own.values(), key=lambda entry: entry.order)

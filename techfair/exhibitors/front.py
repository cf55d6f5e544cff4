"""Where other rooms stand beside exhibitors: what one may do with a technology, and the exhibitor's own rail."""

from typing import Any

from flask import g

from techfair.core import rail
from techfair.core.in_order import Additions, InOrder
from techfair.exhibitors.models import Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.fairs.front import Action, Part

# Beside an exhibitor (the technology is None) and beside one of its technologies, the main one first.
actions: Additions[[Exhibitor, Technology | None], Action] = Additions()
panels: Additions[[Exhibitor], Part] = Additions()  # on an exhibitor's public page, right below its name

_own: InOrder[rail.Entry] = InOrder()


def own_entry(key: str, label: Any, icon: str, endpoint: str, *, order: int) -> None:
    """Put a place into the rail of the exhibitor's own pages."""
    _own.add(rail.Entry(key, label, icon, endpoint), order)


def show_own_rail(key: str) -> None:
    """Give this page the exhibitor's rail, with ``key`` as the present place."""
    g.rail_key, g.rail = key, list(_own)

"""How requests, offers and wishes read on pages; templates call it ``placing``."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from techfair.core.formats import format_number
from techfair.core.languages import language
from techfair.core.money import format_amount
from techfair.exhibitors.models import BoothAssignment
from techfair.exhibitors.placing.models import BoothWish
from techfair.exhibitors.placing.plan import Stand
from techfair.fairs.floor.models import Booth, BoothTerms
from techfair.fairs.words import BOOTH_CATEGORIES

STATES: Mapping[str, LazyString] = {
    "requested": _l("Asked for"),
    "offered": _l("Offered"),
    "assigned": _l("Given"),
    "released": _l("Taken back"),
}


def state(assignment: BoothAssignment) -> LazyString:
    return STATES[assignment.state]


def described(booth: Booth | Stand, terms: Mapping[str, BoothTerms]) -> str:
    """What a booth is and costs, in one line."""
    said = terms[booth.category]
    price = None if said.price_vnd is None else format_amount(said.price_vnd, "VND", language())
    area = f"{format_number(booth.square_metres, language())} m²"
    return " · ".join(str(part) for part in (BOOTH_CATEGORIES[booth.category], area, price, said.includes) if part)


def wished(wish: BoothWish, hall_names: Mapping[int, str]) -> str:
    """What an exhibitor wants, in one line."""
    area = wish.square_metres and _("at least %(area)s m²", area=format_number(wish.square_metres, language()))
    kind: Any = BOOTH_CATEGORIES[wish.category] if wish.category else None
    hall = hall_names.get(wish.hall_id) if wish.hall_id else None
    parts = (kind, area, hall, wish.needs_power and _("next to power"), wish.needs_water and _("next to water"))
    return " · ".join(str(part) for part in parts if part)

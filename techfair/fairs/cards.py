"""The card of a fair for messengers, and the colours that cards of its exhibitors bear."""

from flask_babel import force_locale
from flask_babel import gettext as _

from techfair.core.cards import Card
from techfair.core.formats import format_date_range
from techfair.fairs import brand
from techfair.fairs.models import Fair

PINE = "#0b5d51"  # of a fair without a colour of its own


def colours(fair: Fair | None) -> tuple[str, str]:
    """A fair's colour, darkened until it can be read, and what stands upon it."""
    own = fair.brand_colour if fair is not None and fair.brand_colour and brand.is_colour(fair.brand_colour) else PINE
    return brand.readable(own, brand.LIGHT), brand.LIGHT.on_brand


def card(fair: Fair, spoken: str) -> Card:
    """Name, days and place of a fair."""
    with force_locale(spoken):
        color, on_color = colours(fair)
        days = format_date_range(fair.starts_on, fair.ends_on, spoken)
        return Card(
            language=spoken,
            kind=str(_("Technology fair")),
            title=fair.name,
            lines=(days, fair.place),
            footer=fair.organizer_name,
            color=color,
            on_color=on_color,
        )

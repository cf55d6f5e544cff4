"""The words of this room, the same on every page."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

ACTIVITY_KINDS = {
    "ceremony": _l("Ceremony"),
    "exhibition": _l("Exhibition"),
    "matchmaking": _l("Supply and demand matching"),
    "conference": _l("Conference"),
    "signing": _l("Signing ceremony"),
    "workshop": _l("Workshop"),
    "advice": _l("Advice"),
    "other": _l("Other activity"),
}
ACTIVITY_STATES = {"planned": _l("planned"), "held": _l("held"), "cancelled": _l("cancelled")}
USUAL_BOOTH_CATEGORIES = {
    "standard": _l("Standard booth"),
    "corner": _l("Corner booth"),
    "island": _l("Island booth"),
    "outdoor": _l("Outdoor booth"),
}


def booth_category(key: str) -> str:
    """What the fair that is shown calls a kind of booth: its organizer's name, else the usual one."""
    from techfair.fairs.floor import naming

    return naming.own(key) or str(USUAL_BOOTH_CATEGORIES[key])


BOOTH_CATEGORIES = {key: LazyString(booth_category, key) for key in USUAL_BOOTH_CATEGORIES}
FAIR_STATES = {"draft": _l("not published"), "published": _l("published"), "closed": _l("concluded")}

"""The words of this room, the same on every page."""

from flask_babel import lazy_gettext as _l

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
BOOTH_CATEGORIES = {
    "standard": _l("Standard booth"),
    "corner": _l("Corner booth"),
    "island": _l("Island booth"),
    "outdoor": _l("Outdoor booth"),
}
FAIR_STATES = {"draft": _l("not published"), "published": _l("published"), "closed": _l("concluded")}

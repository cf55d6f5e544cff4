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
# What the log calls the deeds of this room.
DEEDS = {
    "unit.created": _l("Unit made"),
    "unit.changed": _l("Unit changed"),
    "fair.created": _l("Fair made"),
    "fair.changed": _l("Fair changed"),
    "fair.published": _l("Fair published"),
    "fair.withdrawn": _l("Fair hidden again"),
    "fair.concluded": _l("Fair concluded"),
    "fair.registration_opened": _l("Registration opened"),
    "fair.registration_closed": _l("Registration closed"),
    "fair.applications_opened": _l("Applications opened"),
    "fair.applications_closed": _l("Applications closed"),
    "activity.added": _l("Activity added"),
    "activity.changed": _l("Activity changed"),
    "activity.held": _l("Activity marked as held"),
    "activity.cancelled": _l("Activity cancelled"),
    "activity.planned": _l("Activity planned again"),
    "activity.deleted": _l("Activity deleted"),
    "hall.added": _l("Hall added"),
    "hall.changed": _l("Hall changed"),
    "hall.deleted": _l("Hall deleted"),
    "hall.drawn": _l("Plan of a hall drawn"),
    "booths.imported": _l("Booths imported from a table"),
    "booth_terms.set": _l("Size and price of a kind of booth set"),
    "booths.added": _l("Booths added"),
    "booth.changed": _l("Booth changed"),
    "booth.deleted": _l("Booth deleted"),
    "booth.blocked": _l("Booth blocked"),
    "booth.unblocked": _l("Booth free to be given again"),
    "demo.loaded": _l("Demonstration data loaded"),
}


def booth_category(key: str) -> str:
    """What the fair that is shown calls a kind of booth: its organizer's name, else the usual one."""
    from techfair.fairs.floor import naming

    return naming.own(key) or str(USUAL_BOOTH_CATEGORIES[key])


BOOTH_CATEGORIES = {key: LazyString(booth_category, key) for key in USUAL_BOOTH_CATEGORIES}
FAIR_STATES = {"draft": _l("not published"), "published": _l("published"), "closed": _l("concluded")}

"""Why an exhibitor got no booth in a suggestion."""

from flask_babel import lazy_gettext as _l

REASONS = {
    "none_free": _l("No booth is free."),
    "too_small": _l("No free booth is as large as wanted."),
    "no_power": _l("No free booth of that size stands next to power."),
    "no_water": _l("No free booth stands next to water as wanted."),
    "other_zone": _l("What is free lies in zones of other sectors."),
    "beside": _l("What is free stands beside somebody from whom it is kept apart."),
    "given_to_others": _l("The booths that suit are better used by others in this suggestion."),
}

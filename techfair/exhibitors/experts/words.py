"""What kinds and states of experts are called."""

from flask_babel import lazy_gettext as _l

KINDS = {"person": _l("Expert"), "firm": _l("Innovative firm")}
STATES = {
    "draft": _l("Draft"),
    "asked": _l("Waiting for consent"),
    "published": _l("Published"),
    "declined": _l("They declined"),
    "withdrawn": _l("They withdrew"),
}
DEEDS = {
    "expert.named": _l("Expert or innovative firm entered"),
    "expert.changed": _l("Expert or innovative firm changed"),
    "expert.asked": _l("Expert or innovative firm asked for consent"),
    "expert.published": _l("Expert or innovative firm agreed"),
    "expert.declined": _l("Expert or innovative firm declined"),
    "expert.withdrawn": _l("Expert or innovative firm withdrew"),
    "expert.removed": _l("Expert or innovative firm removed"),
}

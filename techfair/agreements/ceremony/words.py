"""What a ceremony is called, on pages and in the log."""

from flask_babel import lazy_gettext as _l

PARTS = {"signer": _l("Signs"), "witness": _l("Witness"), "guest": _l("Guest of honour")}
DEEDS = {
    "ceremony.made": _l("Ceremony made"),
    "ceremony.changed": _l("Ceremony changed"),
    "ceremony.added": _l("Documents put on the run of show"),
    "ceremony.removed": _l("Document taken off the run of show"),
    "ceremony.reordered": _l("Run of show reordered"),
    "ceremony.arranged": _l("People and seats on the stage set"),
    "ceremony.called": _l("Called on the stage"),
}
THINGS = {"ceremony": _l("Ceremony")}

"""What the deeds of a review are called."""

from flask_babel import lazy_gettext as _l

DEEDS = {
    "application.assigned": _l("Application given to a reviewer"),
    "application.unassigned": _l("Application taken from its reviewer"),
    "application.noted": _l("Note on an application written"),
    "application.note_taken_back": _l("Note on an application taken back"),
}

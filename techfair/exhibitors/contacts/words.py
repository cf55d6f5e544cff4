"""What the log calls deeds about contacts."""

from flask_babel import lazy_gettext as _l

DEEDS = {
    "company.contact_added": _l("Contact of a company added"),
    "company.contact_changed": _l("Contact of a company changed"),
    "company.contact_made_main": _l("Another contact made a company’s main one"),
    "company.contact_removed": _l("Contact of a company removed"),
}

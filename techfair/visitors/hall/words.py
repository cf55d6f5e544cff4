"""The words of hall servers."""

from flask_babel import lazy_gettext as _l

TROUBLE_WORDS = {
    "no_link": _l("No link to the central server. The gates go on, and everything is sent when the link is back."),
    "revoked": _l("The organizer has ended the exchange with this server. Ask the organizer before you go on."),
    "versions_differ": _l("This server runs another version of the program than the central one. Update one of them."),
    "refused": _l("The central server refused the last message. Tell the organizer."),
}

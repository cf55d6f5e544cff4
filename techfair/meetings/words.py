"""What this room's states are called: one word each, the same on page and mail."""

from flask_babel import lazy_gettext as _l

REQUEST_STATES = {
    "sent": _l("Waiting for an answer"),
    "accepted": _l("Accepted"),
    "declined": _l("Turned down"),
    "expired": _l("Expired"),
    "withdrawn": _l("Withdrawn"),
}
LEVELS = {
    "": _l("Whoever knows the subject"),
    "expert": _l("Engineers and experts"),
    "manager": _l("Heads of department"),
    "leader": _l("Directors"),
}
MEETING_STATES = {
    "agreed": _l("Waits for a time"),
    "scheduled": _l("Has a time"),
    "held": _l("Held"),
    "no_show": _l("Did not take place"),
    "cancelled": _l("Cancelled"),
}
CONNECTION_STATES = {
    "proposed": _l("Proposed"),
    "confirmed": _l("Confirmed"),
    "rejected": _l("Rejected"),
    "merged": _l("Merged"),
}
SOURCES = {
    "meeting": _l("Meeting at the fair"),
    "connection_point": _l("Connection point"),
    "survey": _l("Survey"),
    "workshop": _l("Workshop"),
    "consultation": _l("Consultation"),
    "scan": _l("Visit to the booth"),
    "other": _l("Other contact"),
}

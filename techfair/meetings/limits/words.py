"""What the log says of the most meetings of a participant, and of their order."""

from flask_babel import lazy_gettext as _l

DEEDS = {
    "participant.most_set": _l("Most meetings of a participant set"),
    "meeting.order_set": _l("Order of two meetings set"),
    "meeting.order_dropped": _l("Order of two meetings taken away"),
}
DETAILS = {
    "most": _l("At most"),
    "allowed": _l("Allowed by the organizer"),
    "wished": _l("Wished by themselves"),
    "later": _l("Comes before meeting"),
}

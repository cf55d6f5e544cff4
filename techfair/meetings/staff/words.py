"""What the log says of those who come to meetings."""

from flask_babel import lazy_gettext as _l

DEEDS = {
    "participant.usual_named": _l("Who usually comes to meetings named"),
    "participant.stand_in_named": _l("Stand-in for meetings named"),
    "participant.stand_in_dropped": _l("Stand-in for meetings taken off"),
    "meeting.stand_in_chosen": _l("Who comes to a meeting chosen"),
}

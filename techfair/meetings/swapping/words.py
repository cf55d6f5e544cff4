"""What becomes of a wish for another time, and what the log says of it."""

from flask_babel import lazy_gettext as _l

WISH_STATES = {
    "open": _l("Waits for the organizer"),
    "accepted": _l("Moved as you wished"),
    "declined": _l("Stays where it is"),
}
DEEDS = {
    "timetable.shown": _l("Draft of the timetable shown to participants"),
    "meeting.swap_wished": _l("Another time wished for in the draft"),
    "meeting.swap_accepted": _l("Wish for another time accepted"),
    "meeting.swap_declined": _l("Wish for another time declined"),
}

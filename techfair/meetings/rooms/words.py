"""What the log says of rooms."""

from flask_babel import lazy_gettext as _l

DEEDS = {
    "meeting_room.added": _l("Room for meetings added"),
    "meeting_room.changed": _l("Room for meetings changed"),
    "meeting_room.removed": _l("Room for meetings taken away"),
    "meeting_room.closed": _l("Room for meetings closed"),
    "meeting_room.opened": _l("Room for meetings open again"),
}
THINGS = {"meeting_room": _l("Room for meetings")}

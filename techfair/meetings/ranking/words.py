"""What the log says of what matters most."""

from flask_babel import lazy_gettext as _l

DEEDS = {"participant.ranked": _l("Meetings that matter most named")}

"""What levels and findings are called."""

from flask_babel import lazy_gettext as _l

LEVELS = {"banned": _l("Transfer banned"), "restricted": _l("Transfer restricted")}
TONES = {"banned": "bad", "restricted": "warn"}
DECISIONS = {
    "not_concerned": _l("Not what the law means"),
    "conditions": _l("Only with a licence, or under conditions"),
    "not_transferred": _l("Not to be transferred"),
}
DEEDS = {"technology.restriction_decided": _l("Finding about a restricted technology noted")}

"""What the log calls the deeds of this room."""

from flask_babel import lazy_gettext as _l

DEEDS = {
    "user.signed_in": _l("Signed in"),
    "user.signed_out_everywhere": _l("Signed out everywhere"),
    "user.changed": _l("Account changed"),
    "user.email_changed": _l("E-mail address changed"),
    "user.password_set": _l("Password set"),
    "user.made_administrator": _l("Made platform administrator"),
    "user.no_longer_administrator": _l("No longer platform administrator"),
    "user.closed": _l("Account closed"),
    "user.reopened": _l("Account reopened"),
    "unit_role.given": _l("Role in a unit given"),
    "unit_role.taken": _l("Role in a unit taken"),
    "steward.given": _l("Role of a gate steward given"),
    "steward.taken": _l("Role of a gate steward taken"),
}

"""What the parts of a call are called."""

from flask_babel import lazy_gettext as _l

KINDS = {
    "line": _l("A short text"),
    "text": _l("A long text"),
    "one": _l("One of a list"),
    "several": _l("Several of a list"),
    "yes_no": _l("Yes or no"),
    "number": _l("A whole number"),
}
YES_NO = {"yes": _l("Yes"), "no": _l("No")}
DEEDS = {
    "call.terms_set": _l("Conditions of the call set"),
    "call.terms_accepted": _l("Conditions of the call accepted"),
    "call.question_added": _l("Question of the call added"),
    "call.question_changed": _l("Question of the call changed"),
    "call.question_moved": _l("Question of the call moved"),
    "call.question_retired": _l("Question of the call retired"),
    "call.question_deleted": _l("Question of the call deleted"),
    "call.question_asked_again": _l("Question of the call asked again"),
    "applications.exported": _l("Applications exported"),
}

"""What the levels and states of disclosure are called."""

from flask_babel import lazy_gettext as _l

LEVELS = {
    "public": _l("For everyone"),
    "request": _l("After a request that you grant"),
    "nda": _l("After a signed undertaking of confidentiality"),
}
NEEDS = {"request": _l("after a request"), "nda": _l("after a signed undertaking of confidentiality")}
STATES = {
    "asked": _l("Waiting for the company"),
    "granted": _l("Request granted"),
    "declined": _l("Declined"),
    "withdrawn": _l("Withdrawn"),
    "revoked": _l("Ended by the company"),
}
TONES = {"asked": "info", "granted": "good", "declined": "bad", "withdrawn": "plain", "revoked": "bad"}
DEEDS = {
    "technology.kept_back": _l("Parts of a technology kept back"),
    "disclosure.asked": _l("Asked for what is kept back"),
    "disclosure.granted": _l("Request for what is kept back granted"),
    "disclosure.declined": _l("Request for what is kept back declined"),
    "disclosure.revoked": _l("Right to see what is kept back ended"),
    "disclosure.withdrawn": _l("Request for what is kept back withdrawn"),
    "disclosure.undertaken": _l("Undertaking of confidentiality signed"),
}

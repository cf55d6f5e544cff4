"""What reports of promises are called, on pages, in files and in the log."""

from flask_babel import lazy_gettext as _l

STATES = {
    "waiting": _l("Waits for a decision"),
    "accepted": _l("Accepted by the organizer"),
    "returned": _l("Returned"),
    "replaced": _l("Replaced by a correction"),
}
PROMISE_STATES = {"reached": _l("Reached"), "overdue": _l("Overdue"), "open": _l("Not due yet")}
TONES = {"reached": "good", "overdue": "bad", "open": "plain", "replaced": "plain"}
MEASURES = {
    "capital": _l("Capital disbursed"),
    "jobs": _l("Jobs"),
    "technology": _l("Technologies transferred"),
    "step": _l("Steps without an amount"),
}


def unit_label(unit: str) -> str:
    """What is counted: capital of a foreign currency names it."""
    measure, _colon, currency = unit.partition(":")
    return f"{MEASURES[measure]} ({currency})" if currency else str(MEASURES[measure])


REGISTERS = {"investments": _l("Investment"), "agreements": _l("Transfer agreements")}
BY = {"year": _l("Year"), "sector": _l("Sector"), "province": _l("Province"), "fair": _l("Fair")}
DEEDS = {
    "progress.asked": _l("Asked for a report of promises"),
    "progress.asked_again": _l("Link for a report sent again"),
    "progress.reminded": _l("Reminded of a report"),
    "progress.reported": _l("Promises reported"),
    "progress.accepted": _l("Report accepted"),
    "progress.returned": _l("Report returned"),
}
THINGS = {
    "progress_request": _l("Request for a report"),
    "progress_report": _l("Report of promises"),
}

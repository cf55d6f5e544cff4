"""What this room's states, kinds and levels are called: one word each, the same on page, mail and export."""

from collections.abc import Mapping

from babel import Locale
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from techfair.core.languages import language

Words = Mapping[str, LazyString]

APPLICATION_STATES: Words = {
    "draft": _l("Draft"),
    "submitted": _l("Submitted"),
    "returned": _l("Returned for changes"),
    "waiting": _l("On the waiting list"),
    "approved": _l("Approved"),
    "declined": _l("Declined"),
    "withdrawn": _l("Withdrawn"),
    "cancelled": _l("Cancelled"),
}
RECORD_STATES: Words = {
    "draft": _l("Draft"),
    "in_review": _l("In review"),
    "published": _l("Published"),
    "archived": _l("Archived"),
}
KINDS: Words = {
    "firm": _l("Firm"),
    "institute": _l("Research institute"),
    "university": _l("University or college"),
    "centre": _l("Centre"),
    "cooperative": _l("Cooperative"),
    "agency": _l("State agency"),
    "other": _l("Another kind"),
}
SIZES: Words = {
    "micro": _l("Up to 10 people"),
    "small": _l("11 to 100 people"),
    "medium": _l("101 to 200 people"),
    "large": _l("More than 200 people"),
}
OWNERSHIPS: Words = {
    "state": _l("State-owned"),
    "private": _l("Private, domestic"),
    "foreign": _l("Foreign-invested"),
    "mixed": _l("State and private together"),
    "collective": _l("Collective"),
}
TRANSFER_FORMS: Words = {
    "licence": _l("Licence"),
    "assignment": _l("Assignment of ownership"),
    "joint_venture": _l("Joint venture, contribution of the technology"),
    "turnkey": _l("Turnkey delivery"),
    "training": _l("Training and technical assistance"),
    "equipment_sale": _l("Sale of equipment with its know-how"),
    "commissioned_research": _l("Commissioned research"),
}
STAGES: Words = {
    "idea": _l("Idea"),
    "laboratory": _l("Laboratory"),
    "pilot": _l("Pilot"),
    "production": _l("In production"),
}
PROPERTY_KINDS: Words = {
    "invention": _l("Patent for an invention"),
    "utility_solution": _l("Patent for a utility solution"),
    "industrial_design": _l("Industrial design"),
    "plant_variety": _l("Plant variety"),
    "copyright": _l("Copyright of software"),
    "trademark": _l("Trademark"),
    "trade_secret": _l("Trade secret"),
}
PROPERTY_STATES: Words = {
    "pending": _l("Applied for"),
    "granted": _l("Granted"),
    "registered": _l("Registered"),
    "secret": _l("Kept secret"),
    "expired": _l("Expired"),
}
PRICE_KINDS: Words = {
    "by_agreement": _l("By agreement"),
    "range": _l("From … to …"),
    "fixed": _l("Fixed price"),
}
READINESS: Mapping[int, LazyString] = {  # ISO 16290
    1: _l("Basic principles observed and reported"),
    2: _l("Technology concept and its use formulated"),
    3: _l("Concept proven by analysis and experiment"),
    4: _l("Parts proven in the laboratory"),
    5: _l("Critical functions proven in conditions close to real ones"),
    6: _l("Model shown working in conditions close to real ones"),
    7: _l("Prototype shown working in real conditions"),
    8: _l("Complete system, tested and qualified"),
    9: _l("Complete system, proven in successful use"),
}
CURRENCIES = ("VND", "USD", "EUR", "KRW", "CNY", "JPY", "SGD")


NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
# What the log calls the deeds of this room.
DEEDS: Words = {
    "application.started": _l("Application begun"),
    "application.submitted": _l("Application handed in"),
    "application.returned": _l("Application returned for changes"),
    "application.waiting": _l("Application put on the waiting list"),
    "application.approved": _l("Application approved"),
    "application.declined": _l("Application declined"),
    "application.withdrawn": _l("Application withdrawn"),
    "application.cancelled": _l("Approved application cancelled"),
    "booth.assigned": _l("Booth given"),
    "booth.released": _l("Booth taken back"),
    "booth.requested": _l("Booth asked for"),
    "booth.request_withdrawn": _l("Request for a booth withdrawn"),
    "booth.request_turned_down": _l("Request for a booth turned down"),
    "booth.offered": _l("Booth offered"),
    "booth.accepted": _l("Offered booth accepted"),
    "booth.offer_declined": _l("Offered booth declined"),
    "booth.offer_expired": _l("Offer of a booth expired"),
    "booth.wished": _l("Wishes for a booth told"),
    "exhibitors.kept_apart": _l("Exhibitors to be kept apart"),
    "exhibitors.let_together": _l("Exhibitors let together again"),
    "company.noted": _l("Company noted by name"),
    "company.created": _l("Company recorded"),
    "company.changed": _l("Company changed"),
    "company.member_admitted": _l("Person admitted to a company"),
    "company.document_added": _l("Document added to a company"),
    "company.document_removed": _l("Document of a company removed"),
    "technology.created": _l("Technology recorded"),
    "technology.document_added": _l("Document added to a technology"),
    "technology.document_removed": _l("Document of a technology removed"),
    "exhibitor.display_chosen": _l("Choice of what is shown at the fair"),
    "technology.picture_added": _l("Picture added to a technology"),
    "technology.picture_described": _l("Picture of a technology described"),
    "technology.picture_moved": _l("Pictures of a technology put in another order"),
    "technology.picture_removed": _l("Picture of a technology removed"),
    "technology.changed": _l("Technology changed"),
    "technology.published": _l("Technology published"),
    "technology.archived": _l("Technology archived"),
    "need.created": _l("Need recorded"),
    "need.document_added": _l("Document added to a need"),
    "need.document_removed": _l("Document of a need removed"),
    "need.changed": _l("Need changed"),
    "need.published": _l("Need published"),
    "need.archived": _l("Need archived"),
    "preparation.said": _l("Needs of a booth told"),
    "preparation.due_set": _l("Days of preparation set"),
}


def country(code: str) -> str:
    """A country's name (ISO 3166-1 alpha-2) in the reader's language."""
    return str(Locale(language()).territories.get(code, code))


def countries() -> list[tuple[str, str]]:
    """All countries by name, Viet Nam first."""
    names = {str(code): str(name) for code, name in Locale(language()).territories.items()}
    codes = [code for code in names if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES]
    return sorted(((code, names[code]) for code in codes), key=lambda pair: (pair[0] != "VN", pair[1]))

"""How companies, applications, technologies and needs read on pages; templates call it ``exhibiting``."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from techfair.core.languages import language, pick
from techfair.core.money import format_amount
from techfair.core.phones import show_phone
from techfair.exhibitors import booths, words
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.record_models import Need, Technology
from techfair.fairs import provinces, sectors
from techfair.fairs.floor.models import Booth
from techfair.fairs.floor.schemas import Feature
from techfair.fairs.floor.words import FEATURES
from techfair.fairs.words import BOOTH_CATEGORIES

NEXT: Mapping[str, LazyString] = {
    "draft": _l("Finish the application and hand it in."),
    "submitted": _l("The organizer reviews the application and answers by mail. You need not do anything."),
    "returned": _l("Correct what the organizer asks for, then hand it in again."),
    "waiting": _l("We write as soon as a booth is free. You need not do anything."),
    "approved": _l("Complete your profile and publish your technologies, so that visitors find you."),
    "declined": _l("This application is closed. You may send a new one while applications are open."),
    "withdrawn": _l("This application is closed. You may send a new one while applications are open."),
    "cancelled": _l("This application is closed. You may send a new one while applications are open."),
}


def state(application: Any) -> LazyString:
    return words.APPLICATION_STATES[application.state]


def record_state(record: Any) -> LazyString:
    return words.RECORD_STATES[record.state]


def next_step(application: Any) -> LazyString:
    return NEXT[application.state]


def kind(company: Company) -> LazyString:
    return words.KINDS[company.kind]


def ownership(company: Company) -> str:
    return str(words.OWNERSHIPS[company.ownership]) if company.ownership else ""


def place(company: Company) -> str:
    """The province of a company at home, the country of one abroad."""
    if company.country != "VN":
        return words.country(company.country)
    return provinces.name_of(company.province_code, company.province_on) if company.province_code else ""


def sector_names(rows: Iterable[Any]) -> list[str]:
    """The names of a record's sectors in the reader's language."""
    return [sectors.label(row.sector) for row in rows]


def transfer_forms(keys: Sequence[str]) -> list[str]:
    return [str(words.TRANSFER_FORMS.get(key, key)) for key in keys]


def readiness(level: int | None) -> str:
    """What a readiness level means (ISO 16290)."""
    return str(words.READINESS[level]) if level else ""


def stage(technology: Technology) -> str:
    if not technology.stage:
        return ""
    year = (technology.further or {}).get("stage_year")
    word = str(words.STAGES[technology.stage])
    return str(_("%(stage)s, since %(year)s", stage=word, year=year)) if year else word


def further(record: Technology | Need, name: str) -> str:
    """One of a record's further texts, in the reader's language where there is one."""
    told = record.further or {}
    return pick(told.get(f"{name}_vi"), told.get(f"{name}_en"))


def property_state(technology: Technology) -> str:
    """Where the title stands, which office granted it and whose it is."""
    told = technology.further or {}
    state = words.PROPERTY_STATES.get(told.get("property_state") or "", "")
    parts = (str(state), told.get("property_office"), told.get("property_owner"))
    return " · ".join(part for part in parts if part)


def price(technology: Technology) -> str:
    """The price as people say it."""
    if technology.price_low is None:
        return str(words.PRICE_KINDS["by_agreement"])
    return _range(technology.price_low, technology.price_high, technology.price_currency)


def budget(need: Need) -> str:
    if need.budget_low is None and need.budget_high is None:
        return ""
    if need.budget_low is None:
        return str(_("up to %(amount)s", amount=_amount(need.budget_high or 0, need.budget_currency)))
    return _range(need.budget_low, need.budget_high, need.budget_currency)


def _range(low: int, high: int | None, currency: str) -> str:
    if high is None:
        return str(_("from %(amount)s", amount=_amount(low, currency)))
    if low == high:
        return _amount(low, currency)
    return str(_("%(low)s to %(high)s", low=_amount(low, currency), high=_amount(high, currency)))


def _amount(amount: int, currency: str) -> str:
    return format_amount(amount, currency, language())


def intellectual_property(technology: Technology) -> str:
    kind = words.PROPERTY_KINDS.get(technology.property_kind, technology.property_kind)
    return " ".join(part for part in (str(kind), technology.property_number) if part)


def phone(number: str | None) -> str:
    return show_phone(number) if number else ""


def missing_in_profile(company: Company, published: int) -> list[dict[str, Any]]:
    """What visitors would still miss about an exhibitor, as a checklist."""
    return [
        {"label": _("Logo"), "done": bool(company.logo_digest), "place": "exhibitor_own.profile"},
        {
            "label": _("About the company, in Vietnamese and English"),
            "done": bool(company.profile_vi and company.profile_en),
            "place": "exhibitor_own.profile",
        },
        {"label": _("One published technology"), "done": published > 0, "place": "exhibitor_own.technologies"},
    ]


def booth_kind(booth: Booth) -> LazyString:
    return BOOTH_CATEGORIES[booth.category]


def booth_codes(exhibitor: Exhibitor) -> list[str]:
    return booths.codes(exhibitor.booths)


def feature_name(thing: Feature) -> str:
    """What is written on a part of the plan that has no name of its own."""
    if thing.kind == "zone":
        return sectors.label(thing.sector) if thing.sector else ""
    return str(FEATURES[thing.kind]) if thing.kind == "entrance" else ""


def fitting(text: str, width: int) -> float:
    """The size of letters, in squares of the plan, at which a text stays within so many squares."""
    return round(min(0.8, (width - 0.4) / (0.65 * max(1, len(text)))), 2)

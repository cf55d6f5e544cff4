"""The fields of clauses: what stands for {subject} or {value_vi} in an agreement, and which are still empty."""

import re
from collections.abc import Iterable

from techfair.agreements.deal import values, words
from techfair.agreements.models import Agreement
from techfair.agreements.templates.words import FIELDS
from techfair.core import formats
from techfair.core.languages import LANGUAGES

FIELD = re.compile(r"\{([a-z_]+)\}")
UNKNOWN = "…"
TEXTS = {
    "vi": {"until": "đến hết ngày {day}", "ended": "đến khi các Bên chấm dứt", "by": "{title} trước ngày {day}"},
    "en": {"until": "until {day}", "ended": "until the Parties end it", "by": "{title} by {day}"},
}


def of(agreement: Agreement) -> dict[str, str]:
    """Every field under its plain name per language, as ``value_vi``; empty where the deal says nothing."""
    return {f"{name}_{locale}": text for locale in LANGUAGES for name, text in _of(agreement, locale).items()}


def filled(text: str, locale: str, known: dict[str, str]) -> str:
    """A text with its fields filled in; a plain {value} is that of the text's own language."""

    def put(match: re.Match[str]) -> str:
        # What is no field stays as it was typed: a text may hold braces of its own.
        key = _key(match[1], locale)
        return match[0] if key not in known else known[key] or UNKNOWN

    return FIELD.sub(put, text)


def unknown(text: str) -> list[str]:
    """What stands in braces in a text and is no field."""
    return sorted({name for name in FIELD.findall(text) if _plain(name) not in FIELDS})


def used(*texts: str) -> dict[str, str]:
    """The fields that stand in texts, as they are written there, each with the words for it."""
    return {name: str(FIELDS[plain]) for name in _used(texts) if (plain := _plain(name)) in FIELDS}


def empty(agreement: Agreement) -> list[str]:
    """The fields that the clauses of an agreement name and its deal leaves empty."""
    known, found = of(agreement), []
    for locale in LANGUAGES:
        for name in _used(clause[f"text_{locale}"] for clause in agreement.clauses):
            plain = _plain(name)
            if plain in FIELDS and plain not in found and not known.get(_key(name, locale), UNKNOWN):
                found.append(plain)
    return found


def _used(texts: Iterable[str]) -> list[str]:
    return [name for text in texts for name in FIELD.findall(text)]


def _plain(name: str) -> str:
    return re.sub(r"_(vi|en)$", "", name)


def _key(name: str, locale: str) -> str:
    return name if name.endswith(("_vi", "_en")) else f"{name}_{locale}"


def _of(agreement: Agreement, locale: str) -> dict[str, str]:
    until, say = agreement.valid_until_on, TEXTS[locale]
    names = [_in(locale, party.name_vi, party.name_en) for party in agreement.parties]
    form = agreement.transfer_form
    steps = [
        say["by"].format(title=_in(locale, one.title_vi, one.title_en), day=formats.format_date(one.due_on, locale))
        for one in agreement.milestones
    ]
    technologies = [one.technology for one in agreement.technologies]
    return {
        "subject": f"“{_in(locale, agreement.subject_vi, agreement.subject_en)}”",
        "technologies": "; ".join(_in(locale, one.title_vi, one.title_en) for one in technologies),
        "transfer_form": words.TRANSFER_FORMS[locale][form] if form else "",
        "value": values.in_words(agreement)[locale],
        "place": agreement.place,
        "area": values.area(agreement, locale),
        "schedule": "; ".join(steps),
        "validity": say["until"].format(day=formats.format_date(until, locale)) if until else say["ended"],
        "parties": "; ".join(names),
        "investor": names[1] if len(names) > 1 else "",
        "contacts": "; ".join(f"{party.representative} ({party.email})" for party in agreement.parties),
        "number": agreement.number,
        "fair": _in(locale, agreement.fair.name_vi, agreement.fair.name_en),
    }


def _in(locale: str, vi: str, en: str) -> str:
    return (en or vi) if locale == "en" else vi

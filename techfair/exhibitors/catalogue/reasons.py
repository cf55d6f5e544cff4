"""Why a hit was found and why two records fit, in words for people; never a bare score."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from techfair.core.languages import pick
from techfair.core.vietnamese import nfc, search_key
from techfair.exhibitors.catalogue import ranking
from techfair.exhibitors.catalogue.asking import INITIALS_MARK, Asked
from techfair.exhibitors.catalogue.common_words import LONGEST_RUN, WORD, both_name
from techfair.exhibitors.catalogue.facets import Row
from techfair.exhibitors.catalogue.finding import Found
from techfair.exhibitors.catalogue.matching import Match
from techfair.exhibitors.models import Company
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db
from techfair.fairs import sectors

MOST_TERMS = 4
NAMES = ("title", "name", "keywords")
TEXTS = ("title", "name", "summary", "problem", "profile", "description", "wanted_result", "advantages", "keywords")
TELLING = 0.1  # a word that an entry holds so surely is named


@dataclass(frozen=True)
class Reason:
    """What speaks for a hit: a kind that pages can mark, and a sentence."""

    kind: str
    text: str


def of_match(match: Match, need: Any, offer: Any, told: Any) -> list[Reason]:
    """Why an offer and a need fit; ``told`` is the one that is shown, in whose spelling the words are named.

    A need's company is read unless the session holds it.
    """
    return [
        *_shared_terms(match, need, offer, told),
        *_shared_sectors(match.need, match.offer),
        *_readiness(match.need, match.offer),
        *_transfer(match.need, match.offer),
        *_place(match.need, match.offer),
        *_language(told),
    ]


def of_hit(found: Found, row: Row, told: Any) -> list[Reason]:
    """Which of the words asked for a hit holds, in its own spelling; nothing of one that was not ranked."""
    texts = found.texts.get(row.id)
    if not texts:
        return []
    runs = _runs([word for one in found.asked if (word := _held(one, texts))], texts)
    shown = spelled(runs, _texts_of(told), otherwise=True)
    return [Reason("terms", _("Holds: %(words)s", words=", ".join(shown)))] if shown else []


def _held(asked: Asked, texts: ranking.Texts) -> str:
    """The form under which an entry holds a word."""
    if ranking.word_score(asked, texts) < TELLING * asked.weight:
        return ""
    by_chance = sorted(asked.forms, key=lambda word: -asked.forms[word])
    there = (word for word in by_chance if _stands(word, texts))
    return next(there, asked.typed.upper() if INITIALS_MARK + asked.word in asked.forms else "")


def _runs(words: Sequence[str], texts: ranking.Texts) -> list[str]:
    """The words, put together as far as they stand side by side in a text: "may say", "ca phe"."""
    runs: list[str] = []
    rest = list(words)
    while rest:
        length = next(n for n in range(len(rest), 0, -1) if n == 1 or _stands(" ".join(rest[:n]), texts))
        runs.append(" ".join(rest[:length]))
        rest = rest[length:]
    return runs


def _stands(words: str, texts: ranking.Texts) -> bool:
    return any(f" {words} " in texts[field] for field in ranking.WEIGHTS)


def spelled(keys: Iterable[str], texts: Iterable[str], *, otherwise: bool = False) -> list[str]:
    """Folded words and runs of them as the texts write them, each once and in their order.

    A word within a run that is named is left out; what the texts do not write only where ``otherwise`` asks for it.
    """
    written = _writings(texts)
    kept: list[str] = []
    for key in sorted(dict.fromkeys(keys), key=lambda key: -key.count(" ")):
        if not any(f" {key} " in f" {other} " for other in kept) and (otherwise or key in written):
            kept.append(key)
    return [written.get(key, key) for key in kept]


def _writings(texts: Iterable[str]) -> dict[str, str]:
    """Each folded word and each run of up to six with its first spelling."""
    found: dict[str, str] = {}
    for text in texts:
        words = WORD.findall(nfc(text or ""))
        for length in range(1, LONGEST_RUN + 1):
            for start in range(len(words) - length + 1):
                run = words[start : start + length]
                key = " ".join(map(search_key, run))
                found.setdefault(key, " ".join(word if word.isupper() else word.lower() for word in run))
    return found


def _texts_of(told: Any, fields: Sequence[str] = TEXTS) -> list[str]:
    """What a record says in the reader's language, or in the other where it says nothing in that."""
    values = [pick(getattr(told, f"{name}_vi", "") or "", getattr(told, f"{name}_en", "") or "") for name in fields]
    return [text for value in values for text in (value if isinstance(value, list) else [value])]


def _shared_terms(match: Match, need: Any, offer: Any, told: Any) -> list[Reason]:
    """The things that both name; a need is told in the words of the company that has it, too."""
    company = db.session.get(Company, need.company_id) if isinstance(need, Need) else None
    needed, offered = [*_texts_of(need), *_texts_of(company)], _texts_of(offer)
    mine, theirs = (needed, offered) if told is need else (offered, needed)
    names = [*_texts_of(offer, NAMES), *_texts_of(company, NAMES)]
    shown = both_name(mine, theirs, names, match.fit.terms)[:MOST_TERMS]
    return [Reason("terms", _("Both speak of: %(words)s", words=", ".join(shown)))] if shown else []


def _shared_sectors(need: Any, offer: Any) -> list[Reason]:
    common = sorted(set(need["sectors"].split()) & set(offer["sectors"].split()))
    if not common:
        return []
    return [Reason("sector", _("Same sector: %(names)s", names="; ".join(map(sectors.label, common))))]


def _readiness(need: Any, offer: Any) -> list[Reason]:
    wanted, level = need["readiness"], offer["readiness"]
    if not wanted or not level:
        return []
    if level >= wanted:
        told = _("Ready enough: level %(level)s, wanted at least %(wanted)s", level=level, wanted=wanted)
        return [Reason("readiness", told)]
    told = _("Not ready enough yet: level %(level)s, wanted at least %(wanted)s", level=level, wanted=wanted)
    return [Reason("lacking", told)]


def _transfer(need: Any, offer: Any) -> list[Reason]:
    common = set(need["transfer_forms"].split()) & set(offer["transfer_forms"].split())
    return [Reason("transfer", _("Transfer in a form that is wanted"))] if common else []


def _place(need: Any, offer: Any) -> list[Reason]:
    if need["province"] and need["province"] == offer["province"]:
        return [Reason("place", _("Both in %(place)s", place=need["province"]))]
    return []


def _language(told: Technology | Need) -> list[Reason]:
    if not (told.title_vi and told.title_en):
        return []
    return [Reason("language", _("Described in Vietnamese and English"))]

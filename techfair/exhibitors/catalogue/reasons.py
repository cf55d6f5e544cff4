"""Why a hit was found and why two records fit, in words for people; never a bare score."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Any

from flask_babel import gettext as _

from techfair.core.vietnamese import nfc, search_key
from techfair.exhibitors.catalogue import ranking
from techfair.exhibitors.catalogue.asking import INITIALS_MARK, Asked
from techfair.exhibitors.catalogue.facets import Row
from techfair.exhibitors.catalogue.finding import Found
from techfair.exhibitors.catalogue.matching import Match
from techfair.exhibitors.models import Need, Technology
from techfair.fairs import sectors

MOST_TERMS = 4
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
TELLING = 0.1  # a word that an entry holds so surely is named


@dataclass(frozen=True)
class Reason:
    """What speaks for a hit: a kind that pages can mark, and a sentence."""

    kind: str
    text: str


def of_match(match: Match, told: Technology | Need) -> list[Reason]:
    """Why an offer and a need fit; ``told`` is the record that is shown, in whose spelling the words are named."""
    need, offer = match.need, match.offer
    return [
        *_shared_terms(match, told),
        *_shared_sectors(need, offer),
        *_readiness(need, offer),
        *_transfer(need, offer),
        *_place(need, offer),
        *_language(told),
    ]


def of_hit(found: Found, row: Row, told: Any) -> list[Reason]:
    """Which of the words asked for a hit holds, in its own spelling; nothing of one that was not ranked."""
    texts = found.texts.get(row.id)
    held = [word for one in found.asked if (word := _held(one, texts))] if texts else []
    pairs = [pair for pair in map(" ".join, pairwise(held)) if texts and _stands(pair, texts)]
    shown = spelled([*pairs, *held], _texts_of(told))
    return [Reason("terms", _("Holds: %(words)s", words=", ".join(shown)))] if shown else []


def _held(asked: Asked, texts: ranking.Texts) -> str:
    """The form under which an entry holds a word."""
    if ranking.word_score(asked, texts) < TELLING * asked.weight:
        return ""
    by_chance = sorted(asked.forms, key=lambda word: -asked.forms[word])
    there = (word for word in by_chance if _stands(word, texts))
    return next(there, asked.typed.upper() if INITIALS_MARK + asked.word in asked.forms else "")


def _stands(words: str, texts: ranking.Texts) -> bool:
    return any(f" {words} " in texts[field] for field in ranking.WEIGHTS)


def spelled(keys: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Folded words (or pairs) as the texts write them, each once; a word within a pair that is named is left out."""
    written = _writings(texts)
    kept: list[str] = []
    for key in sorted(dict.fromkeys(keys), key=lambda key: " " not in key):
        if not any(f" {key} " in f" {other} " for other in kept):
            kept.append(key)
    return [written.get(key, key) for key in kept]


def _writings(texts: Iterable[str]) -> dict[str, str]:
    """Each folded word and pair of the texts with its first spelling."""
    found: dict[str, str] = {}
    for text in texts:
        words = WORD.findall(nfc(text or ""))
        for one, other in zip_longest(words, words[1:], fillvalue=""):
            found.setdefault(search_key(one), one.lower() if not one.isupper() else one)
            found.setdefault(search_key(f"{one} {other}"), f"{one} {other}".lower())
    return found


def _texts_of(told: Any) -> list[str]:
    names = ("title", "name", "summary", "problem", "profile", "description", "wanted_result", "advantages")
    texts = [getattr(told, f"{name}_{ln}", "") for name in names for ln in ("vi", "en")]
    return [*(getattr(told, "keywords_vi", None) or ()), *(getattr(told, "keywords_en", None) or ()), *texts]


def _shared_terms(match: Match, told: Technology | Need) -> list[Reason]:
    shown = spelled(match.fit.terms[: 2 * MOST_TERMS], _texts_of(told))[:MOST_TERMS]
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

"""Why a hit was found and why two records fit, in words for people; never a bare score."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from techfair.core.languages import pick
from techfair.core.vietnamese import nfc, search_key
from techfair.exhibitors.catalogue import ranking
from techfair.exhibitors.catalogue.asking import GRAMMAR, INITIALS_MARK, Asked
from techfair.exhibitors.catalogue.facets import Row
from techfair.exhibitors.catalogue.finding import Found
from techfair.exhibitors.catalogue.matching import Match
from techfair.exhibitors.catalogue.syllables import is_syllable
from techfair.exhibitors.record_models import Need, Technology
from techfair.fairs import sectors

MOST_TERMS, MOST_LOOKED_AT = 4, 40
# What nearly every record says in either language; it counts, but is no reason to meet.
SAID_BY_ALL = (
    "solution solutions system systems technology technologies product products service services process model "
    "equipment device devices method methods application applications development high new "
    "giai phap he thong cong nghe san pham dich vu quy trinh mo hinh thiet bi phuong ung dung phat trien"
)
WEAK = frozenset(SAID_BY_ALL.split())
# Words that name nothing and measures, as they are written: folded, "sau" would be "sâu" and "ba" be "bã". A run that
# begins or ends with one was cut out of the middle of a sentence.
SAID_BETWEEN = (
    "và của cho với khi sau trước trong trên dưới để là các những mỗi cả theo từ đến tại ở bằng thay như này đó mà thì "
    "hay hoặc rất hơn so vào ra lên xuống không chưa được bị có đang sẽ đã cũng một hai ba bốn năm sáu bảy tám chín "
    "mười trăm nghìn triệu mg g kg mm cm m km ha kw kwh mw v l lít tấn tạ tháng tuần ngày giờ phút giây đồng "
    "and or of for with in on at to from by per the a an one two three four five six seven eight nine ten"
)
LOOSE = frozenset(SAID_BETWEEN.split())
LONGEST_RUN = 6
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


def _texts_of(told: Any) -> list[str]:
    """What a record says in the reader's language, or in the other where it says nothing in that."""
    names = ("title", "name", "summary", "problem", "profile", "description", "wanted_result", "advantages", "keywords")
    values = [pick(getattr(told, f"{name}_vi", "") or "", getattr(told, f"{name}_en", "") or "") for name in names]
    return [text for value in values for text in (value if isinstance(value, list) else [value])]


def _shared_terms(match: Match, told: Technology | Need) -> list[Reason]:
    telling = [term for term in match.fit.terms[:MOST_LOOKED_AT] if _tells(term)]
    texts = _texts_of(told)
    shown = _whole(spelled(filter(_names, telling), texts)) or _whole(spelled(telling, texts))
    shown = shown[:MOST_TERMS]
    return [Reason("terms", _("Both speak of: %(words)s", words=", ".join(shown)))] if shown else []


def _whole(runs: Iterable[str]) -> list[str]:
    """Those that do not begin or end amid a sentence: "cà phê", not "cho cà"."""
    return [run for run in runs if LOOSE.isdisjoint((run.split()[0], run.split()[-1]))]


def _tells(term: str) -> bool:
    """Numbers, words of grammar and what all say count, but tell nobody why."""
    words = term.split()
    return all(word.isalpha() and len(word) > 1 for word in words) and not (GRAMMAR | WEAK).issuperset(words)


def _names(term: str) -> bool:
    """A syllable alone stands for many words."""
    return " " in term or not is_syllable(term)


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

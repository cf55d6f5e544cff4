"""How well an entry answers what was asked: fields weigh differently, rare words more, neighbours are worth extra."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from techfair.exhibitors.catalogue.asking import INITIALS_MARK, Asked
from techfair.exhibitors.catalogue.vocabulary import ALIKE

WEIGHTS = {
    "title_words": 3.0,
    "keyword_words": 3.5,
    "summary_words": 1.5,
    "body_words": 0.7,
    "sector_words": 0.3,
    "company_words": 0.2,
}
FULL = 0.7  # the smaller, the sooner further mentions of a word add nothing
MOST_TIMES, MOST_PAIRS = 3, 2
ENOUGH = 3.0  # one mention in the title
PAIR = 0.8
OTHER_ACCENTS = 0.85  # a title that has the word with other accents than typed
SURELY = 0.5  # from here on a word counts as found

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Judged:
    """How well an entry answers, how much of what was asked it holds (0 to 1), and whether any word just so."""

    score: float
    covered: float
    is_sure: bool


def judge(asked: Sequence[Asked], texts: Texts) -> Judged:
    """``texts`` are an entry's words by field, a blank at both ends of each word."""
    found = [word_score(one, texts) for one in asked]
    worth = [one.weight * one.rarity for one in asked]
    gained = sum(part * value for part, value in zip(found, worth, strict=True))
    held = sum(min(1.0, part / SURELY) * value for part, value in zip(found, worth, strict=True))
    pairs = sum(_pair(one, other, texts) for one, other in pairwise(asked))
    covered = held / (sum(worth) or 1.0)
    is_sure = any(_times(f" {word} ", texts, 1) for one in asked for word in one.forms if one.forms[word] >= ALIKE)
    return Judged((gained + pairs) * covered, covered, is_sure)


def word_score(asked: Asked, texts: Texts) -> float:
    """How surely an entry holds a word, between 0 and 1."""
    likely = max(_form_score(word, texts) * chance for word, chance in asked.forms.items())
    if likely and asked.has_accents and f" {asked.typed}" not in texts["accented"]:
        return likely * OTHER_ACCENTS
    return likely


def _form_score(word: str, texts: Texts) -> float:
    if word.startswith(INITIALS_MARK):
        return _filled(ENOUGH * texts["initials"].count(f" {word} "))
    return _filled(_times(f" {word} ", texts, MOST_TIMES))


def _pair(one: Asked, other: Asked, texts: Texts) -> float:
    """What it is worth that two words stand side by side: most Vietnamese words have two syllables."""
    best = 0.0
    for word, chance in one.forms.items():
        for following, likely in other.forms.items():
            times = _times(f" {word} {following} ", texts, MOST_PAIRS)
            best = max(best, chance * likely * _filled(times))
    return PAIR * best * min(one.weight, other.weight) * (one.rarity + other.rarity) / 2


def _times(piece: str, texts: Texts, most: int) -> float:
    return sum(weight * min(texts[field].count(piece), most) for field, weight in WEIGHTS.items())


def _filled(times: float) -> float:
    return times / (times + FULL * ENOUGH)

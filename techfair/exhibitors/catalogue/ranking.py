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
    everything = " ".join(texts[field] for field in WEIGHTS)  # one look tells that a word is nowhere
    held = [_held(one, texts, everything) for one in asked]
    found = [_surest(one, forms, texts) for one, forms in zip(asked, held, strict=True)]
    worth = [one.weight * one.rarity for one in asked]
    gained = sum(part * value for part, value in zip(found, worth, strict=True))
    covered = sum(min(1.0, part / SURELY) * value for part, value in zip(found, worth, strict=True))
    covered /= sum(worth) or 1.0
    pairs = sum(_pair(*beside, texts, everything) for beside in pairwise(zip(asked, held, strict=True)))
    is_sure = any(one.forms[word] >= ALIKE for one, forms in zip(asked, held, strict=True) for word in forms)
    return Judged((gained + pairs) * covered, covered, is_sure)


def word_score(asked: Asked, texts: Texts) -> float:
    """How surely an entry holds a word, between 0 and 1."""
    everything = " ".join(texts[field] for field in WEIGHTS)
    return _surest(asked, _held(asked, texts, everything), texts)


Held = dict[str, float]  # the forms of a word that an entry holds, each with how often, its place weighed


def _held(asked: Asked, texts: Texts, everything: str) -> Held:
    held = {word: _times(f" {word} ", texts, MOST_TIMES) for word in asked.forms if f" {word} " in everything}
    initials = INITIALS_MARK + asked.word
    if initials in asked.forms and f" {initials} " in texts["initials"]:
        held[initials] = ENOUGH
    return held


def _surest(asked: Asked, held: Held, texts: Texts) -> float:
    likely = max((_filled(times) * asked.forms[word] for word, times in held.items()), default=0.0)
    if likely and asked.has_accents and f" {asked.typed}" not in texts["accented"]:
        return likely * OTHER_ACCENTS
    return likely


def _pair(one: tuple[Asked, Held], other: tuple[Asked, Held], texts: Texts, everything: str) -> float:
    """What it is worth that two words stand side by side: most Vietnamese words have two syllables."""
    best = 0.0
    for word in one[1]:
        for following in other[1]:
            piece = f" {word} {following} "
            if piece in everything:
                likely = one[0].forms[word] * other[0].forms[following]
                best = max(best, likely * _filled(_times(piece, texts, MOST_PAIRS)))
    return PAIR * best * min(one[0].weight, other[0].weight) * (one[0].rarity + other[0].rarity) / 2


def _times(piece: str, texts: Texts, most: int) -> float:
    return sum(weight * min(texts[field].count(piece), most) for field, weight in WEIGHTS.items())


def _filled(times: float) -> float:
    return times / (times + FULL * ENOUGH)

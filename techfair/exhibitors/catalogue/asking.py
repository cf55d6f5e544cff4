"""What somebody typed into the search box, as words that may be meant.

Accents, Telex keys, words written together, mistaken letters, endings and the initials of a long name are read
here; nothing of it is a list of synonyms.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from techfair.core.vietnamese import nfc, search_key
from techfair.exhibitors.catalogue.syllables import from_telex, is_syllable
from techfair.exhibitors.catalogue.vocabulary import ALIKE, Vocabulary

MOST_WORDS = 16
LONGEST_WORD = 60
SHORTEST_TOGETHER = 5
INITIALS = range(3, 6)  # NLMT, CNTT
INITIALS_MARK = "0"  # before initials in the index, so that they are no word
EDGES = re.compile(r"^\W+|\W+$")
BESIDE = 0.35  # the weight of a word that says how, not what
# Words of grammar only: none of them names a thing in either language, folded or not.
GRAMMAR = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "do",
        "does",
        "for",
        "from",
        "get",
        "has",
        "have",
        "how",
        "i",
        "in",
        "into",
        "is",
        "it",
        "its",
        "keep",
        "knowing",
        "make",
        "my",
        "no",
        "not",
        "of",
        "off",
        "on",
        "or",
        "our",
        "stop",
        "that",
        "the",
        "their",
        "them",
        "this",
        "to",
        "up",
        "use",
        "used",
        "using",
        "want",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "without",
        "you",
        "your",
        "cua",
        "cho",
        "va",
        "lam",
        "sao",
        "nao",
        "khi",
        "nhung",
        "voi",
        "hay",
        "hoac",
        "muon",
        "thoi",
        "duoc",
    ]
)


@dataclass(frozen=True)
class Asked:
    """A word that was asked for: as typed, folded, the words that may be meant with how likely, and its weight."""

    typed: str
    word: str
    forms: dict[str, float]
    weight: float
    rarity: float

    @property
    def has_accents(self) -> bool:
        return self.typed != self.word


def read(text: str, vocabulary: Vocabulary) -> list[Asked]:
    """The words of ``text``; empty where it holds none."""
    words = list(_words(text))[:MOST_WORDS]
    keys = _keys(words, vocabulary)
    asked = [_asked(typed, key, vocabulary) for typed, key in keys]
    return [*asked[:-1], *(_begun(last, vocabulary, is_alone=not asked[:-1]) for last in asked[-1:])]


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Each word as typed and folded; signs alone are none."""
    for typed in nfc(text.replace("\x00", " ")).lower().split():
        for key in search_key(typed).split():
            if len(key) <= LONGEST_WORD:
                yield (EDGES.sub("", typed) if search_key(typed) == key else key), key


def _keys(words: list[tuple[str, str]], vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The words after undoing what a keyboard did to them."""
    if _is_telex([key for _, key in words]):
        return [_telex(typed, key, vocabulary) for typed, key in words]
    return [part for typed, key in words for part in _together(typed, key, vocabulary)]


def _is_telex(keys: list[str]) -> bool:
    """Whether all of it reads as Telex keys: "cows are" does not, though "cow" could."""
    typed = [key for key in keys if key.isalpha()]
    reads = all(is_syllable(key) or from_telex(key) for key in typed)
    return reads and any(not is_syllable(key) for key in typed)


def _telex(typed: str, key: str, vocabulary: Vocabulary) -> tuple[str, str]:
    reading = from_telex(key)
    if not reading or (is_syllable(key) and vocabulary.holds(key)):
        return typed, key
    return reading, reading


def _together(typed: str, key: str, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    if len(key) < SHORTEST_TOGETHER or vocabulary.holds(key):
        return [(typed, key)]
    return [(part, part) for part in vocabulary.parts(key)] or [(typed, key)]


def _begun(asked: Asked, vocabulary: Vocabulary, *, is_alone: bool) -> Asked:
    """The last word may be the beginning of one, where it is all that was typed or no word itself."""
    if not is_alone and vocabulary.holds(asked.word):
        return asked
    return replace(asked, forms=vocabulary.begun(asked.word) | asked.forms)


def _asked(typed: str, key: str, vocabulary: Vocabulary) -> Asked:
    forms = vocabulary.kin(key)
    if len(key) in INITIALS and key.isalpha() and not vocabulary.holds(key) and not is_syllable(key):
        forms[INITIALS_MARK + key] = 1.0
    weight = BESIDE if key in GRAMMAR and typed == key else 1.0
    return Asked(typed, key, forms, weight, vocabulary.rarity(_entries(key, forms, vocabulary)))


def _entries(key: str, forms: dict[str, float], vocabulary: Vocabulary) -> int:
    """In how many entries the word stands; one nobody wrote counts as the commonest it may stand for."""
    counted = vocabulary.entries
    sure = max(counted.get(word, 0) for word, likely in forms.items() if likely >= ALIKE)
    return sure or max((counted.get(word, 0) for word in forms), default=0) or 1

"""The words that the catalogue holds, in how many entries each, and which of them a typed word may stand for."""

from bisect import bisect_left, insort
from collections import defaultdict
from math import log

from techfair.exhibitors.catalogue.syllables import is_near, is_syllable, sound, stem

ALIKE = 0.8  # another ending of the same word
HEARD = 0.3  # a word of the same sound
SLIPPED = 0.45  # a word one letter away
BEGUN = 0.25  # a word that begins so
SHORTEST_SLIP, MOST_SLIPS, MOST_BEGUN = 4, 8, 20
LONGEST_SYLLABLE = 9
NOT_A_SYLLABLE, COMMON = 0.3, 0.1  # what a part costs, where syllables that many entries hold are cheap


class Vocabulary:
    """What the catalogue's words are. ``learn`` keeps it true; everything else reads."""

    def __init__(self) -> None:
        self.entries: dict[str, int] = {}
        self.total = 0
        self._of_stem: dict[str, list[str]] = defaultdict(list)
        self._of_sound: dict[str, list[str]] = defaultdict(list)
        self._of_shape: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._ordered: list[str] = []

    def learn(self, word: str, entries: int) -> None:
        """That a word stands in so many entries now."""
        if word not in self.entries:
            self._of_stem[stem(word)].append(word)
            self._of_sound[sound(word)].append(word)
            if word.isalpha():  # thousands of numbers and model names are nobody's slip
                self._of_shape[word[0], len(word)].append(word)
            insort(self._ordered, word)
        self.entries[word] = entries

    def holds(self, word: str) -> bool:
        return self.entries.get(word, 0) > 0

    def rarity(self, entries: int) -> float:
        """How much a word that stands in so many entries tells."""
        total = max(self.total, entries)
        return log(1 + (total - entries + 0.5) / (entries + 0.5))

    def kin(self, word: str) -> dict[str, float]:
        """The words that ``word`` may stand for, each with how likely; itself first, with 1."""
        forms = {word: 1.0}
        for other in self._of_stem.get(stem(word), ()):
            self._add(forms, other, ALIKE)
        for other in self._of_sound.get(sound(word), ()):
            self._add(forms, other, HEARD)
        if not self.holds(word) and len(word) >= SHORTEST_SLIP and word.isalpha():
            for other in self._slips(word):
                self._add(forms, other, SLIPPED)
        return forms

    def begun(self, word: str) -> dict[str, float]:
        """Words that begin with ``word``, as one who is still typing means them."""
        forms: dict[str, float] = {}
        at = bisect_left(self._ordered, word)
        for other in self._ordered[at : at + MOST_BEGUN]:
            if other.startswith(word):
                self._add(forms, other, BEGUN)
        return forms

    def parts(self, word: str) -> list[str]:
        """The known words of which ``word`` is written together ("nuocthai"); empty where it is not."""
        best: dict[int, tuple[float, list[str]]] = {0: (0.0, [])}
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - LONGEST_SYLLABLE), end):
                part = word[start:end]
                if start in best and len(part) > 1 and self.holds(part):
                    cost = best[start][0] + self._cost(part)
                    if end not in best or cost < best[end][0]:
                        best[end] = (cost, [*best[start][1], part])
        parts = best.get(len(word), (0.0, []))[1]
        return parts if len(parts) > 1 else []

    def _cost(self, part: str) -> float:
        return 1 + COMMON * self.rarity(self.entries[part]) + (0 if is_syllable(part) else NOT_A_SYLLABLE)

    def _slips(self, word: str) -> list[str]:
        lengths = (len(word) - 1, len(word), len(word) + 1)
        near = [other for length in lengths for other in self._of_shape.get((word[0], length), ())]
        found = [other for other in near if self.holds(other) and is_near(word, other)]
        return sorted(found, key=lambda other: (-self.entries[other], other))[:MOST_SLIPS]

    def _add(self, forms: dict[str, float], word: str, likely: float) -> None:
        if self.holds(word):
            forms.setdefault(word, likely)

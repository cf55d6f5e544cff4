"""Which groups of the list a text speaks of; knows no database.

Words are compared folded and whole: "aldrin" does not stand in "xaldrine". A hit is a reason to look, no more.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from techfair.core.languages import pick
from techfair.core.vietnamese import search_key

FILE = Path(__file__).parent / "data" / "restricted.json"


@dataclass(frozen=True)
class Group:
    """A group of technologies that the law names; ``level`` is restricted or banned, ``basis`` the text to read."""

    key: str
    level: str
    vi: str
    en: str
    basis: str
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        return pick(self.vi, self.en)


@dataclass(frozen=True)
class Warned:
    """A group, and the words by which a text seems to be about it, as the list writes them."""

    group: Group
    words: tuple[str, ...]


@cache
def groups() -> Mapping[str, Group]:
    told = json.loads(FILE.read_text(encoding="utf-8"))["entries"]
    return {row["key"]: Group(**(row | {"words": tuple(row["words"])})) for row in told}


@cache
def _phrases() -> tuple[re.Pattern[str], Mapping[str, tuple[str, str]]]:
    """All phrases in one pattern, the longest first, and of each folded one its group and how it is written."""
    meant = {search_key(words): (group.key, words) for group in groups().values() for words in group.words}
    listed = "|".join(re.escape(phrase) for phrase in sorted(meant, key=len, reverse=True))
    return re.compile(rf"(?<!\S)(?=({listed})(?!\S))"), meant


def warned(texts: Iterable[str | None]) -> list[Warned]:
    """The groups that the texts seem to be about, the banned ones first."""
    pattern, meant = _phrases()
    found: dict[str, dict[str, None]] = {}
    for text in texts:
        for hit in pattern.finditer(search_key(text or "")):
            key, words = meant[hit[1]]
            found.setdefault(key, {})[words] = None
    told = [Warned(groups()[key], tuple(words)) for key, words in found.items()]
    return sorted(told, key=lambda one: (one.group.level != "banned", one.group.key))

"""The sectors of the market, named in both languages."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from techfair.core.languages import pick

FILE = Path(__file__).parent / "data" / "sectors.json"


@dataclass(frozen=True)
class Sector:
    """A sector: its key in data and its names; ``label`` is the reader's."""

    key: str
    vi: str
    en: str

    @property
    def label(self) -> str:
        return pick(self.vi, self.en)


@cache
def by_key() -> dict[str, Sector]:
    told = json.loads(FILE.read_text(encoding="utf-8"))["sectors"]
    return {row["key"]: Sector(row["key"], row["vi"], row["en"]) for row in told}


def all_sectors() -> list[Sector]:
    """All sectors, in the order of the file."""
    return list(by_key().values())


def label(key: str) -> str:
    """A sector's name in the reader's language; the key itself where it is unknown."""
    sector = by_key().get(key)
    return sector.label if sector else key

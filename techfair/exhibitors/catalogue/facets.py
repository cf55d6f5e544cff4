"""What a list of hits can be narrowed by, each value with how many hits it would leave."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

FACETS = ("sector", "province", "country", "readiness", "transfer", "year", "fair")
ORDERED = ("readiness", "year")  # by value, not by count


class Row(NamedTuple):
    """The facts of a hit."""

    id: int
    kind: str
    record_id: int
    company_id: int
    sectors: str
    province: str
    country: str
    readiness: int | None
    transfer_forms: str
    year: int | None
    published: int


@dataclass(frozen=True)
class Value:
    """A value of a facet, and how many hits have it."""

    key: str
    count: int


Fairs = Mapping[int, Sequence[str]]  # the fairs (slugs) at which a company exhibits
Chosen = Mapping[str, str]


def passing(rows: Iterable[Row], chosen: Chosen, fairs: Fairs, *, but: str = "") -> list[Row]:
    """The rows that have what was chosen, in every facet or in all others than one."""
    kept = list(rows)
    for facet, value in chosen.items():
        if value and facet != but:
            kept = [row for row in kept if value in _keys(facet, row, fairs)]
    return kept


def counted(rows: Sequence[Row], chosen: Chosen, fairs: Fairs) -> dict[str, list[Value]]:
    """Each facet's values. What is chosen in a facet does not narrow its own values, so that one can change it."""
    narrowed = passing(rows, chosen, fairs)
    found = {}
    for facet in FACETS:
        those = passing(rows, chosen, fairs, but=facet) if chosen.get(facet) else narrowed
        found[facet] = _ordered(facet, _count(facet, those, fairs))
    return found


def _count(facet: str, rows: Sequence[Row], fairs: Fairs) -> Counter[str]:
    """Rows alike are counted once for all, which tens of thousands of them need."""
    get = RAW[facet]
    alike = Counter(map(get, rows))
    counts: Counter[str] = Counter()
    for raw, count in alike.items():
        for key in _split(facet, raw, fairs):
            counts[key] += count
    return counts


def _ordered(facet: str, counts: Counter[str]) -> list[Value]:
    if facet in ORDERED:
        return [Value(key, counts[key]) for key in sorted(counts, key=int, reverse=True)]
    return [Value(key, count) for key, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]


def _keys(facet: str, row: Row, fairs: Fairs) -> Sequence[str]:
    return _split(facet, RAW[facet](row), fairs)


def _split(facet: str, raw: Any, fairs: Fairs) -> Sequence[str]:
    if facet == "fair":
        return fairs.get(raw, ())
    return str(raw).split() if facet in LISTS else (str(raw),) if raw else ()


LISTS = ("sector", "transfer")
RAW: Mapping[str, Callable[[Row], Any]] = {
    "sector": attrgetter("sectors"),
    "province": attrgetter("province"),
    "country": attrgetter("country"),
    "readiness": attrgetter("readiness"),
    "transfer": attrgetter("transfer_forms"),
    "year": attrgetter("year"),
    "fair": attrgetter("company_id"),
}

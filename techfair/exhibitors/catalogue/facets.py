"""What a list of hits can be narrowed by, each value with how many hits it would leave."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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


RECORD = attrgetter("kind", "record_id")


@dataclass(frozen=True)
class Value:
    """A value of a facet, and how many hits have it."""

    key: str
    count: int


@dataclass(frozen=True)
class Fairs:
    """The fairs (slugs) at which companies exhibit, and those at which they leave an entry out."""

    of_company: Mapping[int, Sequence[str]]
    left_out: Mapping[tuple[str, int], Collection[str]]  # by kind and id of the record

    def of(self, row: Row) -> list[str]:
        """Where an entry is shown."""
        out = self.left_out.get(RECORD(row), ())
        return [slug for slug in self.of_company.get(row.company_id, ()) if slug not in out]

    def shown_at(self, slug: str) -> tuple[Collection[int], Collection[tuple[str, int]]]:
        """The companies at a fair and the entries that they leave out there; without one everyone and nothing."""
        if not slug:
            return self.of_company.keys(), ()
        there = {id for id, slugs in self.of_company.items() if slug in slugs}
        return there, {record for record, slugs in self.left_out.items() if slug in slugs}


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
    if facet == "fair":
        return _count_fairs(rows, fairs)
    get = RAW[facet]
    alike = Counter(map(get, rows))
    counts: Counter[str] = Counter()
    for raw, count in alike.items():
        for key in _split(facet, raw):
            counts[key] += count
    return counts


def _count_fairs(rows: Sequence[Row], fairs: Fairs) -> Counter[str]:
    """By company, for most of them show all: then without the exceptions."""
    counts: Counter[str] = Counter()
    for company_id, count in Counter(map(attrgetter("company_id"), rows)).items():
        for slug in fairs.of_company.get(company_id, ()):
            counts[slug] += count
    if fairs.left_out:
        for slugs in filter(None, map(fairs.left_out.get, map(RECORD, rows))):
            counts.subtract(slugs)
    return +counts


def _ordered(facet: str, counts: Counter[str]) -> list[Value]:
    if facet in ORDERED:
        return [Value(key, counts[key]) for key in sorted(counts, key=int, reverse=True)]
    return [Value(key, count) for key, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]


def _keys(facet: str, row: Row, fairs: Fairs) -> Sequence[str]:
    return fairs.of(row) if facet == "fair" else _split(facet, RAW[facet](row))


def _split(facet: str, raw: Any) -> Sequence[str]:
    return str(raw).split() if facet in LISTS else (str(raw),) if raw else ()


LISTS = ("sector", "transfer")
RAW: Mapping[str, Callable[[Row], Any]] = {
    "sector": attrgetter("sectors"),
    "province": attrgetter("province"),
    "country": attrgetter("country"),
    "readiness": attrgetter("readiness"),
    "transfer": attrgetter("transfer_forms"),
    "year": attrgetter("year"),
}

"""How well the catalogue finds and matches, and how fast it answers when it is large.

    python bench/catalogue.py [--database sqlite|postgresql] [--technologies N] [--companies N] [--only quality|speed]

Quality on the demo's two labelled sets, beside plain full text: nDCG at 5 with the gain 2^grade - 1, and recall at 10
(offers that solve a need at least partly; all relevant ones of a query), for each half of a set too: the weights
were chosen with the first half in view. Speed on made-up technologies with the words of the demo's, without and
with narrowing. All of it on SQLite, then on a PostgreSQL server of its own.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import log2
from pathlib import Path

from baseline.plain_fulltext import PlainFullText
from flask import Flask
from sqlalchemy import insert, select

from techfair import create_app
from techfair.core import migrating
from techfair.demo import bulk, exhibiting, organizing, source
from techfair.exhibitors.catalogue import finding, keeping, matching
from techfair.exhibitors.models import Company, CompanySector, Exhibitor
from techfair.exhibitors.record_models import Need, Technology, TechnologySector
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.settings import Settings
from tests.fixtures.databases import postgresql

DATABASES = ("sqlite", "postgresql")

WANTED = {"needs": (0.60, 0.0), "queries": (0.88, 0.95)}  # nDCG@5, recall@10
SLOWEST = 0.120  # seconds, p95
PARTS = ("title", "problem", "present_technology", "wanted_result", "constraints")

Grades = Mapping[str, int]
Judged = tuple[Sequence[str], Grades, int]  # what was answered, the grades, the least grade that is relevant


@contextmanager
def fair_of_demo(postgres: str) -> Iterator[Fair]:
    """The demo's fair with its exhibitors, technologies and needs, without visitors."""
    with tempfile.TemporaryDirectory() as folder:
        elsewhere = (
            {"database_url": postgres, "secret_key": "a secret for this bench only, known to all"} if postgres else {}
        )
        settings = Settings(instance=Path(folder), **elsewhere)
        app: Flask = create_app(settings)
        with app.app_context():
            migrating.upgrade()
            fair = organizing.organize()
            exhibiting.exhibit(fair)
            db.session.commit()
            yield fair
            db.session.remove()
            db.engine.dispose()


def gain(ranked: Sequence[str], grades: Grades, at: int = 5) -> float:
    """nDCG of a ranking."""
    best = sorted(grades.values(), reverse=True)
    ideal = _discounted(best[:at])
    return _discounted([grades.get(ref, 0) for ref in ranked[:at]]) / ideal


def _discounted(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))


def recall(ranked: Sequence[str], grades: Grades, least: int, at: int = 10) -> float:
    relevant = {ref for ref, grade in grades.items() if grade >= least}
    return len(relevant & set(ranked[:at])) / min(at, len(relevant))


def queries(answer: Callable[[str], Sequence[str]]) -> list[Judged]:
    asked = source.read("search_queries")["queries"]
    return [(answer(row["query"]), dict.fromkeys(row["relevant"], 1), 1) for row in asked]


def needs(answer: Callable[[str], Sequence[str]]) -> list[Judged]:
    return [(answer(ref), grades, 2) for ref, grades in source.read("match_labels")["labels"].items()]


def searcher(fair: Fair) -> Callable[[str], Sequence[str]]:
    refs = {row.id: row.public_ref for row in db.session.execute(select(Technology.id, Technology.public_ref))}

    def best(text: str) -> list[str]:
        found = finding.find(finding.Wanted(text, "technology"), fair)
        return [refs[row.record_id] for row in found.rows[:10]]

    return best


def matcher() -> Callable[[str], Sequence[str]]:
    refs = {row.id: row.public_ref for row in db.session.execute(select(Technology.id, Technology.public_ref))}
    ids = {row.public_ref: row.id for row in db.session.execute(select(Need.id, Need.public_ref))}
    return lambda ref: [refs[match.record_id] for match in matching.offers_for(ids[ref], 10)]


def plainly() -> tuple[Callable[[str], Sequence[str]], Callable[[str], Sequence[str]]]:
    """The baseline of both sets: the words of a query, and all words of a need in both languages."""
    plain = PlainFullText(source.technologies())
    told = {row["id"]: " ".join(row[f"{part}_{ln}"] for part in PARTS for ln in ("vi", "en")) for row in source.needs()}
    return plain.best, lambda ref: plain.best(told[ref])


def quality(fair: Fair) -> bool:
    """Print the figures of both sets; whether they are reached."""
    plain_queries, plain_needs = plainly()
    reached = _print("queries", queries(searcher(fair)), queries(plain_queries))
    return _print("needs", needs(matcher()), needs(plain_needs)) and reached


def _print(name: str, ours: list[Judged], plain: list[Judged]) -> bool:
    found, before = _figures(ours), _figures(plain)
    halves = "; ".join("{:.3f} {:.3f}".format(*_figures(ours[start::2])) for start in (0, 1))
    print(
        f"{name} ({len(ours)}): nDCG@5 {found[0]:.3f}, recall@10 {found[1]:.3f} (halves {halves}); "
        f"plain full text {before[0]:.3f}, {before[1]:.3f}; wanted {WANTED[name][0]:.2f}, {WANTED[name][1]:.2f}"
    )
    return all(seen >= wanted for seen, wanted in zip(found, WANTED[name], strict=True))


def _figures(judged: Sequence[Judged]) -> tuple[float, float]:
    gains = [gain(ranked, grades) for ranked, grades, _ in judged]
    recalls = [recall(ranked, grades, least) for ranked, grades, least in judged]
    return statistics.mean(gains), statistics.mean(recalls)


def grow(fair: Fair, technologies: int, companies: int) -> float:
    """Fill the fair up to so many companies and technologies; the seconds that indexing them took."""
    random.seed(6)
    _grow_companies(fair, companies)
    _grow_technologies(technologies)
    db.session.commit()
    started = time.perf_counter()
    keeping.rebuild()
    db.session.commit()
    return time.perf_counter() - started


def _grow_companies(fair: Fair, companies: int) -> None:
    told = source.companies()
    first = (db.session.scalar(select(db.func.max(Company.id))) or 0) + 1
    for chunk in bulk.chunks(range(first, first + companies - len(told))):
        rows = [random.choice(told) for _ in chunk]
        named = [
            {
                "id": id,
                "public_ref": f"x{id}",
                "name_vi": f"{row['name_vi']} {id}",
                "name_en": f"{row['name_en']} {id}",
                "country": row["country"],
                "province_code": row["province"],
                "province_on": exhibiting.PROVINCES_ON,
                "profile_vi": random.choice(told)["profile_vi"],
                "profile_en": random.choice(told)["profile_en"],
            }
            for id, row in zip(chunk, rows, strict=True)
        ]
        db.session.execute(insert(Company), named)
        db.session.execute(insert(Exhibitor), [{"fair_id": fair.id, "company_id": id} for id in chunk])
        there = [{"company_id": id, "sector": row["sectors"][0]} for id, row in zip(chunk, rows, strict=True)]
        db.session.execute(insert(CompanySector), there)


def _grow_technologies(technologies: int) -> None:
    """Each takes its parts from several of the demo's, and a word of its own."""
    told = source.technologies()
    owners = list(db.session.scalars(select(Company.id)))
    first = (db.session.scalar(select(db.func.max(Technology.id))) or 0) + 1
    for chunk in bulk.chunks(range(first, first + technologies - len(told))):
        db.session.execute(insert(Technology), [_technology(id, told, random.choice(owners)) for id in chunk])
        sectors = [{"technology_id": id, "sector": key} for id in chunk for key in random.choice(told)["sectors"]]
        db.session.execute(insert(TechnologySector), sectors)


def _technology(id: int, told: Sequence[source.Record], company_id: int) -> dict[str, object]:
    named, kept, summed, described = (random.choice(told) for _ in range(4))
    return {
        "id": id,
        "public_ref": f"x{id}",
        "company_id": company_id,
        "state": "published",
        "title_vi": f"{named['title_vi']} K{id}",
        "title_en": f"{named['title_en']} K{id}",
        "keywords_vi": kept["keywords_vi"],
        "keywords_en": kept["keywords_en"],
        **{f"summary_{ln}": summed[f"summary_{ln}"] for ln in ("vi", "en")},
        **{f"description_{ln}": described[f"description_{ln}"] for ln in ("vi", "en")},
        "readiness": random.randint(4, 9),
        "transfer_forms": named["transfer_forms"],
        "published_at": exhibiting.PUBLISHED_AT,
    }


def speed(fair: Fair) -> bool:
    """Print how long searches take, with all facets counted; whether 95 of 100 are quick enough."""
    texts = [row["query"] for row in source.read("search_queries")["queries"]]
    finding.find(finding.Wanted(texts[0]), fair)
    wanted = [finding.Wanted(text, "technology", chosen) for text in texts for chosen in ({}, {"sector": "food"})]
    quick = _timed("search, facets counted", wanted, fair)
    _timed("one common word", [finding.Wanted(word, "technology") for word in ("máy", "nuoc", "system")] * 5, fair)
    _timed("everything, no word", [finding.Wanted("", "technology")] * 10, fair)
    return quick <= SLOWEST


def _timed(name: str, wanted: Sequence[finding.Wanted], fair: Fair) -> float:
    taken = []
    for one in wanted:
        started = time.perf_counter()
        finding.find(one, fair)
        taken.append(time.perf_counter() - started)
    slow = statistics.quantiles(taken, n=20)[-1]
    print(f"{name}: median {statistics.median(taken) * 1000:.0f} ms, p95 {slow * 1000:.0f} ms")
    return slow


def measure(database: str, asked: argparse.Namespace) -> bool:
    """Print all that is asked for on one database; whether it reaches what it must."""
    print(f"on {database}")
    with _address(database) as address, fair_of_demo(address) as fair:
        reached = quality(fair) if asked.only != "speed" else True
        if asked.only != "quality":
            taken = grow(fair, asked.technologies, asked.companies)
            print(f"index of {asked.technologies} technologies, {asked.companies} companies: {taken:.0f} s")
            reached = speed(fair) and reached
    return reached


@contextmanager
def _address(database: str) -> Iterator[str]:
    if database == "sqlite":
        yield ""
    else:
        with contextmanager(postgresql)("max_connections=50") as server:
            yield server


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=DATABASES, action="append")
    parser.add_argument("--technologies", type=int, default=50_000)
    parser.add_argument("--companies", type=int, default=5_000)
    parser.add_argument("--only", choices=("quality", "speed"))
    asked = parser.parse_args()
    each = [measure(one, asked) for one in asked.database or DATABASES]
    return 0 if all(each) else 1


if __name__ == "__main__":
    sys.exit(main())

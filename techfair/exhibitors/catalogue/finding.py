"""Searching the catalogue: the database finds who holds the words, then the best are ranked and all are counted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from operator import attrgetter
from typing import Any

from sqlalchemy import select

from techfair.exhibitors.catalogue import asking, facets, fulltext, known, ranking
from techfair.exhibitors.catalogue.asking import Asked
from techfair.exhibitors.catalogue.facets import RECORD, Fairs, Row, Value
from techfair.exhibitors.catalogue.fulltext import Question, every, some
from techfair.exhibitors.catalogue.known import Known
from techfair.exhibitors.catalogue.models import WORD_FIELDS, CatalogueEntry
from techfair.exhibitors.catalogue.vocabulary import Vocabulary
from techfair.exhibitors.displays.models import RecordLeftOut
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair

SORTS = ("best", "newest", "title", "ready")
RARE = 150  # a word of so few entries is enough to be looked at
MOST_RANKED, MOST_LOOSE, MOST_IN_TITLE = 200, 300, 150
MANY = 60  # who finds so many with all words looks for none that lack one
MOST_LEFT_OUT = 8  # of so many words any one may be missing
CLOSE = 0.35  # an entry that lacks words is a hit where it comes so near to the best
FEW = 12  # of fewer hits the best of the others are shown as well,
LEAST = 0.15  # if they hold so much of what was asked, and one word not only by its sound or a slip
TABLE, EXHIBITS, OUT = CatalogueEntry.__table__, Exhibitor.__table__, RecordLeftOut.__table__
LEFT_OUT = (  # few rows: most show all they have at each of their fairs
    select(OUT.c.kind, OUT.c.record_id, EXHIBITS.c.fair_id)
    .join(EXHIBITS, EXHIBITS.c.id == OUT.c.exhibitor_id)
    .where(EXHIBITS.c.is_active)
)
TEXTS = tuple(TABLE.c[name] for name in ("id", "accented", "initials", *WORD_FIELDS))


@dataclass(frozen=True)
class Wanted:
    """What somebody asks the catalogue: words, one kind of entries or all, values of facets, an order."""

    text: str = ""
    kind: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    sort: str = "best"


@dataclass(frozen=True)
class Found:
    """All hits in the order wanted; scores and texts of those that were ranked, by id; what one may narrow by."""

    asked: Sequence[Asked] = ()
    rows: Sequence[Row] = ()
    scores: Mapping[int, float] = field(default_factory=dict)
    texts: Mapping[int, ranking.Texts] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    facets: Mapping[str, Sequence[Value]] = field(default_factory=dict)


def find(wanted: Wanted, fair: Fair | None = None) -> Found:
    """Search the published entries of a fair's exhibitors, or of everyone who exhibits somewhere.

    A text without any word finds nothing, no text finds all. Entries that lack a word are hits too where they come
    close to the best. What is chosen in a facet narrows all counts but its own.
    """
    catalogue = known.current()
    asked = asking.read(wanted.text, catalogue.vocabulary)
    if wanted.text.strip() and not asked:
        return Found()
    fairs = _fairs()
    shelf = Shelf(catalogue, fairs, fair)
    rows, texts, scores = _hits(asked, shelf) if asked else (shelf.all(), {}, {})
    narrowed = facets.passing(rows, wanted.chosen, fairs)
    of_kind = [row for row in rows if row.kind == wanted.kind] if wanted.kind else rows
    kept = [row for row in narrowed if row.kind == wanted.kind] if wanted.kind else narrowed
    ordered = _ordered(kept, wanted.sort, scores)
    counts = Counter(map(attrgetter("kind"), narrowed))
    return Found(asked, ordered, scores, texts, counts, facets.counted(of_kind, wanted.chosen, fairs))


class Shelf:
    """The entries among which one searches: what companies show there, or of everyone who exhibits somewhere."""

    def __init__(self, catalogue: Known, fairs: Fairs, fair: Fair | None) -> None:
        self.vocabulary, self.rows = catalogue.vocabulary, catalogue.rows
        self.companies, self.left_out = fairs.shown_at(fair.slug if fair else "")

    def all(self) -> list[Row]:
        return self._shown(self.rows.values())

    def _shown(self, rows: Iterable[Row]) -> list[Row]:
        kept = [row for row in rows if row.company_id in self.companies]
        if not self.left_out:
            return kept
        return [row for row, record in zip(kept, map(RECORD, kept), strict=True) if record not in self.left_out]

    def holding(self, question: Question, *, in_title: bool = False) -> list[Row]:
        """Those that answer a question; one committed this moment, which we do not know yet, is left out."""
        ids = db.session.connection().execute(fulltext.holders(question, in_title=in_title)).scalars()
        return self._shown(self.rows[id] for id in ids if id in self.rows)


def _hits(asked: Sequence[Asked], shelf: Shelf) -> tuple[list[Row], dict[int, ranking.Texts], dict[int, float]]:
    """Who holds all words, and who comes close; the best of them with their score."""
    needed = [one for one in asked if one.weight == 1] or asked
    whole = every(some(one.forms) for one in needed)
    strict = shelf.holding(whole)
    sure = {row.id for row in strict}
    ranked = sure if len(strict) <= MOST_RANKED else _first_in_title(shelf, whole, strict)
    loosely = _loosely(needed, shelf.vocabulary) if len(strict) < MANY else None
    others = [row for row in shelf.holding(loosely) if row.id not in sure] if loosely else []
    loose = nlargest(MOST_LOOSE, others, key=_age)
    texts = _texts(ranked | {row.id for row in loose})
    judged = {id: ranking.judge(asked, text) for id, text in texts.items()}
    close = _close([row for row in loose if row.id in judged], judged, FEW - len(strict))
    return strict + close, texts, {id: one.score for id, one in judged.items()}


def _close(loose: Sequence[Row], judged: Mapping[int, ranking.Judged], few: int) -> list[Row]:
    """Those that come near to the best of all, and a few more."""
    enough = CLOSE * max((one.score for one in judged.values()), default=0)
    telling = [row for row in loose if judged[row.id].is_sure and judged[row.id].covered >= LEAST]
    telling.sort(key=lambda row: -judged[row.id].score)
    return [row for place, row in enumerate(telling) if place < few or judged[row.id].score >= enough]


def _first_in_title(shelf: Shelf, whole: Question, strict: Sequence[Row]) -> set[int]:
    """Of too many to rank, those with the words in their title, then the newest."""
    titled = nlargest(MOST_IN_TITLE, shelf.holding(whole, in_title=True), key=_age)
    newest = nlargest(MOST_RANKED - len(titled), strict, key=_age)
    return {row.id for row in (*titled, *newest)}


def _loosely(needed: Sequence[Asked], vocabulary: Vocabulary) -> Question | None:
    """Any of the rare words, or all words but one; None where that asks nothing new."""
    if len(needed) < 2:
        return None
    groups = [some(one.forms) for one in needed]
    rare = [group for one, group in zip(needed, groups, strict=True) if _count(one, vocabulary) <= RARE]
    lacking = range(len(groups) if 3 <= len(groups) <= MOST_LEFT_OUT else 0)
    asked = [*rare, *(every(groups[:n] + groups[n + 1 :]) for n in lacking)]
    return some(asked) if asked else None


def _count(asked: Asked, vocabulary: Vocabulary) -> int:
    return sum(vocabulary.entries.get(word, 0) for word in asked.forms)


def _texts(ids: set[int]) -> dict[int, ranking.Texts]:
    rows = db.session.connection().execute(select(*TEXTS).where(TABLE.c.id.in_(sorted(ids)))) if ids else ()
    return {row.id: row._asdict() for row in rows}


def _read(statement: Any) -> Sequence[Any]:
    """Plain tuples, past the session's machinery: there may be thousands."""
    return db.session.connection().execute(statement).all()


def _fairs() -> Fairs:
    """At which fairs each company exhibits and what it leaves out there, as far as everyone may know."""
    slugs = dict(_read(select(Fair.id, Fair.slug).where(Fair.state != "draft")))
    there = select(EXHIBITS.c.company_id, EXHIBITS.c.fair_id).where(EXHIBITS.c.is_active)
    found: dict[int, list[str]] = {}
    for company_id, fair_id in _read(there.order_by(EXHIBITS.c.fair_id)):
        if fair_id in slugs:
            found.setdefault(company_id, []).append(slugs[fair_id])
    left_out: dict[tuple[str, int], set[str]] = {}
    for kind, record_id, fair_id in _read(LEFT_OUT):
        if fair_id in slugs:
            left_out.setdefault((kind, record_id), set()).add(slugs[fair_id])
    return Fairs(found, left_out)


def _ordered(rows: list[Row], sort: str, scores: Mapping[int, float]) -> list[Row]:
    """Among equals the newest first."""
    rows = sorted(rows, key=_age, reverse=True)
    if sort == "title":
        titles = _titles(rows)
        return sorted(rows, key=lambda row: titles[row.id])
    if sort == "ready":
        return sorted(rows, key=lambda row: -(row.readiness or 0))
    if sort == "newest" or not scores:
        return rows
    return sorted(rows, key=lambda row: -scores.get(row.id, 0.0))


_age = attrgetter("published", "record_id")


def _titles(rows: Sequence[Row]) -> dict[int, Any]:
    wanted = {row.id for row in rows}
    return {id: key for id, key in db.session.execute(select(TABLE.c.id, TABLE.c.sort_key)) if id in wanted}

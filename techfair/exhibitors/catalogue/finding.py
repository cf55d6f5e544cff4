"""Searching the catalogue: the database finds who holds the words, then the best are ranked and all are counted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, select

from techfair.exhibitors.catalogue import asking, facets, fulltext, ranking, words
from techfair.exhibitors.catalogue.asking import Asked
from techfair.exhibitors.catalogue.facets import Row, Value
from techfair.exhibitors.catalogue.fulltext import Question, every, some
from techfair.exhibitors.catalogue.models import WORD_FIELDS, CatalogueEntry
from techfair.exhibitors.catalogue.vocabulary import Vocabulary
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair

SORTS = ("best", "newest", "title", "ready")
RARE = 150  # a word of so few entries is enough to be looked at
MOST_RANKED, MOST_LOOSE, MOST_IN_TITLE = 300, 300, 200
MOST_LEFT_OUT = 8  # of so many words any one may be missing
CLOSE = 0.35  # an entry that lacks words is a hit where it comes so near to the best
FEW = 12  # of fewer hits the best of the others are shown as well,
LEAST = 0.15  # if they hold so much of what was asked, and one word not only by its sound or a slip
TABLE = CatalogueEntry.__table__
ROW = tuple(TABLE.c[name] for name in Row._fields)
TEXTS = tuple(TABLE.c[name] for name in ("id", "accented", "initials", *WORD_FIELDS))

Condition = ColumnElement[bool]


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
    vocabulary = words.current()
    asked = asking.read(wanted.text, vocabulary)
    if wanted.text.strip() and not asked:
        return Found()
    rows, texts, scores = _hits(asked, vocabulary, _shown(fair)) if asked else (_rows(_shown(fair)), {}, {})
    fairs = _fairs()
    narrowed = facets.passing(rows, wanted.chosen, fairs)
    of_kind = [row for row in rows if row.kind == wanted.kind] if wanted.kind else rows
    kept = [row for row in narrowed if row.kind == wanted.kind] if wanted.kind else narrowed
    ordered = _ordered(kept, wanted.sort, scores)
    counts = Counter(row.kind for row in narrowed)
    return Found(asked, ordered, scores, texts, counts, facets.counted(of_kind, wanted.chosen, fairs))


def _shown(fair: Fair | None) -> Condition:
    """Entries of companies that exhibit."""
    there = select(Exhibitor.company_id).where(Exhibitor.is_active)
    return TABLE.c.company_id.in_(there.where(Exhibitor.fair_id == fair.id) if fair else there)


def _hits(
    asked: Sequence[Asked], vocabulary: Vocabulary, shown: Condition
) -> tuple[list[Row], dict[int, ranking.Texts], dict[int, float]]:
    """Who holds all words, and who comes close; the best of them with their score."""
    needed = [one for one in asked if one.weight == 1] or asked
    whole = every(some(one.forms) for one in needed)
    strict = _rows(shown & fulltext.holds(whole))
    ranked = {row.id for row in strict}
    if len(strict) > MOST_RANKED:
        ranked = _first_in_title(shown, whole, strict)
    loosely = _loosely(needed, vocabulary)
    loose = _rows(shown & fulltext.holds(loosely), MOST_LOOSE) if loosely else []
    texts = _texts(ranked | {row.id for row in loose})
    judged = {id: ranking.judge(asked, text) for id, text in texts.items()}
    sure = {row.id for row in strict}
    close = _close([row for row in loose if row.id not in sure], judged, FEW - len(strict))
    return strict + close, texts, {id: one.score for id, one in judged.items()}


def _close(loose: Sequence[Row], judged: Mapping[int, ranking.Judged], few: int) -> list[Row]:
    """Those that come near to the best of all, and a few more."""
    enough = CLOSE * max((one.score for one in judged.values()), default=0)
    telling = [row for row in loose if judged[row.id].is_sure and judged[row.id].covered >= LEAST]
    telling.sort(key=lambda row: -judged[row.id].score)
    return [row for place, row in enumerate(telling) if place < few or judged[row.id].score >= enough]


def _first_in_title(shown: Condition, whole: Question, strict: Sequence[Row]) -> set[int]:
    """Of too many to rank, those with the words in their title, then the newest."""
    titled = select(TABLE.c.id).where(shown, fulltext.holds(whole, in_title=True))
    first = set(db.session.scalars(titled.order_by(TABLE.c.published.desc(), TABLE.c.id).limit(MOST_IN_TITLE)))
    return first | {row.id for row in strict[: MOST_RANKED - len(first)]}


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


def _rows(condition: Condition, limit: int | None = None) -> list[Row]:
    """The facts of entries, the newest first."""
    those = select(*ROW).where(condition).order_by(TABLE.c.published.desc(), TABLE.c.id).limit(limit)
    return [Row._make(row) for row in db.session.execute(those)]


def _texts(ids: set[int]) -> dict[int, ranking.Texts]:
    rows = db.session.execute(select(*TEXTS).where(TABLE.c.id.in_(sorted(ids)))) if ids else ()
    return {row.id: row._asdict() for row in rows}


def _fairs() -> dict[int, list[str]]:
    """At which fairs each company exhibits, as far as everyone may know."""
    there = select(Exhibitor.company_id, Fair.slug).join(Fair, Fair.id == Exhibitor.fair_id)
    there = there.where(Exhibitor.is_active, Fair.state != "draft").order_by(Fair.starts_on.desc())
    found: dict[int, list[str]] = {}
    for company_id, slug in db.session.execute(there):
        found.setdefault(company_id, []).append(slug)
    return found


def _ordered(rows: list[Row], sort: str, scores: Mapping[int, float]) -> list[Row]:
    """``rows`` come the newest first; a stable sort keeps that among equals."""
    if sort == "title":
        titles = _titles(rows)
        return sorted(rows, key=lambda row: titles[row.id])
    if sort == "ready":
        return sorted(rows, key=lambda row: -(row.readiness or 0))
    if sort == "newest":
        return sorted(rows, key=lambda row: (-row.published, row.id))
    return sorted(rows, key=lambda row: -scores.get(row.id, 0.0)) if scores else rows


def _titles(rows: Sequence[Row]) -> dict[int, Any]:
    wanted = {row.id for row in rows}
    return {id: key for id, key in db.session.execute(select(TABLE.c.id, TABLE.c.sort_key)).tuples() if id in wanted}

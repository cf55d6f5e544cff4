"""The offers for a need and the needs for an offer, with what speaks for each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from techfair.exhibitors.catalogue import fitting, fulltext, known
from techfair.exhibitors.catalogue.fitting import Fit, Side
from techfair.exhibitors.catalogue.models import WORD_FIELDS, CatalogueEntry
from techfair.exhibitors.displays import queries as displays
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair

RARE, MOST_TERMS, MOST_COMPARED = 200, 80, 600
TABLE = CatalogueEntry.__table__
FACTS = ("id", "kind", "record_id", "company_id", "sectors", "readiness", "province", "country", "transfer_forms")
COLUMNS = tuple(TABLE.c[name] for name in (*FACTS, *WORD_FIELDS))

Entry = Mapping[str, Any]
NOBODY: Entry = {}


@dataclass(frozen=True)
class Match:
    """A record that fits another, and both entries, from which the reasons are told."""

    record_id: int
    fit: Fit
    need: Entry
    offer: Entry


def offers_for(need_id: int, limit: int, fair: Fair | None = None) -> list[Match]:
    """The best published offers for a published need; none where it is not published."""
    need, company = _entry_of("need", need_id)
    if not need:
        return []
    terms = fitting.needed(need, company)
    offers = compared("technology", terms, fair)
    sides = [side(offer, fitting.offered(offer, terms)) for offer in offers.values()]
    fits = fitting.offers_for(side(need, terms), sides)
    return [Match(offers[fit.id]["record_id"], fit, need, offers[fit.id]) for fit in fits[:limit]]


def needs_for(technology_id: int, limit: int, fair: Fair | None = None) -> list[Match]:
    """The published needs that a published offer fits best, as far as they share anything with it."""
    offer, _ = _entry_of("technology", technology_id)
    if not offer:
        return []
    needs = compared("need", all_terms(offer), fair)
    owners = companies({need["company_id"] for need in needs.values()})
    asked = {id: fitting.needed(need, owners.get(need["company_id"], NOBODY)) for id, need in needs.items()}
    told = side(offer, fitting.offered(offer, {term for terms in asked.values() for term in terms}))
    fits = fitting.needs_for(told, [side(need, asked[id]) for id, need in needs.items()])
    return [Match(needs[fit.id]["record_id"], fit, needs[fit.id], offer) for fit in fits[:limit] if fit.terms]


def _entry_of(kind: str, record_id: int) -> tuple[Entry, Entry]:
    """The entry of a record, and that of its company."""
    mine = and_(TABLE.c.kind == kind, TABLE.c.record_id == record_id)
    owner = select(TABLE.c.company_id).where(mine).scalar_subquery()
    company = and_(TABLE.c.kind == "exhibitor", TABLE.c.record_id == owner)
    found = {row["kind"]: row for row in read(or_(mine, company))}
    return found.get(kind, NOBODY), found.get("exhibitor", NOBODY)


def compared(kind: str, terms: Collection[str], fair: Fair | None) -> dict[int, Entry]:
    """The entries that hold one of the rarest words at least, the newest first where there are very many."""
    vocabulary = known.current().vocabulary
    counts = {word: vocabulary.entries.get(word, 0) for word in terms if " " not in word}
    rare = sorted((word for word, count in counts.items() if 0 < count <= RARE), key=lambda word: (counts[word], word))
    if not rare:
        return {}
    there = select(Exhibitor.company_id).join(Exhibitor.fair).where(Exhibitor.is_active, Fair.state != "draft")
    here = select(Exhibitor.company_id).where(Exhibitor.is_active)
    shown: ColumnElement[bool] = TABLE.c.company_id.in_(here.where(Exhibitor.fair_id == fair.id) if fair else there)
    if fair:
        shown &= displays.is_shown_as(TABLE.c.kind, TABLE.c.record_id, fair)
    holders = fulltext.holders(fulltext.some(rare[:MOST_TERMS]))
    return {row["id"]: row for row in read(and_(TABLE.c.kind == kind, shown, TABLE.c.id.in_(holders)))}


def companies(ids: Collection[int]) -> dict[int, Entry]:
    """What companies say of themselves, by their id."""
    rows = read(and_(TABLE.c.kind == "exhibitor", TABLE.c.record_id.in_(ids)))
    return {row["record_id"]: row for row in rows}


def read(condition: ColumnElement[bool]) -> list[Entry]:
    """The entries for which a condition holds, the newest first, up to a limit."""
    rows = select(*COLUMNS).where(condition).order_by(TABLE.c.published.desc(), TABLE.c.id).limit(MOST_COMPARED)
    return [dict(row) for row in db.session.execute(rows).mappings()]


def all_terms(offer: Entry) -> set[str]:
    """All words of an offer."""
    return {word for field in fitting.OFFER for word in offer[field].split()}


def side(entry: Entry, terms: fitting.Terms) -> Side:
    """An entry as the comparison takes it."""
    return Side(entry["id"], terms, frozenset(entry["sectors"].split()), entry["readiness"])

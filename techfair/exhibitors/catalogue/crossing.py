"""What fits a whole company, or what somebody says in a few sentences: all its needs and offers at once.

The number of statements does not depend on how many records the company has.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from techfair.exhibitors.catalogue import entries, fitting, matching
from techfair.exhibitors.catalogue.matching import NOBODY, TABLE, Entry, Match
from techfair.exhibitors.catalogue.models import BREAK, WORD_FIELDS
from techfair.fairs.models import Fair


@dataclass(frozen=True)
class Held:
    """What a side has: its needs and offers, and what its company says of itself."""

    needs: Sequence[Entry]
    offers: Sequence[Entry]
    company: Entry


def of_company(company_id: int) -> Held:
    """A company's published records."""
    rows = matching.read(TABLE.c.company_id == company_id)
    by_kind = {kind: [row for row in rows if row["kind"] == kind] for kind in ("need", "technology", "exhibitor")}
    return Held(by_kind["need"], by_kind["technology"], next(iter(by_kind["exhibitor"]), NOBODY))


def of_text(kind: str, id: int, text: str, sectors: Sequence[str]) -> Entry:
    """A need or an offer told in a few sentences, not published anywhere; ``id`` is the caller's, below nought."""
    words = dict.fromkeys(WORD_FIELDS, BREAK) | {"title_words": entries.words_of((text,))}
    facts = {"readiness": None, "province": "", "country": "", "transfer_forms": ""}
    return {
        "id": id,
        "kind": kind,
        "record_id": id,
        "company_id": 0,
        "sectors": entries.listed(sectors),
        **words,
        **facts,
    }


def offers_for(mine: Held, fair: Fair, others: Sequence[Entry]) -> list[Match]:
    """The offers at a fair, and ``others`` told as text, for all the needs of a side; unsorted."""
    asked = {need["id"]: fitting.needed(need, mine.company) for need in mine.needs}
    terms = {term for of_need in asked.values() for term in of_need}
    offers = matching.compared("technology", terms, fair) | {one["id"]: one for one in others}
    sides = [matching.side(offer, fitting.offered(offer, terms)) for offer in offers.values()]
    return [
        Match(offers[fit.id]["record_id"], fit, need, offers[fit.id])
        for need in mine.needs
        for fit in fitting.offers_for(matching.side(need, asked[need["id"]]), sides)
    ]


def needs_for(mine: Held, fair: Fair, others: Sequence[Entry]) -> list[Match]:
    """The needs at a fair, and ``others`` told as text, that the offers of a side fit; unsorted."""
    known = {term for offer in mine.offers for term in matching.all_terms(offer)}
    needs = matching.compared("need", known, fair) | {one["id"]: one for one in others}
    companies = matching.companies({need["company_id"] for need in needs.values()} - {0})
    asked = {id: fitting.needed(need, companies.get(need["company_id"], NOBODY)) for id, need in needs.items()}
    terms = {term for of_need in asked.values() for term in of_need}
    sides = [matching.side(need, asked[id]) for id, need in needs.items()]
    return [
        Match(needs[fit.id]["record_id"], fit, needs[fit.id], offer)
        for offer in mine.offers
        for fit in fitting.needs_for(matching.side(offer, fitting.offered(offer, terms)), sides)
    ]

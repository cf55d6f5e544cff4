"""How well an offer fits a need: shared words, sectors, readiness. Pure.

A need is told in the words of who suffers it, an offer in those of who solves it, so few words are shared and what
the needing company says of itself tells most of the rest: its crop, its plant, its scale.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

OFFER = {
    "title_words": 3.0,
    "keyword_words": 2.5,
    "summary_words": 1.5,
    "body_words": 1.0,
    "sector_words": 0.6,
    "company_words": 0.4,
}
NEED = {"title_words": 1.0, "summary_words": 1.0, "body_words": 0.7}
COMPANY = {"title_words": 1.0, "summary_words": 1.0}
PAIR = 0.8  # of two words side by side, beside each of them
RARITY = 1.3  # the power that lets rare words tell more than in a search: needs are long
FULL, MOST_TIMES = 4.0, 3
SECTORS, READINESS = 3.0, 0.2  # beside words, which are measured in standard deviations

Texts = Mapping[str, str]
Terms = Mapping[str, float]


@dataclass(frozen=True)
class Side:
    """An offer or a need: its terms with their weight, its sectors and its level of readiness."""

    id: int
    terms: Terms
    sectors: frozenset[str]
    readiness: int | None


@dataclass(frozen=True)
class Fit:
    """An offer (or need) with how well it fits, and the shared terms that told most of it."""

    id: int
    score: float
    terms: tuple[str, ...]


def offered(texts: Texts, asked: Collection[str]) -> dict[str, float]:
    """The terms of an offer that are asked for, by how often and where they stand."""
    terms: dict[str, float] = {}
    for field, weight in OFFER.items():
        for term, times in Counter(term for term in _terms(texts[field]) if term in asked).items():
            terms[term] = terms.get(term, 0.0) + weight * min(times, MOST_TIMES)
    return terms


def needed(texts: Texts, company: Texts) -> dict[str, float]:
    """The terms of a need and of the company that has it."""
    terms: dict[str, float] = {}
    for source, weights in ((texts, NEED), (company, COMPANY)):
        for field, weight in weights.items():
            for term in _terms(source.get(field, "")):
                worth = weight * PAIR if " " in term else weight
                terms[term] = max(terms.get(term, 0.0), worth)
    return terms


def offers_for(need: Side, offers: Sequence[Side]) -> list[Fit]:
    """The offers, the best first."""
    rarity = Rarity(offers)
    return _fits(offers, [(rarity.shared(need, offer), need, offer) for offer in offers])


def needs_for(offer: Side, needs: Sequence[Side]) -> list[Fit]:
    """The needs, the best first; a long one is not nearer to everything because it is long."""
    rarity = Rarity(needs)
    told = [(rarity.shared(need, offer), need, offer) for need in needs]
    lengths = [sqrt(sum(need.terms.values()) or 1.0) for need in needs]
    told = [({k: v / n for k, v in shared.items()}, a, b) for (shared, a, b), n in zip(told, lengths, strict=True)]
    return _fits(needs, told)


class Rarity:
    """How much each term tells among the records that are compared."""

    def __init__(self, sides: Sequence[Side]) -> None:
        self.total = len(sides)
        self.counts = Counter(term for side in sides for term in side.terms)

    def of(self, term: str) -> float:
        count = self.counts[term]
        return float(log(1 + (self.total - count + 0.5) / (count + 0.5)) ** RARITY)

    def shared(self, need: Side, offer: Side) -> dict[str, float]:
        """What each term that both have adds."""
        held = offer.terms
        return {
            term: weight * self.of(term) * held[term] / (held[term] + FULL)
            for term, weight in need.terms.items()
            if term in held
        }


Told = tuple[dict[str, float], Side, Side]


def _fits(sides: Sequence[Side], told: Sequence[Told]) -> list[Fit]:
    lexical = _standard([sum(shared.values()) for shared, _, _ in told])
    fits = [
        Fit(side.id, words + _closeness(need, offer), _best(shared))
        for side, words, (shared, need, offer) in zip(sides, lexical, told, strict=True)
    ]
    return sorted(fits, key=lambda fit: (-fit.score, fit.id))


def _closeness(need: Side, offer: Side) -> float:
    """Common sectors count for it, levels of readiness that are still lacking against it."""
    union = need.sectors | offer.sectors
    common = len(need.sectors & offer.sectors) / len(union) if union else 0.0
    lacking = max(0, (need.readiness or 0) - (offer.readiness or 0))
    return SECTORS * common - READINESS * lacking


def _standard(values: Sequence[float]) -> list[float]:
    """Values as standard deviations from their mean."""
    if not values:
        return []
    mean = sum(values) / len(values)
    spread = sqrt(sum((value - mean) ** 2 for value in values) / len(values)) or 1.0
    return [(value - mean) / spread for value in values]


def _best(shared: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(shared, key=lambda term: (-shared[term], term)))


def _terms(words: str) -> list[str]:
    """Words, and those side by side; figures are left out, for 90 tonnes are no 90 days."""
    split = words.split()
    pairs = [f"{one} {other}" for one, other in pairwise(split) if one.isalpha() and other.isalpha()]
    return [*(word for word in split if word.isalpha()), *pairs]

"""What a suggestion is about: booths, exhibitors, and the rules that it keeps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from techfair.fairs.floor.geometry import are_neighbours, between, squares

AISLE = 3  # squares across which two booths still face each other


@dataclass(frozen=True)
class Place:
    """A booth that can be given; ``sectors``: those of its zone, empty where everyone may stand."""

    id: int
    hall: int
    code: str
    x: int
    y: int
    width: int
    height: int
    category: str = "standard"
    square_metres: int = 9
    sectors: frozenset[str] = frozenset()
    has_power: bool = False
    has_water: bool = False


@dataclass(frozen=True)
class Party:
    """An exhibitor: what it is in, what it wants, what it asked for in its order, where it stands now."""

    id: int
    sectors: frozenset[str] = frozenset()
    category: str | None = None
    square_metres: int | None = None
    hall: int | None = None
    needs_power: bool = False
    needs_water: bool = False
    asked: tuple[int, ...] = ()
    stands_at: int | None = None


@dataclass(frozen=True)
class Problem:
    """``places`` are all that may be given, the present ones of ``parties`` among them.

    ``fixed`` says who else stands where and stays: exhibitor to their places, which only count as neighbours.
    ``apart`` are pairs of exhibitors, the lower number first.
    """

    places: tuple[Place, ...]
    parties: tuple[Party, ...]
    fixed: Mapping[int, tuple[Place, ...]] = field(default_factory=dict)
    apart: frozenset[tuple[int, int]] = frozenset()

    @cached_property
    def neighbours(self) -> dict[int, frozenset[int]]:
        """For each place those beside it or facing it, across all places."""
        return {place.id: frozenset(other.id for other in _beside(place, self.places)) for place in self.places}

    @cached_property
    def avoided(self) -> dict[int, frozenset[int]]:
        """For each party the places beside those who stay and are kept apart from it."""
        held: dict[int, set[int]] = {party.id: set() for party in self.parties}
        for pair in self.apart:
            for party, foe in (pair, pair[::-1]):
                for one in self.fixed.get(foe, ()) if party in held else ():
                    held[party] |= {place.id for place in _beside(one, self.places)}
        return {party: frozenset(places) for party, places in held.items()}

    def why_not(self, party: Party, place: Place) -> str | None:
        """The first rule that keeps a party from a place; None where it may stand there."""
        if (party.square_metres or 0) > place.square_metres:
            return "too_small"
        if party.needs_power and not place.has_power:
            return "no_power"
        if party.needs_water and not place.has_water:
            return "no_water"
        if place.sectors and not place.sectors & party.sectors:
            return "other_zone"
        if place.id in self.avoided[party.id]:
            return "beside"
        return None

    def worth(self, party: Party, place: Place) -> int:
        """How well a place suits a party, from 0: its own choice first, then zone, kind, hall and size."""
        is_asked = place.id in party.asked
        choice = 300 - 40 * min(party.asked.index(place.id), 3) if is_asked else 0
        zone = 60 if place.sectors & party.sectors else 0
        kind = 40 if party.category == place.category else 0
        hall = 40 if party.hall == place.hall else 0
        fits = max(0, 20 - abs(place.square_metres - (party.square_metres or place.square_metres)))
        return choice + zone + kind + hall + fits


def _beside(one: Place, places: Iterable[Place]) -> list[Place]:
    """The places that touch one, or face it over an aisle with nobody between."""
    near = [o for o in places if o.hall == one.hall and o.id != one.id and are_neighbours(one, o, AISLE)]
    stood_on = {square for other in near for square in squares(other)}
    return [other for other in near if not between(one, other) & stood_on]

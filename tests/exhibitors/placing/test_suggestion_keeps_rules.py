"""The suggestion: rules kept, choices honoured, reasons told. Pure: needs no application."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis.strategies import booleans, composite, integers, sampled_from, sets

from techfair.exhibitors.placing.suggestion.problem import Party, Place, Problem
from techfair.exhibitors.placing.suggestion.solve import Suggestion, solve

FOOD, MECH = frozenset({"food"}), frozenset({"mech"})


def row(count: int, **values: Any) -> tuple[Place, ...]:
    """Booths side by side, numbered from 1."""
    return tuple(Place(n, 1, f"A{n:02}", 2 * n, 0, 2, 2, **values) for n in range(1, count + 1))


def solved(places: tuple[Place, ...], *parties: Party, **rules: Any) -> Suggestion:
    return solve(Problem(places, parties, **rules))


def test_everyone_gets_what_they_asked_for_where_nobody_else_did() -> None:
    found = solved(row(3), Party(7, asked=(3,)), Party(8, asked=(1,)), Party(9))
    assert found == Suggestion({7: 3, 8: 1, 9: 2}, {}, True)


def test_of_two_who_asked_for_one_booth_both_get_one() -> None:
    found = solved(row(2), Party(7, asked=(1,)), Party(8, asked=(1, 2)))
    assert found.place_of == {7: 1, 8: 2}


def test_those_kept_apart_stand_neither_side_by_side_nor_across_an_aisle() -> None:
    across = Place(9, 1, "B01", 2, 5, 2, 2)
    found = solved((*row(3), across), Party(7, asked=(1,)), Party(8), apart=frozenset({(7, 8)}))
    assert found.place_of == {7: 1, 8: 3}


def test_a_place_beside_one_who_stays_is_no_place_for_who_is_kept_apart() -> None:
    places = row(3)
    found = solved(places[1:2], Party(8), fixed={7: places[:1]}, apart=frozenset({(7, 8)}))
    assert found.reasons == {8: "beside"}


def test_the_zone_of_a_sector_is_for_that_sector_and_it_goes_there_first() -> None:
    places = (*row(1), Place(2, 1, "A02", 8, 0, 2, 2, sectors=FOOD))
    found = solved(places, Party(7, MECH), Party(8, FOOD))
    assert found.place_of == {7: 1, 8: 2}
    assert solved(places[1:], Party(7, MECH)).reasons == {7: "other_zone"}


def test_who_stands_already_stays_though_another_place_suits_better() -> None:
    found = solved(row(2), Party(7, asked=(2,), stands_at=1))
    assert found.place_of == {7: 1}


def test_who_stands_moves_where_another_could_stand_nowhere_else() -> None:
    water = Place(2, 1, "A02", 8, 0, 2, 2, has_water=True)
    found = solved((*row(1), water), Party(7, stands_at=2), Party(8, needs_water=True))
    assert found.place_of == {7: 1, 8: 2}


@pytest.mark.parametrize(
    ("party", "places", "reason"),
    [
        (Party(7), (), "none_free"),
        (Party(7, square_metres=36), row(2), "too_small"),
        (Party(7, needs_power=True), row(2), "no_power"),
        (Party(7, needs_water=True), row(2, has_power=True), "no_water"),
    ],
)
def test_who_is_left_out_has_a_reason(party: Party, places: tuple[Place, ...], reason: str) -> None:
    assert solved(places, party).reasons == {7: reason}


def test_who_comes_last_is_told_that_others_have_what_suits() -> None:
    found = solved(row(1), Party(7, asked=(1,)), Party(8))
    assert (found.place_of, found.reasons) == ({7: 1}, {8: "given_to_others"})


@composite
def problems(draw: Any) -> Problem:
    """Small halls with sectors, needs and pairs kept apart, at random."""
    count, people = draw(integers(0, 6)), draw(integers(0, 6))
    places = tuple(
        Place(
            n,
            1,
            f"A{n}",
            2 * (n % 3),
            4 * (n // 3),
            2,
            2,
            square_metres=draw(sampled_from([9, 18])),
            sectors=draw(sampled_from([frozenset(), FOOD])),
            has_water=draw(booleans()),
        )
        for n in range(count)
    )
    parties = tuple(
        Party(n, draw(sampled_from([FOOD, MECH])), None, draw(sampled_from([None, 18])), needs_water=draw(booleans()))
        for n in range(people)
    )
    pairs = draw(sets(sampled_from([(0, 1), (1, 2), (2, 3), (0, 5)]), max_size=3))
    return Problem(places, parties, apart=frozenset(pairs))


@given(problems())
@settings(max_examples=40, deadline=None)
def test_whatever_is_asked_no_rule_is_broken_and_everyone_has_a_place_or_a_reason(problem: Problem) -> None:
    found = solve(problem)
    places, parties = {one.id: one for one in problem.places}, {one.id: one for one in problem.parties}
    assert set(found.place_of) | set(found.reasons) == set(parties)
    assert len(set(found.place_of.values())) == len(found.place_of)
    for party, place in found.place_of.items():
        assert problem.why_not(parties[party], places[place]) is None
    for first, second in problem.apart:
        if first in found.place_of and second in found.place_of:
            assert found.place_of[second] not in problem.neighbours[found.place_of[first]]


def test_a_hall_of_five_hundred_booths_is_solved_in_seconds() -> None:
    places = tuple(Place(n, n // 125, f"B{n}", 2 * (n % 25), 5 * (n % 125 // 25), 2, 2) for n in range(500))
    parties = tuple(Party(n, asked=(n * 7 % 500, n * 11 % 500)) for n in range(160))
    apart = frozenset((n, n + 1) for n in range(0, 40, 2))
    found = solve(Problem(places, parties, apart=apart), seconds=60)
    assert len(found.place_of) == 160


@given(problems())
@settings(max_examples=40, deadline=None)
def test_looking_at_the_best_places_alone_places_as_many_as_looking_at_all(problem: Problem) -> None:
    spare = tuple(Party(100 + n, square_metres=99) for n in range(12))  # nobody stands there, so nothing is cut
    assert len(solve(problem).place_of) == len(
        solve(Problem(problem.places, problem.parties + spare, apart=problem.apart)).place_of
    )

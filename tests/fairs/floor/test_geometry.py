"""Where booths may stand: inside, on no other, on no way. Pure: needs no application."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis.strategies import builds, integers, lists

from techfair.fairs.floor import geometry
from techfair.fairs.floor.geometry import Fault


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    width: int = 2
    height: int = 2
    code: str = "A01"


BOXES = builds(Box, integers(0, 12), integers(0, 12), integers(1, 5), integers(1, 5))


def reasons(*booths: Box, ways: tuple[Box, ...] = ()) -> list[Fault]:
    return geometry.faults(10, 10, booths, ways)


def test_booths_side_by_side_are_no_fault() -> None:
    assert reasons(Box(0, 0), Box(2, 0, code="A02"), Box(0, 2, code="A03")) == []


def test_a_booth_on_another_names_both_once() -> None:
    assert reasons(Box(0, 0), Box(1, 1, code="A02")) == [Fault("overlap", "A02", "A01")]


@pytest.mark.parametrize("booth", [Box(9, 0), Box(0, 9), Box(0, 0, width=11)])
def test_a_booth_beyond_a_wall_stands_outside(booth: Box) -> None:
    assert reasons(booth) == [Fault("outside", "A01")]


def test_a_booth_on_an_aisle_is_in_the_way() -> None:
    assert reasons(Box(0, 0), ways=(Box(1, 0, width=1, height=9),)) == [Fault("in_the_way", "A01")]


def test_a_code_drawn_twice_is_told() -> None:
    assert reasons(Box(0, 0), Box(4, 4)) == [Fault("double_code", "A01")]


@given(lists(BOXES, max_size=6))
def test_what_has_no_fault_covers_no_square_twice(boxes: list[Box]) -> None:
    booths = [Box(box.x, box.y, box.width, box.height, f"A{n}") for n, box in enumerate(boxes)]
    covered = [square for booth in booths for square in geometry.squares(booth)]
    stands = len(set(covered)) == len(covered) and all(max(square) < 10 for square in covered)
    assert (geometry.faults(10, 10, booths) == []) is stands


@pytest.mark.parametrize(
    ("other", "aisle", "are"),
    [(Box(2, 0), 0, True), (Box(2, 2), 0, False), (Box(5, 0), 0, False), (Box(5, 0), 3, True), (Box(0, 4), 1, False)],
)
def test_neighbours_touch_along_a_side_or_face_each_other_over_an_aisle(other: Box, aisle: int, are: bool) -> None:
    assert geometry.are_neighbours(Box(0, 0), other, aisle) is are
    assert geometry.are_neighbours(other, Box(0, 0), aisle) is are


def test_between_two_that_face_each_other_lie_the_squares_of_the_way() -> None:
    assert geometry.between(Box(0, 0), Box(1, 4)) == {(1, 2), (1, 3)}
    assert geometry.between(Box(0, 0), Box(2, 0)) == geometry.between(Box(0, 0), Box(5, 5)) == set()

"""Where booths may stand on a hall's grid: inside it, on no square of another, and on no way. Knows no database."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Square = tuple[int, int]
Reason = Literal["outside", "overlap", "in_the_way", "double_code"]


class Rectangle(Protocol):
    """Whole squares of a grid; the first square of a hall is 0, 0 at the upper left."""

    @property
    def x(self) -> int: ...
    @property
    def y(self) -> int: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...


class Standing(Rectangle, Protocol):
    """A rectangle with a code: a booth."""

    @property
    def code(self) -> str: ...


@dataclass(frozen=True)
class Fault:
    """Why a booth cannot stand where it was drawn; ``other`` is the code of the booth that it meets."""

    reason: Reason
    code: str
    other: str = ""


def squares(of: Rectangle) -> Iterator[Square]:
    """All squares that a rectangle covers."""
    for x in range(of.x, of.x + of.width):
        for y in range(of.y, of.y + of.height):
            yield x, y


def is_inside(one: Rectangle, columns: int, rows: int) -> bool:
    return one.x >= 0 and one.y >= 0 and one.x + one.width <= columns and one.y + one.height <= rows


def between(one: Rectangle, other: Rectangle) -> set[Square]:
    """The squares straight between two that face each other; none where they touch, or do not face."""
    left, right = max(one.x, other.x), min(one.x + one.width, other.x + other.width)
    top, bottom = max(one.y, other.y), min(one.y + one.height, other.y + other.height)
    if left < right:
        return {(x, y) for x in range(left, right) for y in range(bottom, top)}
    if top < bottom:
        return {(x, y) for x in range(right, left) for y in range(top, bottom)}
    return set()


def are_neighbours(one: Rectangle, other: Rectangle, aisle: int = 0) -> bool:
    """Whether two booths touch along a side, or face each other over no more than ``aisle`` squares."""
    across = max(one.x, other.x) - min(one.x + one.width, other.x + other.width)
    down = max(one.y, other.y) - min(one.y + one.height, other.y + other.height)
    return (across < 0 and 0 <= down <= aisle) or (down < 0 and 0 <= across <= aisle)


def faults(columns: int, rows: int, booths: Sequence[Standing], ways: Iterable[Rectangle] = ()) -> list[Fault]:
    """What is wrong with a drawing, each pair of booths told once; ``ways`` are aisles and entrances."""
    walked = {square for way in ways for square in squares(way)}
    told: dict[Fault, None] = {}
    stands_on: dict[Square, str] = {}
    codes: set[str] = set()
    for booth in booths:
        if booth.code in codes:
            told[Fault("double_code", booth.code)] = None
        codes.add(booth.code)
        if not is_inside(booth, columns, rows):
            told[Fault("outside", booth.code)] = None
        for square in squares(booth):
            if square in walked:
                told[Fault("in_the_way", booth.code)] = None
            if (other := stands_on.setdefault(square, booth.code)) != booth.code:
                told[Fault("overlap", booth.code, other)] = None
    return list(told)

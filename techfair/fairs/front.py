"""What other rooms show on a fair's first page: what one may do, what is counted, sections of their own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from techfair.fairs.models import Fair


@dataclass(frozen=True)
class Action:
    """A button of the first screen; the first that applies is the main one."""

    label: Any
    url: str
    icon: str = ""


@dataclass(frozen=True)
class Figure:
    """A number of the first screen, as people read it, and the page with its rows."""

    value: str
    label: Any
    url: str = ""


@dataclass(frozen=True)
class Part:
    """A section below the first screen: its template, which sees ``part`` and ``fair``, and its values."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FirstStep:
    """What a new installation needs before it has a fair to show."""

    title: Any
    why: Any
    label: Any
    url: str
    icon: str


Made = TypeVar("Made", Action, Figure, Part)
Maker = Callable[[Fair], Made | None]
FirstStepMaker = Callable[[], FirstStep | None]

_actions: list[tuple[int, Maker[Action]]] = []
_figures: list[tuple[int, Maker[Figure]]] = []
_parts: list[tuple[int, Maker[Part]]] = []
_first_steps: list[tuple[int, FirstStepMaker]] = []


def action(order: int) -> Callable[[Maker[Action]], Maker[Action]]:
    """Register ``(fair) -> Action or None``. Taken: visitors 10, exhibitors 30."""
    return _into(_actions, order)


def figure(order: int) -> Callable[[Maker[Figure]], Maker[Figure]]:
    """Register ``(fair) -> Figure or None``. Taken: activities 10, exhibitors 20, technologies 30."""
    return _into(_figures, order)


def part(order: int) -> Callable[[Maker[Part]], Maker[Part]]:
    """Register ``(fair) -> Part or None``. Taken: programme 10, exhibitors 20, technologies 30, about 90."""
    return _into(_parts, order)


def first_step(order: int) -> Callable[[FirstStepMaker], FirstStepMaker]:
    """Register ``() -> FirstStep or None``: what stands at ``/`` instead of a fair while something is missing."""
    return _into(_first_steps, order)


def _into(registry: list[tuple[int, Any]], order: int) -> Callable[[Any], Any]:
    def register(make: Any) -> Any:
        registry.append((order, make))
        registry.sort(key=lambda entry: entry[0])
        return make

    return register


def actions(fair: Fair) -> list[Action]:
    """What a visitor of the page may do now, the main one first."""
    return _made(_actions, fair)


def figures(fair: Fair) -> list[Figure]:
    return _made(_figures, fair)


def parts(fair: Fair) -> list[Part]:
    return _made(_parts, fair)


def missing_first_step() -> FirstStep | None:
    """The first thing that this installation still needs."""
    return next((step for _, make in _first_steps if (step := make())), None)


def _made(registry: list[tuple[int, Maker[Made]]], fair: Fair) -> list[Made]:
    return [one for _, make in registry if (one := make(fair)) is not None]

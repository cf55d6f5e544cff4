"""What subjects put beside one another where an earlier one shows it: places in a rail, buttons, panels, forms.

The earlier subject declares what may be added and shows it all; it never learns who adds. Each says its own place by
a number, so that it does not matter which room is imported first.
"""

from bisect import insort
from collections.abc import Callable, Iterator
from typing import Generic, ParamSpec, TypeVar

Thing = TypeVar("Thing")
Asked = ParamSpec("Asked")
Made = TypeVar("Made")


class InOrder(Generic[Thing]):
    """Things in their order, the lowest number first; of equal numbers the one that was added first."""

    def __init__(self) -> None:
        self._placed: list[tuple[int, Thing]] = []

    def add(self, thing: Thing, order: int) -> None:
        insort(self._placed, (order, thing), key=lambda placed: placed[0])

    def __iter__(self) -> Iterator[Thing]:
        return (thing for _, thing in self._placed)


class Additions(Generic[Asked, Made]):
    """What others add to a page, each by a function that makes it for what the page is about, or None::

    actions: Additions[[Fair], Action] = Additions()

    @actions.add(10)
    def register_to_visit(fair: Fair) -> Action | None: ...

    actions(fair)  # all that apply to this fair, in their order
    """

    def __init__(self) -> None:
        self._makers: InOrder[Callable[Asked, Made | None]] = InOrder()

    def add(self, order: int) -> Callable[[Callable[Asked, Made | None]], Callable[Asked, Made | None]]:
        def added(make: Callable[Asked, Made | None]) -> Callable[Asked, Made | None]:
            self._makers.add(make, order)
            return make

        return added

    def __call__(self, *about: Asked.args, **more: Asked.kwargs) -> list[Made]:
        """All that apply, in their order."""
        return [made for make in self._makers if (made := make(*about, **more)) is not None]

    def first(self, *about: Asked.args, **more: Asked.kwargs) -> Made | None:
        """The first that applies; those after it are not asked."""
        return next((made for make in self._makers if (made := make(*about, **more)) is not None), None)

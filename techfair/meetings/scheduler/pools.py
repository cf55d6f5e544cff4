"""Places and interpreters: counted while planning, since many are interchangeable, and named afterwards."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing", bound=Hashable)


class Pool:
    """Members of which each meeting wants one, and each serves one meeting in a slot.

    Meetings that accept the same members are one *class*, members accepted by the same classes one
    *kind*. A slot works out if its meetings, counted by class, can be served by its members, counted
    by kind: no name is needed to decide that.
    """

    def __init__(self, wanted: Sequence[frozenset[str] | None], off: Mapping[str, frozenset[int]], slots: int) -> None:
        """``wanted`` gives for each meeting the members it accepts, None if it needs none of this pool."""
        classes = sorted({accepted for accepted in wanted if accepted is not None}, key=sorted)
        number = {accepted: c for c, accepted in enumerate(classes)}
        self.class_of = [None if accepted is None else number[accepted] for accepted in wanted]
        kinds: dict[tuple[int, ...], list[str]] = defaultdict(list)
        for member in sorted(set().union(*classes)):
            kinds[tuple(c for c, accepted in enumerate(classes) if member in accepted)].append(member)
        self.serves = list(kinds)
        self.served_by = [[k for k, serves in enumerate(self.serves) if c in serves] for c in range(len(classes))]
        self.capacity = [
            [sum(t not in off.get(member, ()) for member in members) for t in range(slots)]
            for members in kinds.values()
        ]
        self._known: dict[tuple[int, tuple[int, ...]], bool] = {}

    def could_serve(self, m: int, t: int) -> bool:
        """True if some member that the meeting accepts is there in slot t, or it needs none."""
        c = self.class_of[m]
        return c is None or self.most(c, t) > 0

    def could_serve_any(self, m: int) -> bool:
        """True if some member that the meeting accepts is there in some slot, or it needs none."""
        c = self.class_of[m]
        return c is None or any(any(self.capacity[k]) for k in self.served_by[c])

    def stands_alone(self, c: int) -> bool:
        """True if what serves this class serves no other, so that one sum decides."""
        return all(self.serves[k] == (c,) for k in self.served_by[c])

    def most(self, c: int, t: int) -> int:
        """How many meetings of the class a slot can hold if no other class takes part."""
        return sum(self.capacity[k][t] for k in self.served_by[c])

    def holds(self, counts: Sequence[int], t: int) -> bool:
        """True if slot t can serve so many meetings of each class at once."""
        key = (t, tuple(counts))
        if key not in self._known:
            self._known[key] = self._can_serve(counts, t)
        return self._known[key]

    def _can_serve(self, counts: Sequence[int], t: int) -> bool:
        if any(count > self.most(c, t) for c, count in enumerate(counts) if count):
            return False
        units = [(c, i) for c, count in enumerate(counts) if not self.stands_alone(c) for i in range(count)]
        seats = {c: [(k, i) for k in self.served_by[c] for i in range(self.capacity[k][t])] for c, _ in units}
        return len(match({unit: seats[unit[0]] for unit in units})) == len(units)


def match(wishes: Mapping[Key, Sequence[Thing]]) -> dict[Key, Thing]:
    """Give as many as possible one of the things they accept, each thing to one; who comes first keeps one.

    The augmenting paths of Berge and Kuhn, without recursion: a hall has hundreds of tables.
    """
    holder: dict[Thing, Key] = {}
    held: dict[Key, Thing] = {}
    for newcomer in wishes:
        reached: dict[Thing, Key] = {}
        queue = [newcomer]
        for asking in queue:
            fresh = [thing for thing in wishes[asking] if thing not in reached]
            reached.update(dict.fromkeys(fresh, asking))
            unheld = next((thing for thing in fresh if thing not in holder), None)
            if unheld is not None:
                _hand_over(unheld, reached, holder, held)
                break
            queue.extend(holder[thing] for thing in fresh)
    return held


def _hand_over(
    thing: Thing | None, reached: Mapping[Thing, Key], holder: dict[Thing, Key], held: dict[Key, Thing]
) -> None:
    """Everyone on the path takes what they reached and leaves what they held, down to the newcomer."""
    while thing is not None:
        taker = reached[thing]
        left = held.get(taker)
        holder[thing], held[taker] = taker, thing
        thing = left

"""What is to be scheduled and what comes out: techfair-b2b/1 and techfair-b2b-schedule/1 as types."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

SlotId = int | str
Point = tuple[int, int]  # across and down, in squares of the plan


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment at which meetings can be held; idle slots between two meetings count only inside a session."""

    id: SlotId
    session: str
    start: str = ""  # local time, ISO 8601; shown to people, never computed with


@dataclass(frozen=True, slots=True)
class Participant:
    """Who meets. With a booth, meetings are held there and not at a table."""

    id: str
    languages: frozenset[str] = frozenset()
    unavailable: frozenset[SlotId] = frozenset()
    booth: str | None = None
    max_meetings: int | None = None
    preferred: frozenset[SlotId] = frozenset()  # when they would rather meet; empty: any time is as good
    held: int = 0  # meetings that count against max_meetings and are not to be scheduled any more

    @property
    def room(self) -> int | None:
        """How many more meetings they may have."""
        return None if self.max_meetings is None else max(0, self.max_meetings - self.held)


@dataclass(frozen=True, slots=True)
class Fixed:
    """Where a meeting must be; without a place any fitting one will do."""

    slot: SlotId
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A wish of two to six participants, strictly later than those it is ``after``, where both are held."""

    id: str
    participants: tuple[str, ...]
    weight: int = 1
    allowed_slots: frozenset[SlotId] | None = None
    fixed: Fixed | None = None
    after: tuple[str, ...] = ()
    preferred: frozenset[SlotId] = frozenset()  # when it would suit its people better; empty: they said nothing


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Helps at a meeting without a shared language if each side speaks one language of one pair."""

    id: str
    pairs: tuple[tuple[str, str], ...]
    unavailable: frozenset[SlotId] = frozenset()

    def connects(self, spoken: Sequence[frozenset[str]]) -> bool:
        return any(all(a in each or b in each for each in spoken) for a, b in self.pairs)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A meeting with its time, place and, where needed, interpreter."""

    meeting: str
    slot: SlotId
    place: str
    interpreter: str | None = None


class Goal(StrEnum):
    """What makes one schedule better than another."""

    WEIGHT = "weight"  # of the meetings placed: much
    ALONE = "alone"  # people with wishes and no meeting: few
    MOVED = "moved"  # meetings of the schedule in force that are held otherwise: few
    GAPS = "gaps"  # idle slots between two meetings of a person in a session: few
    WISHES = "wishes"  # meetings held at another time than was wished for this one: few
    TIMES = "times"  # people at a meeting who would rather meet at other times: few
    CHANGES = "changes"  # of table, by a person from one meeting to the next in a session: few
    WALKS = "walks"  # from each meeting at a booth to a person's next one in the session: short


@dataclass(frozen=True, slots=True)
class Instance:
    """Everything a schedule depends on; ``slots`` are in time order.

    ``goals`` count in their order, each given what was reached for those before it. With ``previous``, the
    schedule in force, few moves come before all but what is placed.
    """

    name: str
    slots: tuple[Slot, ...]
    tables: tuple[str, ...]
    participants: tuple[Participant, ...]
    meetings: tuple[Meeting, ...]
    interpreters: tuple[Interpreter, ...] = ()
    previous: tuple[Assignment, ...] = ()
    must_place_all: bool = False
    goals: tuple[Goal, ...] = (Goal.WEIGHT, Goal.GAPS)
    spots: Mapping[str, Point] = field(default_factory=dict)  # where places are, as far as the plan says
    closed: Mapping[str, frozenset[SlotId]] = field(default_factory=dict)  # when tables cannot be used


class Reason(StrEnum):
    """Why a meeting is left out."""

    NO_COMMON_SLOT = "no_common_slot"
    PLACES_FULL = "places_full"
    NO_INTERPRETER = "no_interpreter"
    PARTICIPANT_FULL = "participant_full"
    DISPLACED = "displaced"
    PRECEDENCE = "precedence"


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A meeting left out, with the reason as a code and as a sentence by language (``vi``, ``en``).

    ``also`` is what stands in the way besides, where nothing alone does.
    """

    meeting: str
    reason: Reason
    message: Mapping[str, str]
    also: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """What no schedule can better, as far as it is proven; None where nothing is.

    Each holds given the ones before it in the order of the goals: no schedule of this weight moves fewer,
    none of this weight and these moves has fewer gaps.
    """

    weight: int | None = None
    moved: int | None = None
    gaps: int | None = None
    alone: int | None = None
    wishes: int | None = None
    times: int | None = None
    walks: int | None = None
    changes: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What a schedule is judged by."""

    placed: int
    meetings: int
    weight: int
    moved: int
    gaps: int
    alone: int = 0
    wishes: int = 0
    times: int = 0
    walks: int = 0
    changes: int = 0


@dataclass(frozen=True, slots=True)
class Schedule:
    """The answer; ``status`` is optimal only if all goals are proven."""

    instance: str
    status: Literal["optimal", "feasible"]
    bound: Bound
    figures: Figures
    seconds: float
    goals: tuple[Goal, ...] = ()  # those that count here, in their order
    assignments: tuple[Assignment, ...] = field(default=())
    unplaced: tuple[Unplaced, ...] = field(default=())

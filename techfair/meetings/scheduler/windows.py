"""Idle slots in the mathematical model: one Boolean for each window from a person's first to their last meeting."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from techfair.meetings.scheduler.model import Booleans, Model
    from techfair.meetings.scheduler.timetable import Timetable

STRETCH = 2  # slots by which a window may grow while a plan is bettered

Window = tuple[int, int]  # the first and the last slot


class Windows:
    """The windows of a model's people, session by session, and the idle slots in them (``total``)."""

    def __init__(self, model: "Model") -> None:
        self.model = model
        self.problem = model.problem
        self.spans: dict[tuple[int, str], dict[Window, Any]] = {}  # by person and session
        self.total = sum(
            self._idle(p, session, busy)
            for p in model.people
            for session, busy in self._sessions(p).items()
            if self._could_wait(p, session, busy)
        )

    def _sessions(self, p: int) -> dict[str, dict[int, "Booleans"]]:
        sessions: dict[str, dict[int, Booleans]] = defaultdict(dict)
        for t, here in self.model.busy(p).items():
            sessions[self.problem.session[t]][t] = here
        return sessions

    def _could_wait(self, p: int, session: str, busy: Mapping[int, "Booleans"]) -> bool:
        """Whether the person can have two meetings there at all."""
        reaching = {m for m in self.model.people[p] if not busy.keys().isdisjoint(self.model.at[m])}
        return len(reaching) + len(self._sure(p, session)) > 1

    def _sure(self, p: int, session: str) -> list[int]:
        """When the person has a held meeting in the session."""
        return [t for t in self.model.held.busy[p] if self.problem.session[t] == session]

    def _idle(self, p: int, session: str, busy: Mapping[int, "Booleans"]) -> Any:
        """One person's idle slots in a session, by the window that spans their meetings there."""
        cp, sure = self.model.cp, self._sure(p, session)
        span: dict[Window, Any] = {window: cp.new_bool_var("") for window in self._windows(p, session, busy, sure)}
        self.spans[p, session] = span
        (cp.add_exactly_one if sure else cp.add_at_most_one)(span.values())
        for t, here in busy.items():
            cp.add(sum(here) <= sum(open for (i, j), open in span.items() if i <= t <= j))
            for edge in (0, 1):
                cp.add(sum(open for window, open in span.items() if window[edge] == t) <= sum(here))
        meetings = sum(here for at in busy.values() for here in at)
        idle = sum((j - i + 1) * open for (i, j), open in span.items()) - meetings - len(sure)
        cp.add(idle >= 0)  # follows from the above, but not for the linear relaxation
        return idle

    def _windows(self, p: int, session: str, busy: Mapping[int, "Booleans"], sure: Sequence[int]) -> list[Window]:
        """All [first, last] that take in what is sure and have room for the least number of meetings."""
        slots, least = sorted([*busy, *sure]), self._least(p, session, sure)
        windows = [
            (i, j)
            for a, i in enumerate(slots)
            for b, j in enumerate(slots[a:], 1)
            if b >= least and all(i <= t <= j for t in sure)
        ]
        if self.model.near is None:
            return windows
        longest = max(self._reach(p, session), max(sure) - min(sure) + 1 if sure else 0) + STRETCH
        return [(i, j) for i, j in windows if j - i < longest]

    def _reach(self, p: int, session: str) -> int:
        """From the first to the last meeting of the person in the plan that is to be bettered."""
        near = self.model.near
        slots = [t for t in near.busy[p] if self.problem.session[t] == session] if near else []
        return max(slots) - min(slots) + 1 if slots else 0

    def _least(self, p: int, session: str, sure: Sequence[int]) -> int:
        """How many meetings the person will have in the session at least."""
        if not self.model.all_placed:
            return len(sure)
        at = self.model.at
        only_here = [m for m in self.model.people[p] if all(self.problem.session[t] == session for t in at[m])]
        return len(sure) + len(only_here)

    def elsewhere(self, plan: "Timetable") -> int:
        """The idle slots of a plan that are not counted here."""
        idle = [(p, session, gaps) for p in range(len(plan.busy)) for session, gaps in plan.idle(p).items()]
        return sum(gaps for p, session, gaps in idle if (p, session) not in self.spans)

    def hint(self, plan: "Timetable") -> None:
        for (p, session), span in self.spans.items():
            busy = [t for t in plan.busy[p] if self.problem.session[t] == session]
            for window, open in span.items():
                self.model.cp.add_hint(open, bool(busy) and window == (min(busy), max(busy)))

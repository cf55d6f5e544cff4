"""Changes of table in the mathematical model: where each person last sat, and at which table each meeting is held."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from techfair.meetings.scheduler import tables

if TYPE_CHECKING:
    from techfair.meetings.scheduler.model import Model
    from techfair.meetings.scheduler.timetable import Timetable

LARGEST = 30_000  # Booleans of times and tables for which all tables are tried, not only those close by
CLOSE = 8  # tables tried for a meeting of a plan that is to be bettered


def fits(model: "Model") -> bool:
    """Whether all tables can be tried, and every held meeting is where it must be: then a proof is one."""
    problem = model.problem
    size = sum(len(slots) * len(problem.places[m]) for m, slots in model.at.items() if problem.is_at_table[m])
    return size <= LARGEST and all(len(problem.places[m]) == 1 for m in model.held.slot_of if problem.is_at_table[m])


class Changes:
    """Tables for a model's loose meetings; the others keep theirs (``total``: the changes of the people concerned).

    Who has no meeting in a slot is taken to sit where it costs least, which is where they sat or will sit. So the
    least sum is what they change: no Boolean for each pair of meetings is needed.
    """

    def __init__(self, model: "Model") -> None:
        self.model = model
        self.problem = model.problem
        self.seats: dict[tuple[int, int], dict[str, Any]] = {}  # by meeting and slot: a Boolean for each table
        self.sits: dict[tuple[int, int], dict[str, Any]] = {}  # by person and slot
        self.moves: list[tuple[int, int, int, Any]] = []  # person, slot before, slot, Boolean
        self.sessions: set[tuple[int, str]] = set()  # what is counted here, not beside the model
        self._held = {(t, model.held.places[m]) for m, t in model.held.slot_of.items()}
        self._in_force = {self.problem.meeting.get(old.meeting): old.place for old in self.problem.instance.previous}
        self._tables_of_loose = self._now()
        self.is_exact = model.near is None and fits(model)
        self._seat([m for m in model.at if self.problem.is_at_table[m]])
        self.total = sum(self._of(p, session) for p in model.people for session in self._moving(p))

    def _now(self) -> list[str]:
        """The tables at which loose meetings are in the plan that is to be bettered."""
        near = self.model.near
        return [near.places[m] for m in self.model.at if m in near.slot_of] if near else []

    def _seat(self, loose: Sequence[int]) -> None:
        by_seat: dict[tuple[int, str], list[Any]] = {}
        for m in loose:
            near = self._near(m)
            for t, here in self.model.at[m].items():
                open_now = set(self.problem.open_places(m, t))
                free = [table for table in near if table in open_now and (t, table) not in self._held]
                seats = {table: self.model.cp.new_bool_var("") for table in free}
                self.seats[m, t] = self._as_in_force(m, t, seats)
                self.model.cp.add(sum(self.seats[m, t].values()) == here)
                for table, seat in self.seats[m, t].items():
                    by_seat.setdefault((t, table), []).append(seat)
        for seats_there in by_seat.values():
            if len(seats_there) > 1:
                self.model.cp.add_at_most_one(seats_there)

    def _as_in_force(self, m: int, t: int, seats: dict[str, Any]) -> dict[str, Any]:
        """A meeting that stays in its slot stays at its table."""
        if self.problem.previous.get(m) != t:
            return seats
        return {table: seat for table, seat in seats.items() if table == self._in_force[m]}

    def _near(self, m: int) -> Sequence[str]:
        """All tables that the meeting may have; in a plan to be bettered its own, its people's, and some more."""
        near, accepted = self.model.near, self.problem.places[m]
        if near is None:
            return accepted
        own = [near.places[m]] if m in near.slot_of else []
        theirs = [near.places[other] for p in self.problem.people[m] for other in near.busy[p].values()]
        wished = dict.fromkeys([*own, *theirs, *self._tables_of_loose, *accepted])
        return [table for table in wished if table in accepted][:CLOSE]

    def _moving(self, p: int) -> list[str]:
        """The sessions in which a loose meeting of the person may be at a table."""
        loose = [m for m in self.model.people[p] if self.problem.is_at_table[m]]
        return sorted({self.problem.session[t] for m in loose for t in self.model.at[m]})

    def _of(self, p: int, session: str) -> Any:
        self.sessions.add((p, session))
        at: dict[int, dict[str, list[Any]]] = {}
        for m in self.model.people[p]:
            for t in self.model.at[m]:
                if self.problem.session[t] == session and (m, t) in self.seats:
                    for table, seat in self.seats[m, t].items():
                        at.setdefault(t, {}).setdefault(table, []).append(seat)
        for t, m in self.model.held.busy[p].items():
            if self.problem.session[t] == session and self.problem.is_at_table[m]:
                at[t] = {self.model.held.places[m]: [1]}
        slots, known = sorted(at), sorted({table for seats in at.values() for table in seats})
        for t in slots:
            self.sits[p, t] = self._sit(at[t], known)
        return sum(self._move(p, slots[i - 1], slots[i]) for i in range(1, len(slots)))

    def _sit(self, at: dict[str, list[Any]], known: Iterable[str]) -> dict[str, Any]:
        """At which table the person is, of those they may ever have in the session."""
        sits = {table: self.model.cp.new_bool_var("") for table in known}
        self.model.cp.add_exactly_one(sits.values())
        for table, seats in at.items():
            self.model.cp.add(sits[table] >= sum(seats))
        return sits

    def _move(self, p: int, before: int, now: int) -> Any:
        move = self.model.cp.new_bool_var("")
        for table, sits in self.sits[p, now].items():
            self.model.cp.add(move >= sits - self.sits[p, before][table])
        self.moves.append((p, before, now, move))
        return move

    def most(self) -> int:
        return len(self.moves)

    def elsewhere(self, plan: "Timetable") -> int:
        """The changes of a plan that are not counted here."""
        theirs = [(p, *one) for p in range(len(plan.busy)) for one in tables.changes_of(plan, p, plan.places).items()]
        return sum(changes for p, session, changes in theirs if (p, session) not in self.sessions)

    def found(self, is_true: Any) -> dict[int, str]:
        """The table of each loose meeting in a plan of the solver, where ``is_true`` tells what is so in it."""
        return {m: table for (m, _), seats in self.seats.items() for table, seat in seats.items() if is_true(seat)}

    def hint(self, plan: "Timetable") -> None:
        """Start from a plan: who has no meeting at a table stays where they sat."""
        cp, places = self.model.cp, plan.places
        for (m, t), seats in self.seats.items():
            for table, seat in seats.items():
                cp.add_hint(seat, plan.slot_of.get(m) == t and places[m] == table)
        for (p, t), sits in self.sits.items():
            at = self._whereabouts(plan, p, t)
            for table, sit in sits.items():
                cp.add_hint(sit, table == at)
        for p, before, now, move in self.moves:
            cp.add_hint(move, self._whereabouts(plan, p, before) != self._whereabouts(plan, p, now))

    def _whereabouts(self, plan: "Timetable", p: int, t: int) -> str:
        """Where the person sits, sat last, or will sit first in the session; anywhere if they have no meeting."""
        session = self.problem.session
        theirs = {u: m for u, m in plan.busy[p].items() if session[u] == session[t] and self.problem.is_at_table[m]}
        sat = [u for u in theirs if u <= t]
        if theirs:
            return plan.places[theirs[max(sat) if sat else min(theirs)]]
        return min(self.sits[p, t])

"""The instance by number: meetings, people and slots are positions, and what follows is worked out."""

from collections import Counter, defaultdict
from copy import copy
from functools import cached_property

from techfair.meetings.scheduler import comfort
from techfair.meetings.scheduler.instance import Goal, Instance, Meeting, Point
from techfair.meetings.scheduler.pools import Pool


class Problem:
    """A sound instance (see checks) as the planner reads it; never changed."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.slot = {slot.id: t for t, slot in enumerate(instance.slots)}
        self.meeting = {meeting.id: m for m, meeting in enumerate(instance.meetings)}
        self.person = {person.id: p for p, person in enumerate(instance.participants)}
        self.session = [slot.session for slot in instance.slots]
        self.weight = [meeting.weight for meeting in instance.meetings]
        self.people = [tuple(self.person[id] for id in meeting.participants) for meeting in instance.meetings]
        self.quota = [person.room for person in instance.participants]
        self.fixed = {m: self.slot[x.fixed.slot] for m, x in enumerate(instance.meetings) if x.fixed}
        self.preferred = {
            m: frozenset(self.slot[id] for id in x.preferred if id in self.slot)
            for m, x in enumerate(instance.meetings)
            if x.preferred and m not in self.fixed
        }
        self.earlier = [tuple(self.meeting[id] for id in meeting.after) for meeting in instance.meetings]
        self.goals = self._goals(instance)
        self.seats_last = self.goals[-1] is Goal.CHANGES
        if self.seats_last:  # then tables are given out once all times are found, and cost nothing on the way
            self.goals = self.goals[:-1]

    def with_seats(self) -> "Problem":
        """The same where changes of table count last, with them among the goals."""
        whole = copy(self)
        whole.goals, whole.seats_last = (*self.goals, Goal.CHANGES), False
        return whole

    def _goals(self, instance: Instance) -> tuple[Goal, ...]:
        """The goals in their order, but those that no plan could miss; moves count after what is placed for whom."""
        has = {Goal.WISHES: self.preferred, Goal.TIMES: self.disliked, Goal.WALKS: len(set(self.spots.values())) > 1}
        has[Goal.CHANGES] = self.moves_between_tables
        goals = tuple(goal for goal in instance.goals if has.get(goal, True))
        if not instance.previous:
            return goals
        before = (Goal.WEIGHT, Goal.ALONE)
        first = [goal for goal in goals if goal in before]
        return (*first, Goal.MOVED, *(goal for goal in goals if goal not in before))

    @cached_property
    def disliked(self) -> dict[int, dict[int, int]]:
        """For each meeting, by slot, how many of its people would rather meet at another time."""
        return comfort.disliked(self) if Goal.TIMES in self.instance.goals else {}

    @cached_property
    def venue(self) -> dict[int, str]:
        """For each meeting at booths the one where it is held; only where walks count."""
        return comfort.venues(self) if Goal.WALKS in self.instance.goals else {}

    @cached_property
    def spots(self) -> dict[int, Point]:
        """For each meeting whose booth is on the plan where that is."""
        return comfort.spots(self)

    @cached_property
    def later(self) -> list[list[int]]:
        """For each meeting those that must come after it."""
        later: list[list[int]] = [[] for _ in self.weight]
        for m, earlier in enumerate(self.earlier):
            for before in earlier:
                later[before].append(m)
        return later

    @cached_property
    def meetings_of(self) -> list[list[int]]:
        """For each person the meetings they take part in."""
        meetings: list[list[int]] = [[] for _ in self.quota]
        for m, people in enumerate(self.people):
            for p in people:
                meetings[p].append(m)
        return meetings

    @cached_property
    def free(self) -> list[frozenset[int]]:
        """For each person the slots in which they are there."""
        return [
            frozenset(t for id, t in self.slot.items() if id not in person.unavailable)
            for person in self.instance.participants
        ]

    @cached_property
    def common(self) -> list[tuple[int, ...]]:
        """For each meeting the slots that it allows and in which all its people are there."""
        return [self._common(m, meeting) for m, meeting in enumerate(self.instance.meetings)]

    def _common(self, m: int, meeting: Meeting) -> tuple[int, ...]:
        allowed = meeting.allowed_slots
        slots = [t for id, t in self.slot.items() if allowed is None or id in allowed]
        if m in self.fixed:
            slots = [t for t in slots if t == self.fixed[m]]
        return tuple(t for t in slots if all(t in self.free[p] for p in self.people[m]))

    @cached_property
    def options(self) -> list[tuple[int, ...]]:
        """For each meeting its common slots in which one who interprets, where needed, is there at all."""
        return [
            tuple(t for t in common if all(pool.could_serve(m, t) for pool in self.pools))
            for m, common in enumerate(self.common)
        ]

    @cached_property
    def pools(self) -> tuple[Pool, Pool]:
        """What meetings compete for beside people's time: places and interpreters."""
        return self._place_pool(), self._interpreter_pool()

    def _place_pool(self) -> Pool:
        """Tables, and booths that several people share.

        A place given by a fixed meeting is out of the pool in its slot, and the meeting needs nothing of it.
        """
        taken = {
            place: frozenset(self.fixed_places.get(place, ())) | self.closed.get(place, frozenset())
            for place in {*self.fixed_places, *self.closed}
        }
        wanted = [
            None if self._has_fixed_place(m) or self.ample_booths.intersection(places) else frozenset(places)
            for m, places in enumerate(self.places)
        ]
        return Pool(wanted, taken, len(self.slot))

    @cached_property
    def ample_booths(self) -> frozenset[str]:
        """The booths of one person alone: never short, for that person is in every meeting held there."""
        owners = defaultdict(set)
        for person in self.instance.participants:
            if person.booth is not None:
                owners[person.booth].add(person.id)
        return frozenset(booth for booth, people in owners.items() if len(people) == 1) - set(self.instance.tables)

    def _interpreter_pool(self) -> Pool:
        off = {
            i.id: frozenset(self.slot[s] for s in i.unavailable if s in self.slot) for i in self.instance.interpreters
        }
        return Pool(self.interpreters, off, len(self.slot))

    def time_of(self, t: int) -> str:
        """A slot as people read it: 10:30 24/11, or its id where it has no time."""
        slot = self.instance.slots[t]
        day, _, clock = slot.start.partition("T")
        if not clock or len(day) != len("2026-11-24"):
            return str(slot.id)
        return f"{clock[:5]} {day[8:]}/{day[5:7]}"

    def _has_fixed_place(self, m: int) -> bool:
        fixed = self.instance.meetings[m].fixed
        return fixed is not None and fixed.place is not None

    @cached_property
    def fixed_places(self) -> dict[str, set[int]]:
        """For each place the slots in which a meeting is fixed there."""
        places: dict[str, set[int]] = defaultdict(set)
        for meeting in self.instance.meetings:
            if meeting.fixed and meeting.fixed.place is not None:
                places[meeting.fixed.place].add(self.slot[meeting.fixed.slot])
        return places

    @cached_property
    def closed(self) -> dict[str, frozenset[int]]:
        """For each place that cannot be used at times the slots of those."""
        closed = self.instance.closed.items()
        return {place: frozenset(self.slot[id] for id in ids if id in self.slot) for place, ids in closed}

    def open_places(self, m: int, t: int) -> tuple[str, ...]:
        """Where a meeting may be held then; one that is fixed to its place is there."""
        if self._has_fixed_place(m) or not self.closed:
            return self.places[m]
        return tuple(place for place in self.places[m] if t not in self.closed.get(place, ()))

    @cached_property
    def places(self) -> list[tuple[str, ...]]:
        """For each meeting where it may be held."""
        return [
            (meeting.fixed.place,) if meeting.fixed and meeting.fixed.place is not None else self.proper_places(m)
            for m, meeting in enumerate(self.instance.meetings)
        ]

    @cached_property
    def table_row(self) -> dict[str, int]:
        """Tables by where they stand in the row, as they are listed."""
        return {table: number for number, table in enumerate(self.instance.tables)}

    @cached_property
    def is_at_table(self) -> list[bool]:
        """For each meeting whether it is held at a table, wherever it is held."""
        return [all(place in self.table_row for place in places) for places in self.places]

    @cached_property
    def moves_between_tables(self) -> bool:
        """Whether anybody can have two meetings at tables; only where changes of table count."""
        if Goal.CHANGES not in self.instance.goals:
            return False
        seated = Counter(p for m, people in enumerate(self.people) if self.is_at_table[m] for p in people)
        return max(seated.values(), default=0) > 1

    def proper_places(self, m: int) -> tuple[str, ...]:
        """The booths of the meeting's people; if nobody has one, any table."""
        booths = {self.instance.participants[p].booth for p in self.people[m]} - {None}
        return tuple(sorted(booth for booth in booths if booth is not None)) or self.instance.tables

    @cached_property
    def interpreters(self) -> list[frozenset[str] | None]:
        """For each meeting the interpreters who connect its people; None where a language is shared."""
        known: dict[frozenset[frozenset[str]], frozenset[str] | None] = {}
        languages = [person.languages for person in self.instance.participants]
        for people in self.people:
            spoken = frozenset(languages[p] for p in people)
            if spoken not in known:
                able = frozenset(i.id for i in self.instance.interpreters if i.connects(list(spoken)))
                known[spoken] = None if frozenset.intersection(*spoken) else able
        return [known[frozenset(languages[p] for p in people)] for people in self.people]

    @cached_property
    def previous(self) -> dict[int, int | None]:
        """For each meeting of the schedule in force the slot in which it can stay; None if it must move."""
        return {
            self.meeting[old.meeting]: self._stays(self.meeting[old.meeting], self.slot.get(old.slot), old.place)
            for old in self.instance.previous
            if old.meeting in self.meeting
        }

    def _stays(self, m: int, t: int | None, place: str) -> int | None:
        lost = place not in self.places[m] or t in self.closed.get(place, ())
        taken = t in self.fixed_places.get(place, ()) and not self._has_fixed_place(m)
        return None if lost or taken or t not in self.options[m] else t

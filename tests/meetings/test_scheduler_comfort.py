"""What people would rather have counts where the organizer put it: it costs nothing that comes before."""

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techfair.meetings import yardstick
from techfair.meetings.scheduler import Goal, Instance, Schedule, solve
from tests.meetings.scheduling import LIMITS, assert_valid, day, instances, read

pytestmark = pytest.mark.same_everywhere

FIRST = (Goal.WEIGHT, Goal.GAPS)
COMFORT = (Goal.TIMES, Goal.WALKS)


def with_wishes(record, times, spots, goals) -> Instance:
    """The instance with the slots that each person would rather have, and where booths stand."""
    plain = read(record)
    people = [replace(one, preferred=frozenset(times.get(one.id, ()))) for one in plain.participants]
    return replace(plain, participants=tuple(people), spots=spots, goals=goals)


def found(record, instance) -> Schedule:
    schedule = solve(instance, LIMITS)
    assert_valid(record, schedule)
    return schedule


def walked(record, schedule, spots):
    """Counted anew from the places given, as somebody with the plan in hand would."""
    people = {one["id"]: one["participants"] for one in record["meetings"]}
    sessions = {slot["id"]: slot["session"] for slot in record["slots"]}
    stops = defaultdict(list)
    for held in sorted(schedule.assignments, key=lambda one: one.slot):
        for person in people[held.meeting]:
            if held.place in spots:
                stops[person, sessions[held.slot]].append(spots[held.place])
    return sum(abs(x - u) + abs(y - v) for stop in stops.values() for (x, y), (u, v) in pairwise(stop))


@settings(max_examples=20, deadline=None, derandomize=True)
@given(instances(), st.data())
def test_wishes_for_times_and_short_walks_cost_no_meeting_and_no_idle_time(record, data):
    slots = st.sets(st.sampled_from([slot["id"] for slot in record["slots"]]))
    times = {one["id"]: data.draw(slots) for one in record["participants"]}
    spots = {f"B{n}": data.draw(st.tuples(st.integers(0, 9), st.integers(0, 9))) for n in range(1, 9)}
    if room := data.draw(st.none() | st.tuples(st.integers(0, 9), st.integers(0, 9))):
        spots |= {"T1": room, "T2": room}  # where all tables stand in one room it is known where a meeting will be
    plain = found(record, replace(read(record), goals=FIRST))
    both = found(record, with_wishes(record, times, spots, (*FIRST, *COMFORT)))
    assert both.status == "optimal"
    assert (both.figures.weight, both.figures.gaps) == (plain.figures.weight, plain.figures.gaps)
    assert both.figures.walks == walked(record, both, spots)
    before = found(record, with_wishes(record, times, spots, (Goal.WEIGHT, *reversed(COMFORT), Goal.GAPS)))
    assert before.figures.weight == plain.figures.weight
    assert before.figures.walks <= both.figures.walks


def test_everyone_meets_when_they_would_rather_where_that_costs_nothing():
    record = day(["anna ben", "chi dung"], slots=4)
    schedule = found(record, with_wishes(record, {"anna": [3], "chi": [2], "dung": [1, 2]}, {}, (*FIRST, Goal.TIMES)))
    assert ([held.slot for held in schedule.assignments], schedule.figures.times) == ([3, 2], 0)


@pytest.mark.parametrize("far_end", [0, 30])
def test_a_visitor_goes_along_the_booths_not_to_and_fro_and_sits_down_on_the_way(far_end):
    """Booths at 0, 10, 20 and 30: from that at 10 to 0, then to 20 and 30. A table, in the middle, is on the way."""
    booths = {f"B{n}": (abs(far_end - 10 * n), 0) for n in range(4)}
    firms = [{"id": f"firm{n}", "booth": f"B{n}"} for n in (2, 0, 3, 1)]
    wishes = [f"anna firm{n}" for n in (2, 0, 3)] + [
        {"participants": ["anna", "firm1"], "allowed_slots": [0]},
        {"participants": ["anna", "ben"], "allowed_slots": [2]},
    ]
    record = day(wishes, slots=5, people=firms)
    schedule = found(record, with_wishes(record, {}, booths, (*FIRST, Goal.WALKS)))
    assert (schedule.status, schedule.figures.placed, schedule.figures.walks) == ("optimal", 5, 40)


def test_a_repair_moves_nobody_for_the_sake_of_times_or_walks():
    record = day(["anna ben", "anna chi"], slots=4)
    before = solve(read(record), LIMITS)
    record["previous"] = yardstick.record_of(before)["assignments"]
    assert found(record, with_wishes(record, {"anna": [3]}, {}, (*FIRST, Goal.TIMES))).figures.moved == 0


def test_who_comes_from_a_booth_sits_down_in_the_nearer_room():
    firm = {"id": "firm", "booth": "B1"}
    record = day(["anna firm", {"participants": ["anna", "ben"], "after": ["m1"]}], slots=2, tables=3, people=[firm])
    spots = {"B1": (30, 0), "T1": (0, 0), "T2": (0, 0), "T3": (28, 0)}
    schedule = found(record, with_wishes(record, {}, spots, (*FIRST, Goal.WALKS)))
    assert [held.place for held in schedule.assignments] == ["B1", "T3"]

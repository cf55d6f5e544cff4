"""Few changes of table is a goal like the others: it costs nothing that comes before it, and loses to nothing after."""

from collections import defaultdict
from dataclasses import replace
from itertools import combinations, pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techfair.meetings.scheduler import Goal, annealing, greedy, solve, tables
from techfair.meetings.scheduler.problem import Problem
from tests.meetings.scheduling import LIMITS, assert_valid, day, published, read, solved

pytestmark = pytest.mark.same_everywhere

WITHOUT = (Goal.WEIGHT, Goal.GAPS)
LAST = (*WITHOUT, Goal.CHANGES)
BEFORE_GAPS = (Goal.WEIGHT, Goal.CHANGES, Goal.GAPS)


def found(record, goals):
    schedule = solve(replace(read(record), goals=goals), LIMITS)
    assert_valid(record, schedule)
    return schedule


def recounted(record, schedule):
    """What the people themselves would count, from the times and tables they were given."""
    people = {one["id"]: one["participants"] for one in record["meetings"]}
    session = {slot["id"]: slot["session"] for slot in record["slots"]}
    sat = defaultdict(list)
    for held in sorted(schedule.assignments, key=lambda one: one.slot):
        if held.place in record["tables"]:
            for person in people[held.meeting]:
                sat[person, session[held.slot]].append(held.place)
    return sum(one != other for tables in sat.values() for one, other in pairwise(tables))


@st.composite
def busy_days(draw):
    """A few people of whom nearly each meets each, some by threes or at a booth, with tables enough."""
    names = [f"p{n}" for n in range(draw(st.integers(4, 6)))]
    groups = [*combinations(names, 2), names[:3], names[-3:]]
    chosen = draw(st.lists(st.sampled_from(range(len(groups))), min_size=4, max_size=7, unique=True))
    session = [draw(st.sampled_from(["day", "day", "late"])) for _ in range(draw(st.integers(4, 5)))]
    slots = [{"id": t, "session": name, "start": ""} for t, name in enumerate(sorted(session))]
    people = [{"id": names[0], "booth": draw(st.sampled_from([None, None, "B1"]))}]
    meetings = [{"participants": list(groups[n])} for n in chosen]
    return day(meetings, slots=slots, tables=draw(st.integers(2, 3)), people=people)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(busy_days())
def test_few_changes_of_table_cost_no_meeting_and_where_they_count_before_idle_times_they_are_fewest(record):
    without, last, before = (found(record, goals) for goals in (WITHOUT, LAST, BEFORE_GAPS))
    assert {one.figures.weight for one in (without, last, before)} == {without.figures.weight}
    assert last.figures.gaps == without.figures.gaps <= before.figures.gaps
    assert [one.figures.changes for one in (last, before)] == [recounted(record, one) for one in (last, before)]
    assert before.figures.changes <= last.figures.changes
    assert (last.status, before.status) == ("optimal", "optimal")


def test_times_are_given_so_that_nobody_changes_table_where_that_counts_before_idle_times():
    """Anna and Em each meet two others, and then each other: they come from two tables unless one of them waits."""
    wishes = [
        {"participants": ["anna", "ben"], "allowed_slots": [1]},
        {"participants": ["em", "giang"], "allowed_slots": [0, 1]},
        {"participants": ["anna", "em"], "allowed_slots": [2]},
    ]
    record = day(wishes, slots=3, tables=2)
    last, before = found(record, LAST), found(record, BEFORE_GAPS)
    assert (last.figures.gaps, last.figures.changes) == (0, 1)
    assert (before.figures.gaps, before.figures.changes) == (1, 0)


def test_of_a_real_day_few_people_more_change_table_than_must():
    """Of 42 people with 250 seats at 125 meetings 208 go on to another one, and at most 107 find their table kept."""
    instance = replace(read(published("tic-12")), goals=LAST)
    plan = greedy.plan(Problem(instance).with_seats())
    for better in annealing.cool(plan, Random(1), 20_000):
        plan = better or plan
    assert (len(plan.slot_of), plan.gaps(), tables.least(plan)) == (125, 0, 101)
    assert 101 <= plan.changes() <= 106


def test_who_meets_several_in_a_row_stays_at_one_table():
    pairs = ["em giang", "anna ben", "anna chi", "em hoa", "em khoa", "anna dung"]
    wishes = [{"participants": pair.split(), "allowed_slots": [n // 2]} for n, pair in enumerate(pairs)]
    places = {"em": set(), "anna": set()}
    for held in solved(day(wishes, slots=3, tables=4)).assignments:
        places[pairs[int(held.meeting[1:]) - 1].split()[0]].add(held.place)
    assert [len(of_one) for of_one in places.values()] == [1, 1]

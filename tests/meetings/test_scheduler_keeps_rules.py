"""Whatever the wishes, no schedule breaks a hard rule, and what is called optimal cannot be bettered."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techfair.meetings import yardstick
from techfair.meetings.scheduler import Goal, Limits, solve
from tests.meetings.scheduling import (
    LIMITS,
    assert_valid,
    day,
    disrupt,
    instances,
    published,
    read,
    solved,
    solved_day,
    verify,
)

pytestmark = pytest.mark.same_everywhere

few = settings(max_examples=40, deadline=None, derandomize=True)


@few
@given(instances())
def test_no_schedule_breaks_a_rule_and_small_ones_are_optimal(instance):
    assert solved(instance).status == "optimal"


@few
@given(instances(), st.data())
def test_a_repair_keeps_what_is_fixed_and_breaks_no_rule(instance, data):
    before = solved(instance)
    instance["previous"] = yardstick.record_of(before)["assignments"]
    kept = data.draw(st.sets(st.sampled_from(range(len(before.assignments)))) if before.assignments else st.just(set()))
    for n in kept:
        meeting = next(m for m in instance["meetings"] if m["id"] == before.assignments[n].meeting)
        meeting["fixed"] = {"slot": before.assignments[n].slot, "place": before.assignments[n].place}
    assert solved(instance).figures.moved == 0


@settings(max_examples=20, deadline=None, derandomize=True)
@given(instances(), st.data())
def test_nobody_meets_at_a_table_while_its_room_is_closed(record, data):
    lost = {"T1": frozenset(data.draw(st.sets(st.sampled_from([slot["id"] for slot in record["slots"]]), min_size=1)))}
    before = solved(record)
    record["previous"] = yardstick.record_of(before)["assignments"]
    after = solve(replace(read(record), closed=lost), LIMITS)
    wrong, _ = verify.check(record, yardstick.record_of(after))
    assert (wrong, after.status) == ([], "optimal")
    assert not any(held.place == "T1" and held.slot in lost["T1"] for held in after.assignments)


@few
@given(instances(), st.integers(0, 5))
def test_the_morning_after_is_repaired_with_proof(instance, seed):
    instance["previous"] = yardstick.record_of(solved(instance))["assignments"]
    instance["participants"][seed % len(instance["participants"])]["unavailable"] = [0]
    instance["tables"] = [*instance["tables"][1:], "T9"]
    assert solved(instance).status == "optimal"


@settings(max_examples=8, deadline=None, derandomize=True)
@given(instances())
def test_no_other_schedule_of_a_tiny_day_is_better(instance):
    instance["meetings"] = instance["meetings"][:3]
    schedule = solved(instance)
    assert (-schedule.figures.weight, schedule.figures.gaps) == min(_every_score(instance))


def _every_score(instance):
    """All ways to give slots, tables and interpreters, kept where the checker finds nothing wrong."""
    booths = {person["booth"] for person in instance["participants"]} - {None}
    helpers = [None, *(i["id"] for i in instance["interpreters"])]
    times = [None, *(slot["id"] for slot in instance["slots"])]
    for slots in product(times, repeat=len(instance["meetings"])):
        placed = [(m["id"], t) for m, t in zip(instance["meetings"], slots, strict=True) if t is not None]
        unplaced = [
            {"meeting": m["id"], "reason": "displaced"}
            for m, t in zip(instance["meetings"], slots, strict=True)
            if t is None
        ]
        for names in product(product(sorted(booths | set(instance["tables"])), helpers), repeat=len(placed)):
            assignments = [
                {"meeting": id, "slot": t, "place": place, "interpreter": helper}
                for (id, t), (place, helper) in zip(placed, names, strict=True)
            ]
            wrong, figures = verify.check(instance, {"assignments": assignments, "unplaced": unplaced})
            if not wrong:
                yield -figures["weight"], figures["gaps"]
                break


def test_same_instance_and_seed_give_the_same_schedule():
    again = solved(published("tic-12.fixed020"))
    assert again.assignments == solved_day("tic-12.fixed020").assignments


def test_a_run_ended_by_its_work_limit_gives_the_same_schedule():
    limits = Limits(seconds=600, work=0.1, workers=2, seed=5)
    first, second = (solved(published("tic-13crafc"), limits) for _ in range(2))
    assert first.status == "feasible"
    assert first.assignments == second.assignments


def test_stopped_at_once_it_still_gives_a_schedule_at_least_as_good_as_greedy():
    schedule = solved(published("tic-13crafc"), should_stop=lambda: True)
    assert schedule.figures.placed >= 170


def test_after_disruptions_few_meetings_move():
    morning = disrupt.disrupt(published("tic-12"), yardstick.record_of(solved_day("tic-12")), seed=3)
    schedule = solved(morning, Limits(seconds=120, work=0.3, workers=2))
    broken = len(morning["previous"]) - sum(_still_fits(morning, old) for old in morning["previous"])
    assert schedule.figures.moved <= broken + 0.02 * len(morning["previous"])


def _still_fits(instance, old):
    meeting = next(m for m in instance["meetings"] if m["id"] == old["meeting"])
    away = [p["unavailable"] for p in instance["participants"] if p["id"] in meeting["participants"]]
    return old["place"] in instance["tables"] and not any(old["slot"] in slots for slots in away)


def test_nobody_meets_in_the_break_and_it_is_no_gap():
    """K090."""
    slots = [
        {"id": 0, "session": "morning", "start": "2026-11-24T11:30:00"},
        {"id": 1, "session": "afternoon", "start": "2026-11-24T13:30:00"},
    ]
    schedule = solved(day(["anna ben", "anna chi"], slots=slots), LIMITS)
    assert ({a.slot for a in schedule.assignments}, schedule.figures.gaps) == ({0, 1}, 0)


def test_times_that_are_preferred_come_after_idle_times():
    """All five want the last hour: two tables hold two of them, and anna's three stay in a row."""
    instance = day(["anna ben", "anna chi", "anna dung", "em giang", "hoa khoa"], slots=5, tables=2)
    wishes = [replace(wish, preferred=frozenset({4})) for wish in read(instance).meetings]
    goals = (Goal.WEIGHT, Goal.GAPS, Goal.WISHES)
    schedule = solve(replace(read(instance), meetings=tuple(wishes), goals=goals), LIMITS)
    assert_valid(instance, schedule)
    assert (schedule.status, schedule.figures.gaps, schedule.figures.wishes) == ("optimal", 0, 3)


def test_where_everyone_counts_first_nobody_is_left_without_a_meeting():
    """K089: twenty want the same exhibitor in eight slots, each with one other wish that weighs little."""
    wishes = [{"participants": ["lab", f"p{n}"], "weight": 3} for n in range(20)]
    wishes += [{"participants": [f"p{n}", f"p{(n + 7) % 20}"]} for n in range(20)]
    instance = day(wishes, slots=8, tables=2)
    everyone = replace(read(instance), goals=(Goal.ALONE, Goal.WEIGHT, Goal.GAPS))
    schedule = solve(everyone, Limits(seconds=120, work=1, workers=2))
    assert_valid(instance, schedule)
    assert (schedule.figures.alone, schedule.figures.placed) == (0, 16)

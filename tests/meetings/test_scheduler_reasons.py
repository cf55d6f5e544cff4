"""A meeting left out has the reason that, were it different, would let it be held."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from techfair.meetings.scheduler import Goal, solve
from tests.meetings.scheduling import LIMITS, assert_valid, day, instances, published, read, reasons, solved

pytestmark = pytest.mark.same_everywhere

KOREAN = {"id": "han", "languages": ["ko"]}
HELPER = {"id": "i1", "pairs": [["ko", "vi"]], "unavailable": [0]}


def test_never_free_together():
    away = [{"id": "anna", "unavailable": [0, 1]}, {"id": "ben", "unavailable": [2, 3]}]
    schedule = solved(day(["anna ben"], people=away))
    assert reasons(schedule) == {"m1": "no_common_slot"}
    assert schedule.unplaced[0].message["vi"] == (
        "anna và ben không có khung giờ nào cùng rảnh. Sẽ xếp được nếu các bên có thêm một khung giờ chung."
    )


def test_all_tables_taken_names_the_time_and_how_many():
    schedule = solved(day(["anna ben", {"participants": ["chi", "dung"], "weight": 2}], slots=1, tables=1))
    assert reasons(schedule) == {"m1": "places_full"}
    assert schedule.unplaced[0].message["en"] == (
        "anna and ben are free together only at 08:00 24/11, when all tables (1) are taken. "
        "It could be held if there were one more place to meet then."
    )


def test_no_interpreter_knows_both_languages():
    assert reasons(solved(day(["anna han"], people=[KOREAN]))) == {"m1": "no_interpreter"}


def test_the_interpreter_is_away_at_the_only_common_time():
    instance = day([{"participants": ["anna", "han"], "allowed_slots": [0]}], people=[KOREAN], interpreters=[HELPER])
    schedule = solved(instance)
    assert reasons(schedule) == {"m1": "no_interpreter"}
    assert "08:00" in schedule.unplaced[0].message["vi"]


def test_a_participant_has_as_many_meetings_as_wanted():
    schedule = solved(day(["anna ben", "anna chi"], people=[{"id": "anna", "max_meetings": 1}]))
    assert set(reasons(schedule).values()) == {"participant_full"}


def test_a_participant_has_no_slot_left():
    schedule = solved(day(["anna ben", "anna chi", "anna dung"], slots=2))
    assert set(reasons(schedule).values()) == {"participant_full"}


def test_against_the_order_to_be_kept():
    instance = day(
        [
            {"participants": ["anna", "ben"], "weight": 2, "allowed_slots": [1]},
            {"participants": ["chi", "dung"], "allowed_slots": [0], "after": ["m1"]},
        ]
    )
    assert reasons(solved(instance)) == {"m2": "precedence"}


def test_others_took_every_common_slot():
    instance = day(
        [
            {"participants": ["anna", "ben"], "allowed_slots": [0, 1]},
            {"participants": ["anna", "chi"], "allowed_slots": [0], "weight": 2},
            {"participants": ["ben", "dung"], "allowed_slots": [1], "weight": 2},
        ]
    )
    schedule = solved(instance)
    assert reasons(schedule) == {"m1": "displaced"}
    assert "m2, m3" in schedule.unplaced[0].message["vi"]


@settings(max_examples=20, deadline=None, derandomize=True)
@given(instances())
def test_whatever_is_left_out_can_be_held_once_what_its_reason_names_is_there(instance):
    schedule = solved(instance)
    for left in schedule.unplaced:
        relaxed = relaxed_by(instance, schedule, left)
        assert left.meeting in {one.meeting for one in solved(relaxed).assignments}, left


def test_of_a_published_day_all_but_one_are_held_and_what_that_one_lacks_lets_it_be_held():
    """K121."""
    record = published("tic-12.forb0003")
    schedule = solve(replace(read(record), goals=(Goal.WEIGHT,)), LIMITS)
    assert_valid(record, schedule)
    assert (schedule.status, schedule.figures.placed, schedule.bound.weight) == ("optimal", 124, 124)
    (left,) = schedule.unplaced
    assert left.meeting in {one.meeting for one in solved(relaxed_by(record, schedule, left)).assignments}


def relaxed_by(instance, schedule, left):
    """The same day with all others where they are, and with what the reason of one left out says is missing."""
    relaxed = json.loads(json.dumps(instance))
    wish = next(m for m in relaxed["meetings"] if m["id"] == left.meeting)
    people = [p for p in relaxed["participants"] if p["id"] in wish["participants"]]
    others = [m for m in relaxed["meetings"] if m is not wish]
    placed = {one.meeting: {"slot": one.slot, "place": one.place} for one in schedule.assignments}
    for reason in {left.reason, *left.also}:
        RELAXED[reason](relaxed, wish, people, others)
    kept = [m for m in others if m["id"] in placed and not m.get("gone")]
    for meeting in kept:
        meeting["fixed"] = placed[meeting["id"]]
    relaxed["meetings"] = [*kept, wish]
    ids = {m["id"] for m in relaxed["meetings"]}
    for meeting in relaxed["meetings"]:
        meeting["after"] = [id for id in meeting["after"] if id in ids]
    return relaxed


def more_time(day, wish, people, others):
    if day["slots"][0]["id"] != "early":
        early, late = ({"id": when, "session": when, "start": ""} for when in ("early", "late"))
        day["slots"] = [early, *day["slots"], late]
    wish["allowed_slots"] = None


def more_meetings(day, wish, people, others):
    more_time(day, wish, people, others)
    for person in people:
        person["max_meetings"] = None


def more_places(day, wish, people, others):
    day["tables"].append("one more")
    for person in people:
        person["booth"] = "one more" if person["booth"] else None


def shared_language(day, wish, people, others):
    for person in people:
        person["languages"].append("one more")


def any_order(day, wish, people, others):
    wish["after"] = []
    for meeting in others:
        meeting["after"] = [id for id in meeting["after"] if id != wish["id"]]


def no_rivals(day, wish, people, others):
    for meeting in others:
        meeting["gone"] = bool({*meeting["participants"]} & {*wish["participants"]})


RELAXED = {
    "no_common_slot": more_time,
    "participant_full": more_meetings,
    "places_full": more_places,
    "no_interpreter": shared_language,
    "precedence": any_order,
    "displaced": no_rivals,
}

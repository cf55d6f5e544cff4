"""What contradicts itself is named before solving, with the records to blame."""

import json

import pytest

from techfair.meetings.scheduler import find_faults
from tests.meetings.scheduling import CASES, day, read

pytestmark = pytest.mark.same_everywhere

FIXED = {"slot": 0, "place": None}


def faults(record):
    return {fault.code: set(fault.records) for fault in find_faults(read(record))}


def case(name):
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


def test_one_person_fixed_twice_in_a_slot():
    assert faults(case("b2b_fixed_clash")) == {"fixed_clash": {"lua", "m1", "m2"}}


def test_meetings_that_wait_for_one_another_in_a_circle():
    assert faults(case("b2b_circle")) == {"precedence_cycle": {"m1", "m2", "m3"}}


def test_more_fixed_meetings_than_tables():
    wishes = [{"participants": pair.split(), "fixed": FIXED} for pair in ("anna ben", "chi dung", "em giang")]
    assert faults(day(wishes)) == {"fixed_places": {"m1", "m2", "m3"}}


def test_more_fixed_meetings_than_interpreters():
    wishes = [{"participants": pair.split(), "fixed": FIXED} for pair in ("anna han", "ben kim")]
    korean = [{"id": name, "languages": ["ko"]} for name in ("han", "kim")]
    helper = {"id": "i1", "pairs": [["ko", "vi"]], "unavailable": []}
    assert faults(day(wishes, people=korean, interpreters=[helper])) == {"fixed_interpreters": {"m1", "m2"}}


def test_two_fixed_at_one_table():
    wishes = [{"participants": pair.split(), "fixed": {"slot": 0, "place": "T1"}} for pair in ("anna ben", "chi dung")]
    assert faults(day(wishes)) == {"fixed_clash": {"T1", "m1", "m2"}}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"participants": ["anna", "nobody"]}, {"unknown_participant": {"m1"}}),
        ({"after": ["m9"]}, {"unknown_meeting": {"m1"}}),
        ({"allowed_slots": [99]}, {"unknown_slot": {"m1"}}),
        ({"fixed": {"slot": 0, "place": "T9"}}, {"unknown_place": {"m1"}}),
        ({"participants": ["anna", "anna"]}, {"wrong_size": {"m1"}}),
        ({"allowed_slots": []}, {"no_slot_allowed": {"m1"}}),
        ({"participants": ["anna", "han"], "allowed_slots": [1], "fixed": FIXED}, {"fixed_not_allowed": {"m1"}}),
        ({"participants": ["anna", "away"], "fixed": FIXED}, {"fixed_unavailable": {"m1", "away"}}),
        ({"participants": ["anna", "away"], "fixed": {"slot": 1, "place": "T1"}}, {"fixed_place": {"m1"}}),
        ({"participants": ["anna", "gone"]}, {"never_available": {"gone"}}),
        ({"participants": ["anna", "han"], "fixed": FIXED}, {"fixed_no_interpreter": {"m1"}}),
        ({"participants": ["anna", "shy"], "fixed": FIXED}, {"fixed_over_quota": {"shy", "m1"}}),
    ],
)
def test_a_record_that_contradicts_the_others_is_named(change, expected):
    people = [
        {"id": "away", "unavailable": [0], "booth": "B1"},
        {"id": "gone", "unavailable": [0, 1, 2, 3]},
        {"id": "han", "languages": ["ko"]},
        {"id": "shy", "max_meetings": 0},
        {"id": "anna"},
    ]
    instance = day(["anna away"], people=people)
    instance["meetings"][0] |= change
    assert expected.items() <= faults(instance).items()


def test_each_fault_is_told_in_both_languages():
    (fault,) = find_faults(read(case("b2b_circle")))
    assert "m1, m2, m3" in fault.message["vi"]
    assert "m1, m2, m3" in fault.message["en"]

"""Real meeting days from the literature, solved to the optimum that is known."""

import pytest

from techfair.meetings.scheduler import Limits
from tests.meetings.scheduling import published, reasons, solved, solved_day

pytestmark = [pytest.mark.same_everywhere, pytest.mark.xdist_group("published days")]

# By work and never by the clock; the last gap's proof takes minutes, and is not asked here.
ENOUGH_TO_PLACE, ENOUGH_WHERE_ALL_CAN = (Limits(seconds=600, work=work, workers=2) for work in (18, 6))


@pytest.mark.parametrize(("name", "gaps"), [("tic-12", 0), ("tic-12.fixed020", 4)])
def test_published_day_is_solved_to_its_known_optimum(name, gaps):
    schedule = solved_day(name)
    assert (schedule.status, schedule.unplaced, schedule.figures.gaps) == ("optimal", (), gaps)


def test_where_not_all_can_meet_the_most_are_placed_and_the_one_left_out_has_a_true_reason():
    instance = published("tic-12.forb0003")
    schedule = solved(instance, ENOUGH_TO_PLACE)
    assert (schedule.figures.placed, schedule.bound.weight) == (124, 124)
    (left_out,) = reasons(schedule)
    assert reasons(schedule)[left_out] in {"participant_full", "displaced", "no_common_slot"}
    assert solved(with_a_free_slot(instance, left_out), ENOUGH_WHERE_ALL_CAN).figures.placed == 125


def with_a_free_slot(instance, meeting):
    """One more slot, in which only this meeting may be held."""
    late = {"id": "late", "session": "late", "start": "2026-11-24T18:00:00"}
    meetings = [wish | {"allowed_slots": ["late"]} if wish["id"] == meeting else wish for wish in instance["meetings"]]
    return instance | {"slots": [*instance["slots"], late], "meetings": meetings}

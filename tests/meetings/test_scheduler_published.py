"""Real meeting days from the literature, solved to the optimum that is known; bench/meetings.py solves the rest."""

import pytest

from tests.meetings.scheduling import solved_day

pytestmark = pytest.mark.same_everywhere


@pytest.mark.parametrize(("name", "gaps"), [("tic-12", 0), ("tic-12.fixed020", 4)])
def test_published_day_is_solved_to_its_known_optimum(name, gaps):
    schedule = solved_day(name)
    assert (schedule.status, schedule.unplaced, schedule.figures.gaps) == ("optimal", (), gaps)

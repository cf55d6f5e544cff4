"""What later subjects add to an earlier one's page stands in the order of its numbers, whoever was imported first."""

import pytest

from techfair.core.in_order import Additions

pytestmark = pytest.mark.same_everywhere


@pytest.fixture
def halves() -> Additions[[int], str]:
    """Of a number: what is added late and far, what is added for even numbers, two that share a place."""
    added: Additions[[int], str] = Additions()
    added.add(30)(lambda number: f"last of {number}")
    added.add(10)(lambda number: f"half is {number // 2}" if number % 2 == 0 else None)
    added.add(20)(lambda number: "first there")
    added.add(20)(lambda number: "then there")
    return added


def test_additions_stand_in_their_order_without_those_that_do_not_apply(halves):
    assert halves(4) == ["half is 2", "first there", "then there", "last of 4"]
    assert halves(3) == ["first there", "then there", "last of 3"]
    assert halves.first(3) == "first there"


def test_nothing_is_first_where_nobody_added():
    empty: Additions[[int], str] = Additions()
    assert (empty(1), empty.first(1)) == ([], None)

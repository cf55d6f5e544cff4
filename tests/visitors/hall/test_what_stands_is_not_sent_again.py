"""An exchange costs what happened since the last one, not what the fair holds."""

from datetime import timedelta

import pytest

from techfair.core import clock
from tests.visitors.hall.conftest import Server, meet


def test_what_has_settled_is_not_sent_again(central: Server, hall: Server) -> None:
    central.register("Trần Văn Tùng")
    hall.device("A")
    hall.scan(hall.register("H'Bia Siu"))
    meet(hall)
    with clock.held_at(clock.now() + timedelta(minutes=10)):
        meet(hall)
        done = meet(hall)
    assert (done.sent, done.taken) == (0, 0)


def test_more_than_a_message_holds_goes_over_in_one_exchange(
    central: Server, hall: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("answering", "exchanging"):
        monkeypatch.setattr(f"techfair.visitors.hall.{module}.MOST", 2)
    hall.device("A")
    names = {f"Khách {number}" for number in range(7)}
    for name in names:
        central.register(name)
        hall.scan(hall.register(f"{name} ở hội trường"))
    meet(hall)
    assert set(central.people()) == set(hall.people()) == names | {f"{name} ở hội trường" for name in names}
    assert len(central.scans()) == 7

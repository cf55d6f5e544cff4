"""What tests of fairs, programme and halls stand on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from techfair.core import clock
from techfair.extensions import db
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.models import Fair
from tests.fixtures.people import ZONE

TODAY = clock.today(ZONE)


def days(first: int, last: int) -> dict[str, Any]:
    """The dates of a fair, in days from today."""
    return {"starts_on": TODAY + timedelta(days=first), "ends_on": TODAY + timedelta(days=last)}


@pytest.fixture
def hall(fair: Fair) -> Hall:
    hall = Hall(fair_id=fair.id, code="A", name_vi="Nhà A", name_en="Hall A")
    db.session.add(hall)
    db.session.commit()
    return hall


@pytest.fixture
def make_booth(hall: Hall) -> Callable[..., Booth]:
    def make(code: str = "A01", **values: Any) -> Booth:
        booth = Booth(fair_id=hall.fair_id, hall_id=hall.id, code=code, **values)
        db.session.add(booth)
        db.session.commit()
        return booth

    return make

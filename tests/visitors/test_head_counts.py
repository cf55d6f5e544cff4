"""The clicker: people without names, each press once, beside the scans and never added to them."""

from datetime import timedelta
from uuid import uuid4

import pytest

from techfair.core import clock
from techfair.extensions import db
from techfair.visitors import counting
from techfair.visitors.gate_models import HeadCount


@pytest.fixture
def press(client, gate):
    def sent(*presses, code="A", token=None, **batch):
        headers = {"Authorization": f"Bearer {token or gate.token}"}
        address = f"/api/v1/fairs/{gate.slug}/gates/{code}/head-counts"
        return client.post(address, json={"counts": presses} | batch, headers=headers)

    return sent


def a_press(people=1, **values):
    return {"id": str(uuid4()), "people": people, "counted_at": clock.now().isoformat()} | values


def test_presses_are_stored_once_however_often_they_are_sent(press, fair):
    presses = [a_press(), a_press(10)]
    assert [press(*presses).get_json()["new"], press(*presses).get_json()["new"]] == [2, 0]
    assert counting.visitors(fair).head_count == 11


def test_they_are_never_added_to_scans(press, gate, badge, fair):
    press(a_press(500)), gate.scan(badge)
    told = counting.visitors(fair)
    assert (told.entries, told.unique, told.head_count) == (1, 1, 500)


def test_a_wrong_clock_is_corrected(press):
    wrong = (clock.now() + timedelta(days=400)).isoformat()
    press(a_press(counted_at=wrong), sent_at=wrong)
    assert abs(db.session.scalars(db.select(HeadCount.counted_at)).one() - clock.now()) < timedelta(minutes=1)


@pytest.mark.parametrize("wrong", [{"people": 0}, {"people": -5}, {"people": 1001}, {"id": "x"}])
def test_what_counts_nobody_is_refused(press, wrong):
    assert press(a_press() | wrong).status_code == 422
    assert db.session.scalars(db.select(HeadCount)).all() == []


def test_a_device_counts_at_its_own_gates_alone(press, make_gate):
    make_gate("B")
    assert press(a_press(), code="B").status_code == 404
    assert press(a_press(), token="made-up").status_code == 401
    assert db.session.scalars(db.select(HeadCount)).all() == []


def test_the_gates_page_shows_them_in_a_column_of_their_own(press, as_organizer):
    press(a_press(1234 - 1000), a_press(1000))
    assert "1.234" in as_organizer.get("/organizer/fairs/gia-lai/gates").text

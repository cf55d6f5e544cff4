"""What must hold however scans arrive, and who wins when two arrive at once.

A thousand badges at two gates in the same instant, on either database:

    pytest tests/visitors/test_scans_under_race.py -k same_instant --rounds 1000 [--postgres]
"""

from collections import Counter
from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy.exc import IntegrityError

from techfair.core import clock
from techfair.extensions import db
from techfair.fairs import keys
from techfair.visitors import badges, devices, registering, scanning
from techfair.visitors.gate_models import Device, Scan
from techfair.visitors.models import Badge, Registration
from techfair.visitors.registering import RegistrationInput
from techfair.visitors.schemas import ScanInput

ARRIVALS = some.lists(
    some.tuples(some.integers(0, 3), some.integers(0, 1), some.sampled_from(["A", "B"]), some.integers(0, 71)),
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arrivals=ARRIVALS, cut=some.integers(0, 12))
def test_however_scans_arrive_each_badge_enters_once_a_day(device_at_two, two_codes, arrivals, cut):
    device = devices.whole(id=device_at_two)
    scans = [reading(two_codes[who], gate, hours, number) for number, who, gate, hours in arrivals]
    try:
        for part in (scans[:cut], scans[cut:], scans):
            if part:
                scanning.admit(device, part)
        entries = db.session.execute(
            db.select(Scan.registration_id, Scan.scanned_on, db.func.count())
            .where(Scan.verdict == "admitted")
            .group_by(Scan.registration_id, Scan.scanned_on)
        ).all()
        assert {count for _, _, count in entries} <= {1}
        assert db.session.scalar(db.select(db.func.count(Scan.id))) == len({scan.id for scan in scans})
    finally:
        db.session.rollback()


def reading(code, gate, hours, number):
    """A scan of the fair's three days; a small range of ids makes doubles likely."""
    moment = clock.now() - timedelta(hours=hours)
    return ScanInput(id=UUID(int=number + 1), code=code, gate=gate, scanned_at=moment)


@pytest.fixture
def device_at_two(fair, make_gate):
    fair.starts_on -= timedelta(days=4)
    device, _ = devices.enrol(fair, [make_gate("A").gate, make_gate("B").gate], "Máy quét")
    db.session.commit()
    return device.id


@pytest.fixture
def two_codes(make_badge):
    return [make_badge("H'Mai Êban").token, make_badge("Y Kpă").token]


def test_of_two_gates_at_the_same_instant_one_admits(app, request, fair, make_gate, scans):
    rounds = request.config.getoption("--rounds")
    gates, start = [make_gate("A"), make_gate("B")], Barrier(2, timeout=60)
    people = [RegistrationInput(full_name=f"Khách {n}", email=f"k{n}@example.vn") for n in range(rounds)]
    key = keys.private(fair)
    codes = [badges.token(badges.valid_badge(registering.register(fair, person)), fair, key) for person in people]
    readings = [[gate.reading(code) for code in codes] for gate in gates]
    db.session.commit()
    db.session.remove()
    answers = {}

    def scan_all(number):
        gates[number].client, answers[number] = app.test_client(), []
        for reading in readings[number]:
            start.wait()  # each badge at both gates in the same instant
            answers[number].append(gates[number].send(reading)[0]["verdict"])

    run_at_once(scan_all, patience=0.5 * rounds + 60)
    assert [sorted(pair) for pair in zip(*answers.values(), strict=True)] == [["admitted", "repeated"]] * rounds
    assert Counter(scan.verdict for scan in scans()) == {"admitted": rounds, "repeated": rounds}


def test_the_same_batch_sent_twice_at_once_is_stored_once(app, gate, make_badge, scans):
    batch, start, answers = [gate.reading(make_badge(f"Khách {n}")) for n in range(5)], Barrier(2), {}
    db.session.remove()

    def send(number):
        start.wait()
        answers[number] = gate.send(*batch)

    run_at_once(send)
    assert answers[0] == answers[1]
    assert len(scans()) == 5


def test_badges_made_at_once_get_numbers_of_their_own(app, fair, register):
    people = [register(f"Khách {number}").id for number in range(6)]
    db.session.execute(db.delete(Badge))
    db.session.commit()
    db.session.remove()
    start = Barrier(2)

    def issue(number):
        with app.app_context():
            start.wait()
            for id in people[number::2]:
                badges.issue(db.session.get_one(Registration, id))
                db.session.commit()

    run_at_once(issue)
    assert sorted(db.session.scalars(db.select(Badge.number))) == [1, 2, 3, 4, 5, 6]


def run_at_once(work, patience=60):
    threads = [Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(patience)


def a_scan(gate, device_id, **values):
    now = clock.now()
    times = {"scanned_at": now, "device_time": now, "received_at": now, "scanned_on": now.date()}
    return Scan(id=uuid4(), fair_id=gate.gate.fair_id, gate_id=gate.gate.id, device_id=device_id, **times | values)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"verdict": "admitted", "claim": "1/1"}, {"verdict": "admitted", "claim": "1/1"}),
        ({"verdict": "admitted"}, {"verdict": "refused"}),
        ({"verdict": "admitted"}, {"verdict": "refused", "reason": "no reason we know"}),
        ({"verdict": "admitted"}, {"verdict": "repeated", "claim": "1/2"}),
    ],
    ids=["two hold one claim", "refused without reason", "unknown reason", "a repeated one claims"],
)
def test_the_database_itself_refuses(gate, first, second):
    device_id = db.session.scalars(db.select(Device.id)).one()
    db.session.add(a_scan(gate, device_id, **first))
    db.session.flush()
    db.session.add(a_scan(gate, device_id, **second))
    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize(
    "values", [{"number": 99}, {"number": 1, "state": "revoked"}], ids=["second valid", "number twice"]
)
def test_the_database_refuses_a_second_valid_badge_and_a_number_twice(badge, values):
    first = badge.badge
    db.session.add(Badge(fair_id=first.fair_id, registration_id=first.registration_id, kind="visitor", **values))
    with pytest.raises(IntegrityError):
        db.session.flush()

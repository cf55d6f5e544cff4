"""What was counted ahead and what came since is always the plain count."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from techfair.core import clock
from techfair.extensions import db
from techfair.fairs import keys
from techfair.fairs.models import Activity, Fair
from techfair.visitors import counting, merging
from techfair.visitors.gate_models import Device, Gate, Scan
from techfair.visitors.models import Registration
from techfair.visitors.tallies import figures, folding, jobs
from techfair.visitors.tallies.models import ScanTally

PEOPLE = (("visitor", "64"), ("delegate", None), ("exhibitor_staff", "01"), ("visitor", "79"), ("vip", "64"))
WHO = some.integers(0, len(PEOPLE) - 1)
WAYS = [("entry", "admitted"), ("entry", "admitted"), ("entry", "repeated"), ("exit", "admitted"), ("entry", "refused")]
PASSAGES = some.tuples(WHO, some.sampled_from("ABH"), some.sampled_from(WAYS), some.integers(0, 70))
MERGES = some.tuples(WHO, WHO)
FOLDS = some.just(())
QUICKLY = {  # what fails is short enough to read
    "deadline": None,
    "phases": (Phase.explicit, Phase.reuse, Phase.generate),
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
}
DEEDS = some.lists(some.one_of(PASSAGES, PASSAGES, FOLDS, MERGES), max_size=16)


class Crowd:
    """People at two entrances and a hall's door, a minute passing with each deed."""

    def __init__(self, fair, organizer):
        keys.create(fair)
        self.fair, self.organizer, self.now = fair, organizer, clock.now()
        door = Activity(fair_id=fair.id, title_vi="Hội thảo", starts_at=self.now, ends_at=self.now + timedelta(hours=1))
        self.device = Device(fair_id=fair.id, name="Máy quét", token_digest=uuid4().bytes * 2)
        db.session.add_all([door, self.device])
        db.session.flush()
        gates = [Gate(fair_id=fair.id, code=code, name_vi=code) for code in "AB"]
        gates.append(Gate(fair_id=fair.id, code="H", name_vi="H", place="activity", activity_id=door.id))
        known = {"fair_id": fair.id, "full_name": "Trần Tùng", "sort_key": "", "search_key": "", "is_walk_in": True}
        self.people = [Registration(kind=kind, province_code=province, **known) for kind, province in PEOPLE]
        db.session.add_all([*gates, *self.people])
        db.session.commit()
        self.gates = {gate.code: gate.id for gate in gates}

    def passes(self, who, gate, way, hours):
        self.now += timedelta(minutes=1)
        at = self.now - timedelta(hours=hours)
        day, (direction, verdict) = clock.local_day(at, self.fair.timezone), way
        times = {"scanned_at": at, "device_time": at, "received_at": self.now, "scanned_on": day}
        known = {"fair_id": self.fair.id, "device_id": self.device.id, "gate_id": self.gates[gate]}
        reason = "revoked" if verdict == "refused" else None
        said = {"direction": direction, "verdict": verdict, "reason": reason, "registration_id": self.people[who].id}
        db.session.add(Scan(id=uuid4(), **times, **known, **said))
        db.session.commit()

    def folds(self):
        self.now += timedelta(minutes=1)
        with clock.held_at(self.now):
            folding.fold(self.fair.id)

    def merges(self, one, other):
        kept, ends = self.people[one], self.people[other]
        if kept is not ends and "cancelled" not in {kept.state, ends.state}:
            merging.merge(kept, ends, self.fair, self.organizer)
            db.session.commit()

    def do(self, deed):
        {0: self.folds, 2: self.merges, 4: self.passes}[len(deed)](*deed)


@pytest.fixture
def make_crowd(make_fair, organizer):
    return lambda: Crowd(make_fair(f"hoi-cho-{uuid4().hex[:8]}"), organizer)


@settings(max_examples=30, **QUICKLY)
@given(deeds=DEEDS)
def test_whatever_happens_counted_ahead_is_the_plain_count(make_crowd, deeds):
    crowd = make_crowd()
    for deed in deeds:
        crowd.do(deed)
        assert figures.of(crowd.fair).sums == figures.plainly(crowd.fair).sums
    crowd.now += timedelta(hours=1)
    crowd.folds()
    assert folding.kept(crowd.fair.id) == figures.plainly(crowd.fair).sums


@settings(max_examples=15, **QUICKLY)
@given(deeds=DEEDS)
def test_the_figures_are_those_of_the_report(make_crowd, deeds):
    crowd = make_crowd()
    for deed in deeds:
        crowd.do(deed)
    live, counts = figures.of(crowd.fair), counting.visitors(crowd.fair)
    assert (live.of().people, live.person_days(), live.of().entries) == (
        counts.unique,
        counts.person_days,
        counts.entries,
    )
    assert {day: live.of(day).people for day in live.days} == counting.visitors_by_day(crowd.fair)


@pytest.fixture
def crowd(make_crowd):
    """Two visitors in, on the same day, counted ahead."""
    crowd = make_crowd()
    crowd.passes(0, "A", WAYS[0], 0), crowd.passes(3, "B", WAYS[0], 0)
    crowd.now += timedelta(minutes=5)
    crowd.folds()
    return crowd


def test_two_who_turn_out_one_person_are_one_at_once(crowd):
    crowd.merges(0, 3)
    assert (figures.of(crowd.fair).of().people, figures.of(crowd.fair).of().entries) == (1, 2)


def test_a_merge_while_it_is_counted_leaves_the_counting_to_the_next_run(crowd, monkeypatch):
    crowd.passes(3, "A", WAYS[0], 30)
    crowd.now += timedelta(minutes=5)
    keep = folding._keep

    def merge_first(*counted):
        crowd.merges(0, 3)
        return keep(*counted)

    monkeypatch.setattr(folding, "_keep", merge_first)
    crowd.folds()
    assert figures.of(crowd.fair).sums == figures.plainly(crowd.fair).sums


def test_what_is_counted_ahead_is_not_counted_again(crowd, at_most):
    db.session.execute(db.update(ScanTally).values(entries=ScanTally.entries + 100))
    db.session.commit()
    fair = db.session.get_one(Fair, crowd.fair.id)
    with at_most(statements=1):
        assert figures.of(fair).of().entries == 102


def test_a_scan_that_was_committed_late_is_found_by_the_check(crowd, caplog):
    crowd.now -= timedelta(hours=1)
    crowd.passes(4, "A", WAYS[0], 0)
    assert figures.of(crowd.fair).of().people == 2
    assert folding.check(crowd.fair.id) is False
    assert "tally differs" in caplog.text
    assert figures.of(crowd.fair).of().people == 3
    assert folding.check(crowd.fair.id) is True


def test_counting_anew_starts_from_nothing(crowd):
    folding.start_anew(crowd.fair.id)
    db.session.commit()
    assert db.session.scalar(db.select(db.func.count(ScanTally.id))) == 0
    assert figures.of(crowd.fair).sums == figures.plainly(crowd.fair).sums


def test_a_great_fair_is_counted_in_parts(crowd, monkeypatch):
    monkeypatch.setattr(folding, "MOST", 1)
    for _ in range(4):
        crowd.passes(1, "A", WAYS[0], 0)
    with clock.held_at(crowd.now + timedelta(minutes=5)):
        jobs.fold_scans()
    assert folding.kept(crowd.fair.id) == figures.plainly(crowd.fair).sums

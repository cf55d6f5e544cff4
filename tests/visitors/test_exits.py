"""Going out: counted apart, never repeated; under "again only after going out" it opens the gate once more."""

import re
from datetime import datetime, time, timedelta

import pytest

from techfair.core import clock
from techfair.extensions import db
from techfair.fairs.models import Activity
from techfair.visitors import counting, merging, passages
from techfair.visitors import queries as visitor_queries
from techfair.visitors.gate_models import Gate
from techfair.visitors.models import Registration
from techfair.visitors.tallies import figures


@pytest.fixture
def reentry(make_gate):
    return make_gate("R", rule="reentry", scans_exits=True)


def verdicts(gate, badge, *ways):
    """In and out, one minute after another."""
    return [
        gate.scan(badge, at=f"09:{minute:02}", direction={"in": "entry", "out": "exit"}[way])["verdict"]
        for minute, way in enumerate(ways)
    ]


def test_in_again_only_after_going_out(reentry, badge):
    told = verdicts(reentry, badge, "in", "in", "out", "in", "in", "out", "out", "in")
    assert told == ["admitted", "repeated", "admitted", "admitted", "repeated", "admitted", "admitted", "admitted"]


def test_a_batch_is_judged_in_its_order(reentry, badge):
    ways = ["entry", "exit", "entry", "entry"]
    readings = [reentry.reading(badge, f"09:0{n}", direction=way) for n, way in enumerate(ways)]
    expected = ["admitted", "admitted", "admitted", "repeated"]
    assert [one["verdict"] for one in reentry.send(*readings)] == expected
    assert [one["verdict"] for one in reentry.send(*readings)] == expected  # sent twice it lets nobody out twice


def test_an_exit_sent_twice_opens_the_gate_once(reentry, badge):
    verdicts(reentry, badge, "in")
    out = reentry.reading(badge, "09:10", direction="exit")
    reentry.send(out)
    assert verdicts(reentry, badge, "in") == ["admitted"]
    reentry.send(out)
    assert verdicts(reentry, badge, "in") == ["repeated"]


def test_all_entrances_share_who_is_inside(reentry, make_gate, badge):
    other = make_gate("S", rule="reentry", scans_exits=True)
    verdicts(reentry, badge, "in")
    assert verdicts(other, badge, "in", "out") == ["repeated", "admitted"]
    assert verdicts(reentry, badge, "in") == ["admitted"]


def test_an_exit_is_no_entry_in_any_figure_and_inside_now_is_known(make_gate, make_badge, fair):
    gate = make_gate("A", rule="every", scans_exits=True)
    one, other = make_badge("An"), make_badge("Bình")
    gate.scan(one, at="09:00"), gate.scan(other, at="09:01"), gate.scan(one, at="09:30", direction="exit")
    told = counting.visitors(fair)
    assert (told.entries, told.unique, figures.of(fair).of(fair.starts_on).inside) == (2, 2, 1)


def test_a_scan_out_takes_few_statements(reentry, badge, at_most):
    verdicts(reentry, badge, "in")
    reading = reentry.reading(badge, "09:20", direction="exit")
    with at_most(statements=5):
        reentry.send(reading)


def test_the_organizer_sets_the_rule_and_with_it_exits(as_organizer, gate, fair):
    form = {"name_vi": "Cổng chính", "rule": "reentry", "hand_out_vi": "Dây đeo thẻ"}
    as_organizer.post(f"/organizer/fairs/gia-lai/gates/{gate.gate.id}", data=form)
    db.session.expire_all()
    stored = db.session.get_one(Gate, gate.gate.id)
    assert (stored.rule, stored.scans_exits, stored.hand_out_vi) == ("reentry", True, "Dây đeo thẻ")


def test_the_device_is_told_of_exits_and_what_to_hand_out(make_gate, client):
    gate = make_gate("H", scans_exits=True, hand_out_vi="Dây đeo thẻ")
    headers = {"Authorization": f"Bearer {gate.token}"}
    told = client.put(f"/api/v1/fairs/{gate.slug}/device", json={"waiting": 0}, headers=headers).get_json()
    assert (told["gates"][0]["scans_exits"], told["gates"][0]["hand_out_vi"]) == (True, "Dây đeo thẻ")


def test_an_exit_that_arrives_late_frees_no_later_entry(reentry, badge):
    reentry.scan(badge, "09:00"), reentry.scan(badge, "09:30", direction="exit")
    assert reentry.scan(badge, "11:00")["verdict"] == "admitted"
    reentry.scan(badge, "09:20", direction="exit", offline=True)
    assert reentry.scan(badge, "11:05")["verdict"] == "repeated"


def test_many_people_going_out_are_one_part(reentry, make_badge, at_most):
    worn = [make_badge(f"Khách {number}") for number in range(20)]
    reentry.send(*(reentry.reading(one, "09:00") for one in worn))
    out = [reentry.reading(one, "10:00", direction="exit") for one in worn]
    with at_most(statements=5):
        reentry.send(*out)
    again = reentry.send(*(reentry.reading(one, "11:00") for one in worn))
    assert {one["verdict"] for one in again} == {"admitted"}


@pytest.fixture
def inside(as_organizer, fair):
    """What the gates' page says of who is inside on the fair's first day: the numbers by the name of their scope."""

    def told():
        with clock.held_at(datetime.combine(fair.starts_on, time(12), fair.zone)):
            page = as_organizer.get("/organizer/fairs/gia-lai/gates").text
        tiles = re.findall(r'figure-value">([^<]+)</span>\s*<span class="figure-label">([^<]+)<', page)
        return {label: int(value) for value, label in tiles}

    return told


def test_the_gates_page_tells_who_is_inside_by_scope(inside, make_gate, make_badge, fair):
    main, side = make_gate("A", rule="every", scans_exits=True), make_gate("B", rule="every")
    starts = datetime.combine(fair.starts_on, time(9), fair.zone)
    talk = Activity(fair_id=fair.id, title_vi="Hội thảo", starts_at=starts, ends_at=starts + timedelta(hours=2))
    db.session.add(talk)
    db.session.flush()
    door = make_gate("H", rule="every", scans_exits=True, place="activity", activity_id=talk.id)
    one, two, three = make_badge("An"), make_badge("Bình"), make_badge("Chi")
    for number, worn in enumerate((one, two, three)):
        side.scan(worn, f"09:0{number}")
    main.scan(one, "09:30", direction="exit")
    door.scan(two, "09:40"), door.scan(three, "09:41"), door.scan(three, "09:50", direction="exit")
    assert inside() == {"tất cả các cổng vào": 2, "H · Cổng H": 1}


def test_two_registrations_of_one_person_are_one_inside(inside, make_gate, make_badge, fair, organizer):
    gate = make_gate("A", rule="every", scans_exits=True)
    one, other = make_badge("An"), make_badge("An", email="an.khac@example.vn")
    gate.scan(one, "09:00"), gate.scan(other, "09:10")
    kept, gone = (db.session.get_one(Registration, worn.badge.registration_id) for worn in (one, other))
    merging.merge(kept, gone, fair, organizer)
    db.session.commit()
    assert inside() == {"tất cả các cổng vào": 1}


def test_where_no_gate_scans_exits_nothing_is_said_of_who_is_inside(inside, make_gate, badge):
    make_gate("A").scan(badge, "09:00")
    assert inside() == {}


def test_who_is_inside_takes_two_statements(make_gate, badge, fair, at_most):
    gate = make_gate("A", rule="every", scans_exits=True)
    gate.scan(badge, "09:00")
    gates = visitor_queries.gates(fair)
    with at_most(statements=2):
        assert [one.people for one in passages.inside(fair, gates, fair.starts_on)] == [1]

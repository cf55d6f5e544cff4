"""Devices at gates: how they join, what they are told, and what never reaches them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from techfair.core import clock
from techfair.extensions import db
from techfair.visitors import badges, devices
from techfair.visitors.gate_models import Device
from techfair.visitors.models import Registration

API = "/api/v1/fairs/gia-lai"
GATES = "/organizer/fairs/gia-lai/gates"


@pytest.fixture
def invited(fair, gate, organizer):
    """A device that may join gate A, and its code."""
    device, code = devices.invite(fair, [gate.gate], "Điện thoại 3", organizer)
    db.session.commit()
    return device.id, code


@pytest.fixture
def told(client, gate):
    """What the gate's device is told at an address."""

    def ask(path, status=200, method="get", **values):
        answer = getattr(client, method)(API + path, headers={"Authorization": f"Bearer {gate.token}"}, **values)
        assert answer.status_code == status, answer.text
        return answer.get_json()

    return ask


def join(client, code):
    return client.post(f"{API}/devices", json={"code": code})


def test_a_device_joins_by_the_code_however_it_is_typed_and_scans(client, invited, gate, badge):
    _, code = invited
    gate.token = join(client, f" {code[:4].lower()}-{code[4:]} ").get_json()["token"]
    assert gate.scan(badge)["verdict"] == "admitted"


def test_a_code_joins_one_device_alone_even_of_two_at_once(app, invited):
    db.session.rollback()  # an open transaction would keep both waiting
    start = Barrier(2)

    def once(_):
        start.wait()
        return join(app.test_client(), invited[1]).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(once, range(2))) == [200, 404]


def test_a_code_ends_after_half_an_hour_and_with_its_device(client, invited):
    device, code = invited
    with clock.held_at(clock.now() + timedelta(minutes=31)):
        assert join(client, code).status_code == 404
    devices.revoke(db.session.get_one(Device, device), None)
    db.session.commit()
    assert join(client, code).status_code == 404


def test_a_code_of_one_fair_joins_no_other(client, invited, make_fair):
    make_fair(slug="da-lat")
    assert client.post("/api/v1/fairs/da-lat/devices", json={"code": invited[1]}).status_code == 404


def test_before_it_has_joined_nobody_knows_a_token_of_the_device(invited):
    device = db.session.get_one(Device, invited[0])
    assert devices._digest(invited[1]) not in {device.token_digest}


def test_an_organizer_adds_a_device_and_sees_its_code_until_it_joined(as_organizer, gate, client):
    page = as_organizer.post(f"{GATES}/devices/new", data={"name": "Máy cổng", "gates": ["A"]}).location
    shown = as_organizer.get(page).text
    code = shown.split('class="code-to-type" translate="no">')[1].split("<")[0]
    assert join(client, code).status_code == 200
    after = as_organizer.get(page).text
    assert ("đã tham gia" in after, code in after) == (True, False)


def test_a_device_without_name_or_gate_is_refused_at_the_fields(as_organizer, gate):
    answer = as_organizer.post(f"{GATES}/devices/new", data={"name": "Máy cổng"})
    assert (answer.status_code, "Chọn ít nhất một cổng." in answer.text, "Máy cổng" in answer.text) == (422, True, True)


def test_a_device_says_what_waits_and_learns_its_gates(told, as_organizer):
    assert [gate["code"] for gate in told("/device", method="put", json={"waiting": 3})["gates"]] == ["A"]
    assert '<td data-label="Chờ gửi" class="number">3</td>' in as_organizer.get(GATES).text


def test_a_gate_is_told_its_rule_key_and_times_and_nothing_personal(told, badge, fair):
    manifest = told("/gates/A/manifest")
    assert (manifest["rule"], manifest["fair"], len(manifest["keys"])) == ("daily", fair.number, 1)
    assert len(manifest["openings"]) == 1  # the fair's own days
    assert "Trần" not in str(manifest)


def test_what_became_void_is_told_once_more_and_then_not_again(told, badge, organizer):
    badges.revoke(badge.badge, organizer, "Mất thẻ")
    db.session.commit()
    first = told("/gates/A/manifest")
    assert first["void"] == [{"number": badge.badge.number, "reason": "revoked"}]
    with clock.held_at(clock.now() + timedelta(minutes=10)):
        later = told("/gates/A/manifest", query_string={"since": told("/gates/A/manifest")["cursor"]})
    assert later["void"] == []


def test_who_is_not_confirmed_is_void_each_time(told, make_badge):
    waiting = make_badge()
    db.session.get_one(Registration, waiting.badge.registration_id).state = "pending"
    db.session.commit()
    since = {"since": (clock.now() + timedelta(days=1)).isoformat()}
    told_later = told("/gates/A/manifest", query_string=since)["void"]
    assert told_later == [{"number": waiting.badge.number, "reason": "not_approved"}]


def test_names_reach_a_device_only_where_the_organizer_allows_and_that_is_logged(told, gate, badge, as_organizer):
    told("/gates/A/names", status=404)
    gate.gate.gives_names = True
    db.session.commit()
    assert told("/gates/A/names")["names"][0]["name"] == "Trần Văn Tùng"
    assert "Gửi tên khách xuống thiết bị của cổng" in as_organizer.get("/organizer/fairs/gia-lai/log").text


def test_another_gates_manifest_is_not_told(told, make_gate):
    make_gate("B")
    told("/gates/B/manifest", status=404)


def test_a_person_is_found_by_a_devices_token(told, badge):
    found = told("/people", query_string={"q": "tran van tung"})["people"]
    assert [(person["name"], person["code"]) for person in found] == [("Trần Văn Tùng", badge.token)]


def test_a_revoked_device_is_told_nothing(told, gate, organizer):
    device = db.session.scalars(db.select(Device)).one()
    devices.revoke(device, organizer)
    db.session.commit()
    for path in ("/people?q=tran", "/gates/A/manifest", "/gates/A/names"):
        told(path, status=403)


def test_without_a_token_nothing_is_told(client, gate):
    for path in ("/people?q=tran", "/gates/A/manifest", "/gates/A/names"):
        assert client.get(API + path).status_code == 401

"""What a gate answers, and what is stored of it."""

from datetime import UTC, datetime, timedelta

import pytest

from techfair.extensions import db
from techfair.fairs import keys
from techfair.visitors import badges, devices, tokens
from techfair.visitors.gate_models import Device, GateOpening
from techfair.visitors.models import Registration


def verdicts(results):
    return [result["verdict"] for result in results]


def test_first_scan_is_admitted_and_names_the_person(gate, badge):
    result = gate.scan(badge.address)
    assert (result["verdict"], result["badge"]["name"], result["reason"]) == ("admitted", "Trần Văn Tùng", None)


def test_second_scan_of_a_day_is_repeated_and_names_the_first(gate, badge, at_most):
    gate.scan(badge, at="08:00")
    with at_most(statements=4):
        second = gate.scan(badge, at="09:30")
    first_at = gate.moment("08:00").astimezone(UTC).isoformat().replace("+00:00", "Z")
    assert (second["verdict"], second["first_scan"]) == ("repeated", {"gate": "A", "at": first_at})


def test_a_hundred_scans_take_the_statements_of_one(gate, make_badge, at_most):
    readings = [gate.reading(make_badge(f"Khách {number}", email="", phone=f"09{number:08}")) for number in range(100)]
    with at_most(statements=4):
        results = gate.send(*readings)
    assert verdicts(results) == ["admitted"] * 100
    assert [result["id"] for result in results] == [reading["id"] for reading in readings]


def test_the_day_turns_at_the_fairs_midnight_wherever_the_server_stands(server_zone, gate, badge, scans):  # K001
    at = [
        datetime.combine(gate.fair.starts_on, datetime.min.time(), UTC) + timedelta(hours=16, minutes=55 + m)
        for m in (0, 3, 10)
    ]
    results = gate.send(*(gate.reading(badge, scanned_at=moment.isoformat()) for moment in at))
    assert verdicts(results) == ["admitted", "repeated", "admitted"]
    assert len({scan.scanned_on for scan in scans() if scan.verdict == "admitted"}) == 2


@pytest.fixture
def two_mornings(gate):
    """Open 08:00-17:00 on the first two days."""
    for day in (0, 1):
        db.session.add(
            GateOpening(gate_id=gate.gate.id, opens_at=gate.moment("08:00", day), closes_at=gate.moment("17:00", day))
        )
    db.session.commit()


@pytest.mark.parametrize(
    ("at", "day", "reason", "opens"),
    [
        ("07:20", 0, "not_open_yet", ("08:00", 0)),
        ("18:00", 0, "closed", ("08:00", 1)),
        ("06:00", 1, "not_open_yet", ("08:00", 1)),
        ("17:00", 1, "closed", None),
        ("12:00", 2, "closed", None),
    ],
)
def test_a_shut_gate_says_when_it_opens_next(gate, two_mornings, badge, at, day, reason, opens):  # K003
    result = gate.scan(badge, at, day)
    expected = opens and gate.moment(*opens).astimezone(UTC).isoformat().replace("+00:00", "Z")
    assert (result["reason"], result["opens_at"]) == (reason, expected)


def test_a_gate_without_hours_is_open_on_the_days_of_the_fair(gate, badge):
    before, after = gate.scan(badge, day=-1), gate.scan(badge, day=3)
    assert (before["reason"], after["reason"], gate.scan(badge, day=2)["verdict"]) == (
        "not_open_yet",
        "closed",
        "admitted",
    )


def test_a_fair_kept_open_admits_outside_its_dates(gate, badge):
    gate.fair.open_outside_dates = True
    db.session.commit()
    assert gate.scan(badge, day=4)["verdict"] == "admitted"


def test_the_same_scan_sent_again_answers_the_same_and_changes_nothing(gate, badge, scans):  # K005
    reading = gate.reading(badge)
    first = gate.send(reading)
    later = reading | {"offline": True, "device_verdict": "admitted"}
    assert gate.send(later) == gate.send(later, later)[:1] == first
    assert [scan.is_offline for scan in scans()] == [False]


def test_two_badges_then_the_first_again_are_three_scans(gate, make_badge, scans):  # K007
    one, two = make_badge("H'Mai Êban"), make_badge("Y Kpă")
    readings = [
        gate.reading(code, scanned_at=gate.moment("09:00").replace(second=s).isoformat())
        for code, s in ((one, 0), (two, 5), (one, 25))
    ]
    assert verdicts(gate.send(*readings)) == ["admitted", "admitted", "repeated"]
    assert len(scans()) == 3


def test_a_gate_where_every_entry_counts_admits_again(make_gate, badge):  # K009
    gate = make_gate(rule="every")
    assert verdicts([gate.scan(badge), gate.scan(badge, at="10:00")]) == ["admitted", "admitted"]


def test_two_entrances_share_one_rule_and_a_door_has_its_own(make_gate, badge, fair):
    west, east = make_gate("A"), make_gate("B")
    west.scan(badge)
    assert east.scan(badge)["first_scan"]["gate"] == "A"


def test_a_leave_does_not_count_as_an_entry(gate, badge):
    gate.scan(badge, at="08:00")
    assert gate.scan(badge, at="11:00", direction="exit")["verdict"] == "admitted"


def test_a_fast_clock_is_corrected_and_flagged(gate, badge, scans):  # K011
    real = gate.moment("21:00")
    ahead = real + timedelta(hours=3)
    gate.send(
        gate.reading(badge, scanned_at=ahead.isoformat()), sent_at=(ahead + timedelta(seconds=1)).isoformat(), now=real
    )
    scan = scans()[0]
    assert (scan.device_time, scan.has_wrong_clock, scan.scanned_on) == (ahead, True, gate.fair.starts_on)
    assert abs(scan.scanned_at - real) < timedelta(seconds=2)


@pytest.mark.parametrize("year", [2017, 1, 9999])
def test_a_clock_of_another_year_is_taken_and_flagged(gate, badge, scans, year):
    odd = datetime(year, 6, 1, 9, tzinfo=UTC)
    result = gate.send(
        gate.reading(badge, scanned_at=odd.isoformat()), sent_at=odd.isoformat(), now=gate.moment("09:00")
    )
    assert (verdicts(result), scans()[0].has_wrong_clock) == (["admitted"], True)
    assert scans()[0].scanned_at == gate.moment("09:00")


def test_the_rule_is_that_of_the_gate_on_the_screen(fair, make_gate, badge, client):  # K017
    entrance, door = make_gate("A"), make_gate("D", allowed_kinds=["delegate"])
    _, entrance.token = devices.enrol(fair, [entrance.gate, door.gate], "Điện thoại")
    db.session.commit()
    results = entrance.send(entrance.reading(badge, gate="D"), entrance.reading(badge, gate="A"))
    assert [(result["verdict"], result["reason"]) for result in results] == [
        ("refused", "kind_not_allowed"),
        ("admitted", None),
    ]


def test_a_code_that_is_no_badge_is_refused_with_its_reason(gate, make_fair, badge, register):
    changed = badge.token[:-1] + ("0" if badge.token[-1] != "0" else "1")
    reasons = {gate.scan(code)["reason"] for code in ("", "hello", "https://example.vn/")}
    assert (reasons, gate.scan(changed)["reason"]) == ({"unknown_code"}, "bad_signature")


def test_a_badge_is_known_where_the_secret_that_seals_the_fair_s_key_is_lost(gate, badge, app):
    code = badge.token
    app.secret_key = "a new secret, for the old one went with the old machine"
    assert gate.scan(code)["verdict"] == "admitted"


def test_a_made_up_number_that_no_badge_can_have_is_an_unknown_code(gate, fair, badge):
    signed = tokens.sign(keys.private(fair), tokens.BadgePayload(fair.number, 2**32 - 1))
    alone, *among_others = gate.scan(signed), *gate.send(gate.reading(badge), gate.reading(signed))
    assert [alone["reason"], *(result["reason"] for result in among_others)] == ["unknown_code", None, "unknown_code"]


def test_a_badge_of_another_fair_is_refused_without_a_name(gate, make_fair, badge, app):
    gate.fair.number = 4000
    db.session.commit()
    result = gate.scan(badge)
    assert (result["reason"], result["badge"]) == ("other_fair", None)


def test_a_replaced_and_a_revoked_badge_open_nothing_and_the_new_one_does(gate, badge, fair):
    gate.scan(badge)  # so that its signature is known to be good
    new = badges.replace(badge.badge, by=None)
    token = badges.token(new, fair)
    db.session.commit()
    assert (gate.scan(badge)["reason"], gate.scan(token)["verdict"]) == ("replaced", "repeated")
    badges.revoke(new, by=None, reason="Mất thẻ")
    db.session.commit()
    assert gate.scan(token, day=1)["reason"] == "revoked"


def test_a_person_who_is_not_approved_is_refused(gate, badge):
    db.session.get_one(Registration, badge.badge.registration_id).state = "pending"
    db.session.commit()
    assert gate.scan(badge)["reason"] == "not_approved"


def test_a_gate_that_the_device_was_not_given_is_refused(gate, make_gate, badge):
    make_gate("B")
    assert gate.scan(badge, gate="B")["reason"] == "gate_not_granted"


def test_only_a_device_of_this_fair_may_scan(gate, badge, make_fair):
    gate.slug = make_fair("other").slug
    gate.send(gate.reading(badge), status=401)
    gate.slug, gate.token = "gia-lai", "guessed"
    gate.send(gate.reading(badge), status=401)


def test_a_revoked_device_is_told_so_at_once(gate, badge):
    devices.revoke(db.session.scalars(db.select(Device)).one(), by=None)
    db.session.commit()
    gate.send(gate.reading(badge), status=403)


@pytest.mark.parametrize("scans", [[], [{"id": "no"}], "x"])
def test_a_batch_that_cannot_be_read_is_a_problem_that_says_so(gate, scans):
    answer = gate.client.post(
        "/api/v1/fairs/gia-lai/scans", json={"scans": scans}, headers={"Authorization": f"Bearer {gate.token}"}
    )
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")


def test_the_scan_interface_is_described(client):
    described = client.get("/api/v1/openapi.json").get_json()
    assert "post" in described["paths"]["/api/v1/fairs/{slug}/scans"]
    assert described["components"]["securitySchemes"]["device"]["scheme"] == "bearer"

"""The rules are written twice, for server and device: both are asked the same, and must answer the same."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import UUID

import pytest

from techfair.core import clock
from techfair.extensions import db
from techfair.fairs import keys
from techfair.fairs.models import Activity
from techfair.visitors import badges, devices, offline, registering, rules, scanning
from techfair.visitors.gate_models import Device, Gate, GateOpening
from techfair.visitors.kind_days import choosing as kind_days
from techfair.visitors.registering import RegistrationInput
from techfair.visitors.schemas import ScanInput
from techfair.visitors.signups.models import SignUp

pytestmark = [pytest.mark.browser, pytest.mark.same_everywhere]

ASK = """async ([rules, manifests, code, moments]) => {
  const { decide } = await import(rules);
  const { taken } = await import(rules.replace("rules", "taken"));
  const told = [];
  for (const sent of manifests) {
    const manifest = taken(null, sent);
    for (const at of moments) {
      const { verdict, reason } = await decide({ code, manifest, moment: Date.parse(at), firstOf: () => null });
      told.push(reason ?? verdict);
    }
  }
  return told;
}"""

WALK = """async ([folder, manifests, scans]) => {
  const [{ Judge }, { Store }] = await Promise.all(["judge", "store"].map((name) => import(`${folder}/${name}.js`)));
  const store = Store.open("walk");
  for (const manifest of manifests) await store.keepManifest(manifest.gate, { ...manifest, offset: 0 });
  const told = [];
  for (const { code, gate, direction, at } of scans) {
    const judge = new Judge({ store, server: null, network: { isUp: false }, now: () => Date.parse(at) });
    const { verdict, reason, first_scan: first } = await judge.judge(code, gate, direction);
    told.push([verdict, reason ?? null, first?.gate ?? null, first ? Date.parse(first.at) : null]);
  }
  return told;
}"""
STEPS = 60  # scans of one walk
STATIC = Path(__file__).parents[2] / "techfair" / "static"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing of each file."""


@pytest.fixture(scope="module")
def files() -> Iterator[str]:
    """Where the device's scripts are to be had: they are asked here, and no server of the fair."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=STATIC)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def device_page(browser: Any, files: str) -> Iterator[Any]:
    """A page beside the scripts, with a store of its own."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{files}/gate/")
    yield page
    context.close()


@pytest.fixture
def gates(fair):
    """Gates of every kind of rule that refuses: closed, with hours, for other kinds, with nothing."""
    keys.create(fair)
    midnight = datetime.combine(fair.starts_on, datetime.min.time(), fair.zone)
    hours = [
        GateOpening(
            opens_at=midnight + timedelta(days=day, hours=8), closes_at=midnight + timedelta(days=day, hours=17)
        )
        for day in (0, 1)
    ]
    conference = Activity(
        fair_id=fair.id,
        title_vi="Hội nghị",
        starts_at=midnight,
        ends_at=midnight + timedelta(days=1),
        capacity=1,
        needs_sign_up=True,
    )
    db.session.add(conference)
    db.session.flush()
    gates = [
        Gate(fair_id=fair.id, code="A", name_vi="Cổng A"),
        Gate(fair_id=fair.id, code="B", name_vi="Cổng B", openings=hours),
        Gate(fair_id=fair.id, code="C", name_vi="Cổng C", is_closed=True),
        Gate(fair_id=fair.id, code="D", name_vi="Cổng D", allowed_kinds=["delegate"]),
        Gate(fair_id=fair.id, code="E", name_vi="Cổng E", rule="every"),
        Gate(fair_id=fair.id, code="F", name_vi="Cửa F", place="activity", activity_id=conference.id),
    ]
    db.session.add_all(gates)
    devices.enrol(fair, gates, "Điện thoại")
    db.session.commit()
    return gates


@pytest.fixture
def moments(fair):
    """Before the fair, around its hours on each day, at its midnights, after it."""
    midnight = datetime.combine(fair.starts_on, datetime.min.time(), fair.zone)
    return [midnight + timedelta(hours=hours) for hours in (-30, -0.1, 0, 7.4, 8, 12, 17, 18, 31, 33, 42, 70, 80)]


@pytest.mark.parametrize("stays_open", [False, True])
@pytest.mark.parametrize("end", [None, "seated", "waiting", "revoke", "replace", "second_day", "own_day"])
def test_server_and_device_agree(fair, gates, moments, organizer, device_page, stays_open, end):
    fair.open_outside_dates = stays_open
    person = registering.register(fair, RegistrationInput(full_name="Trần Văn Tùng", email="tung@example.vn"))
    badge = badges.valid_badge(person)
    token = badges.token(badge, fair)
    if end in {"seated", "waiting"}:
        row = {"activity_id": gates[-1].activity_id, "state": end, "turn": 1, "seat": 1 if end == "seated" else None}
        db.session.add(SignUp(registration_id=person.id, **row))
    if end == "revoke":
        badges.revoke(badge, organizer, "Mất thẻ")
    elif end == "second_day":
        kind_days.choose(fair, {"visitor": [2]}, organizer)
    elif end == "own_day":
        kind_days.choose(fair, {"visitor": [2]}, organizer)
        person.days = [1]
    elif end == "replace":
        badges.replace(badge, organizer)
    db.session.commit()
    device = devices.whole(id=db.session.scalars(db.select(Device.id)).one())
    found = badges.find(device.fair, [token], device.sign_up_activities)[token]
    asked = list(product(device.gates, moments))
    server = [rules.refusal(found, gate, device.fair, moment) or "admitted" for gate, moment in asked]
    manifests = [offline.manifest(device, gate).model_dump(mode="json") for gate in device.gates]
    db.session.rollback()
    asked_of_device = ["/gate/rules.js", manifests, token, [moment.isoformat() for moment in moments]]
    assert device_page.evaluate(ASK, asked_of_device) == server
    assert ("wrong_day" in server) == (end in {"second_day", "own_day"})
    assert end in {"revoke", "replace"} or len(set(server)) > 3  # the gates and moments do reach every rule


def steps(fair, codes, gates, seed):
    """Two people who go in and out through all gates, over all days of the fair, often twice in a minute."""
    chance, moment = random.Random(seed), datetime.combine(fair.starts_on, datetime.min.time(), fair.zone)
    for _ in range(STEPS):
        moment += timedelta(minutes=chance.choice([0.5, 30, 100]))
        way = chance.choice(["entry", "entry", "exit"])
        yield {"code": chance.choice(codes), "gate": chance.choice(gates).code, "direction": way, "at": moment}


@pytest.mark.parametrize("rule", ["once", "daily", "reentry", "every"])
def test_server_and_device_agree_on_who_is_in_already_and_since_which_scan(fair, gates, device_page, rule):
    for gate in gates:
        gate.rule, gate.scans_exits = rule, True
    people = [
        registering.register(fair, RegistrationInput(full_name=name, email=f"{name}@example.vn")) for name in "XY"
    ]
    codes = [badges.token(badges.valid_badge(person), fair) for person in people]
    walk = list(steps(fair, codes, gates, rule))
    db.session.commit()
    device = devices.whole(id=db.session.scalars(db.select(Device.id)).one())
    server = []
    with clock.held_at(walk[-1]["at"]):
        for number, step in enumerate(walk):
            told = {name: value for name, value in step.items() if name != "at"} | {"scanned_at": step["at"]}
            (verdict,) = scanning.admit(device, [ScanInput(id=UUID(int=number + 1), **told)])
            first = verdict.first
            at = first and first.at.timestamp() * 1000
            server.append([verdict.verdict, verdict.reason, first and first.gate, at])
    manifests = [offline.manifest(device, gate).model_dump(mode="json") for gate in device.gates]
    db.session.rollback()
    told = device_page.evaluate(WALK, ["/gate", manifests, [step | {"at": step["at"].isoformat()} for step in walk]])
    assert told == server
    assert ("repeated" in {verdict for verdict, *_ in server}) == (rule != "every")  # the walk does meet the rule

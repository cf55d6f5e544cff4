"""The rules are written twice, for server and device: both are asked the same, and must answer the same."""

from datetime import datetime, timedelta
from itertools import product

import pytest

from techfair.core.pages import static_digest
from techfair.extensions import db
from techfair.fairs import keys
from techfair.fairs.models import Activity
from techfair.visitors import badges, devices, offline, registering, rules
from techfair.visitors.models import Device, Gate, GateOpening
from techfair.visitors.registering import RegistrationInput
from techfair.visitors.signups.models import SignUp

pytestmark = [pytest.mark.browser, pytest.mark.same_everywhere]

ASK = """async ([rules, manifests, code, moments]) => {
  const { decide } = await import(rules);
  const told = [];
  for (const manifest of manifests) {
    manifest.void = Object.fromEntries(manifest.void.map(({ number, reason }) => [number, reason]));
    for (const at of moments) {
      const { verdict, reason } = await decide({ code, manifest, moment: Date.parse(at), firstOf: () => null });
      told.push(reason ?? verdict);
    }
  }
  return told;
}"""


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
@pytest.mark.parametrize("end", [None, "seated", "waiting", "revoke", "replace"])
def test_server_and_device_agree(fair, gates, moments, organizer, page, stays_open, end):
    fair.open_outside_dates = stays_open
    person = registering.register(fair, RegistrationInput(full_name="Trần Văn Tùng", email="tung@example.vn"))
    badge = badges.valid_badge(person)
    token = badges.token(badge, fair)
    if end in {"seated", "waiting"}:
        row = {"activity_id": gates[-1].activity_id, "state": end, "turn": 1, "seat": 1 if end == "seated" else None}
        db.session.add(SignUp(registration_id=person.id, **row))
    if end == "revoke":
        badges.revoke(badge, organizer, "Mất thẻ")
    elif end == "replace":
        badges.replace(badge, organizer)
    db.session.commit()
    device = devices.whole(id=db.session.scalars(db.select(Device.id)).one())
    found = badges.find(device.fair, [token], device.sign_up_activities)[token]
    asked = list(product(device.gates, moments))
    server = [rules.refusal(found, gate, device.fair, moment) or "admitted" for gate, moment in asked]
    manifests = [offline.manifest(device, gate).model_dump(mode="json") for gate in device.gates]
    db.session.rollback()
    page.goto("/healthz")
    address = f"/static/{static_digest()}/gate/rules.js"
    assert page.evaluate(ASK, [address, manifests, token, [moment.isoformat() for moment in moments]]) == server
    assert end in {"revoke", "replace"} or len(set(server)) > 3  # the gates and moments do reach every rule

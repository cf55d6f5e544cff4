"""Days of single people, above those of their kind: by an invitation, by a delegation, by the organizer's hand."""

import re
from datetime import datetime, time, timedelta

import pytest

from techfair.core import clock
from techfair.core.formats import format_date
from techfair.extensions import db
from techfair.fairs import keys
from techfair.visitors import badges, own
from techfair.visitors.gate_models import GateOpening
from techfair.visitors.kind_days import choosing
from techfair.visitors.models import Badge, Delegation, Registration

CONSOLE = "/organizer/fairs/gia-lai"


@pytest.fixture
def badge_days(gate):
    """What a device at the gate is told of days of single badges, as {number: days}; a later time asks for changes."""

    def told(since=None):
        db.session.rollback()
        with clock.held_at(clock.now() + timedelta(minutes=since or 0)):
            headers = {"Authorization": f"Bearer {gate.token}"}
            asked = {"since": (clock.now() - timedelta(minutes=2)).isoformat()} if since is not None else {}
            answer = gate.client.get("/api/v1/fairs/gia-lai/gates/A/manifest", query_string=asked, headers=headers)
        return {number: one["days"] for one in answer.json["badge_days"] for number in one["badges"]}

    return told


def token_of(number, fair):
    badge = db.session.scalars(db.select(Badge).filter_by(number=number)).one()
    token = badges.token(badge, fair, keys.private(fair))
    db.session.rollback()
    return token


def test_an_invitation_for_one_day_opens_gates_on_that_day_alone(
    gate, make_badge, as_organizer, client, mails, fair, organizer, badge_days
):
    choosing.choose(fair, {"vip": [1]}, organizer)  # the invitation's own day stands above this
    other = make_badge("Lê Thị Mai", kind="vip")
    sent = {"addresses": "ngu@example.vn", "kind": "vip", "language": "vi", "until": fair.ends_on.isoformat()}
    day = format_date(fair.starts_on + timedelta(days=1), "vi")
    assert as_organizer.post(f"{CONSOLE}/invitations", data=sent | {"days": ["2"]}).status_code == 303
    assert day in as_organizer.get(f"{CONSOLE}/invitations").text.split("<tbody>")[1]
    mail = mails()[-1]
    link = re.search(r"/invitation/\S+", mail.text)[0]
    assert (day in mail.text, day in client.get(link).text) == (True, True)
    client.post(link, data={"full_name": "Đặng Thị Ngữ"})
    guest = token_of(2, fair)
    one_by_one = [gate.scan(guest, day=0), gate.scan(guest, day=1), gate.scan(other, day=1)]
    assert [one["reason"] or one["verdict"] for one in one_by_one] == ["wrong_day", "admitted", "wrong_day"]
    together = gate.send(gate.reading(guest, day=2), gate.reading(other, day=0))
    assert [one["reason"] or one["verdict"] for one in together] == ["wrong_day", "admitted"]
    assert badge_days() == {2: [2]}


def test_days_of_a_delegation_hold_for_whoever_is_named_and_devices_learn_each_change(
    gate, as_organizer, fair, badge_days, register
):
    register("Khách khác")  # nobody else's days change
    body = {"body_vi": "Sở Khoa học và Công nghệ", "province_code": "", "expected": ""}
    page = as_organizer.post(f"{CONSOLE}/delegations/new", data=body).location
    id = db.session.scalar(db.select(Delegation.id))
    register("Y Kpă", delegation_id=id, kind="delegate")
    assert badge_days() == {}
    as_organizer.post(f"{page}/edit", data=body | {"days": ["1", "3"]})
    assert format_date(fair.starts_on + timedelta(days=2), "vi") in as_organizer.get(page).text
    link = re.search(r'href="[^"]*(/delegation/[^"]+)"', as_organizer.get(page).text)[1]
    as_organizer.post(link, data={"full_name": "H'Mai Êban"})
    assert badge_days() == {2: [1, 3], 3: [1, 3]}
    assert badge_days(since=0) == {2: [1, 3], 3: [1, 3]}
    assert badge_days(since=10) == {}
    as_organizer.post(f"{page}/edit", data=body)
    assert (badge_days(since=0), badge_days()) == ({2: [], 3: []}, {})
    assert gate.scan(token_of(2, fair), day=1)["verdict"] == "admitted"


def test_a_name_is_put_right_and_its_badge_stays_valid(gate, badge, as_organizer):
    page = f"{CONSOLE}/visitors/{badge.badge.registration_id}"
    wrong = as_organizer.post(f"{page}/correct", data={"full_name": "", "organisation": "Viện", "kind": "visitor"})
    assert (wrong.status_code, "full_name-error" in wrong.text, 'value="Viện"' in wrong.text) == (422, True, True)
    as_organizer.post(
        f"{page}/correct", data={"full_name": "Trần Văn Tú", "organisation": "Viện", "kind": "visitor", "days": ["2"]}
    )
    assert "Trần Văn Tú" in as_organizer.get(f"{CONSOLE}/visitors?q=tu+vien").text
    assert "Đã sửa đăng ký" in as_organizer.get(page).text
    scan = gate.scan(badge, day=1)
    assert (scan["verdict"], scan["badge"]["name"]) == ("admitted", "Trần Văn Tú")


def test_another_kind_makes_a_new_badge_for_the_code_says_the_kind(gate, badge, as_organizer, fair):
    page = f"{CONSOLE}/visitors/{badge.badge.registration_id}"
    as_organizer.post(f"{page}/correct", data={"full_name": "Trần Văn Tùng", "organisation": "", "kind": "press"})
    assert gate.scan(badge)["reason"] == "replaced"
    scan = gate.scan(token_of(2, fair))
    assert (scan["verdict"], scan["badge"]["kind"]) == ("admitted", "press")


def test_who_has_cancelled_is_not_corrected(badge, as_organizer, register):
    person = register("Đã hủy")
    person.state = "cancelled"
    db.session.commit()
    assert as_organizer.get(f"{CONSOLE}/visitors/{person.id}/correct").status_code == 404
    assert db.session.get_one(Registration, person.id).full_name == "Đã hủy"


def test_the_phones_calendar_takes_in_the_badges_days_alone(client, app, register, fair, make_gate):
    make_gate("A", openings=[opening(fair, day=1)])
    person = register("H'Bia Siu", days=(2,))
    client.get(own.address(person).removeprefix(app.config["BASE_URL"]))
    assert "calendar.ics" in client.get("/me/").text
    lines = client.get("/me/calendar.ics").text.split("\r\n")
    day = fair.starts_on + timedelta(days=1)
    assert [line for line in lines if line.startswith("DT") and "STAMP" not in line] == [
        f"DTSTART:{day:%Y%m%d}T010000Z",  # 08:00 where the fair is
        f"DTEND:{day:%Y%m%d}T100000Z",
    ]


def opening(fair, day):
    midnight = datetime.combine(fair.starts_on + timedelta(days=day), time(), fair.zone)
    return GateOpening(opens_at=midnight + timedelta(hours=8), closes_at=midnight + timedelta(hours=17))

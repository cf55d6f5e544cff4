"""A kiosk: visitors register, find themselves and print; nobody leaves it without the code or fishes for people."""

import pytest

from techfair.core.audit import AuditEntry
from techfair.extensions import db
from techfair.visitors import badges
from techfair.visitors.kiosk.models import Kiosk
from techfair.visitors.models import Registration

CONSOLE = "/organizer/fairs/gia-lai/kiosks"
VALUES = {"full_name": "Trần Văn Tùng", "contact": "tung@example.vn", "kind": "visitor", "form_token": "x"}


@pytest.fixture
def kiosk(as_organizer, fair):
    """The browser of an organizer, made a kiosk."""
    answer = as_organizer.post(CONSOLE, data={"name": "Màn hình 1", "code": "4711"})
    assert answer.location == "/kiosk/"
    return as_organizer


def people():
    db.session.expire_all()
    return list(db.session.scalars(db.select(Registration).order_by(Registration.id)))


def test_whoever_starts_it_is_signed_out_and_every_page_leads_back(kiosk):
    for page in ("/organizer/fairs/gia-lai/", "/fairs/gia-lai/", "/me/", "/sign-in", "/exhibitor/"):
        assert kiosk.get(page).location == "/kiosk/"
    assert "Đăng ký và in thẻ của tôi" in kiosk.get("/kiosk/").text


def test_a_visitor_registers_and_the_badge_goes_to_the_printer(kiosk):
    page = kiosk.get(kiosk.post("/kiosk/register", data=VALUES).location).text
    assert ("Trần Văn Tùng" in page, 'data-print="now"' in page) == (True, True)
    assert [one.full_name for one in people()] == ["Trần Văn Tùng"]


def test_the_next_person_sees_nothing_of_the_one_before(kiosk):
    kiosk.post("/kiosk/register", data=VALUES)
    kiosk.get("/kiosk/")
    assert kiosk.get("/kiosk/badge").location == "/kiosk/"
    assert "Trần Văn Tùng" not in kiosk.get("/kiosk/register").text + kiosk.get("/kiosk/find").text


def test_what_was_typed_wrongly_is_told_and_stays(kiosk):
    answer = kiosk.post("/kiosk/register", data=VALUES | {"contact": "12"})
    assert (answer.status_code, 'value="Trần Văn Tùng"' in answer.text, people()) == (422, True, [])


def test_one_finds_oneself_by_the_code_of_the_mail(kiosk, make_badge):
    worn = make_badge("H'Bia Siu")
    assert kiosk.post("/kiosk/find", data={"badge": worn.address}).location == "/kiosk/badge"
    assert "H&#39;Bia Siu" in kiosk.get("/kiosk/badge").text


@pytest.mark.parametrize("name", ["H'Bia Siu", "hbia siu", "H’BIA SIU"])
def test_one_finds_oneself_by_contact_and_whole_name(kiosk, make_badge, name):
    make_badge("H'Bia Siu", phone="0905 123 456")
    answer = kiosk.post("/kiosk/find", data={"contact": "0905123456", "full_name": name})
    assert answer.location == "/kiosk/badge"


@pytest.mark.parametrize(
    ("contact", "name"),
    [
        ("bia@example.vn", "Bia"),
        ("bia@example.vn", "%"),
        ("khac@example.vn", "H'Bia Siu"),
        ("x", "y"),
        ("", "H'Bia Siu"),
    ],
)
def test_half_of_it_finds_nobody_and_tells_nothing(kiosk, make_badge, contact, name):
    make_badge("H'Bia Siu", email="bia@example.vn", organisation="HTX Chư Sê")
    answer = kiosk.post("/kiosk/find", data={"contact": contact, "full_name": name})
    assert (answer.status_code, "Chư Sê" in answer.text) == (422, False)
    assert kiosk.get("/kiosk/badge").location == "/kiosk/"


def test_a_revoked_badge_is_not_printed(kiosk, make_badge, organizer):
    worn = make_badge("An")
    badges.revoke(worn.badge, organizer, "mất")
    db.session.commit()
    assert kiosk.post("/kiosk/find", data={"badge": worn.token}).status_code == 422


def test_only_the_code_ends_it(kiosk):
    assert kiosk.post("/kiosk/leave", data={"code": "0000"}).status_code == 422
    assert kiosk.get("/organizer/fairs/gia-lai/").location == "/kiosk/"
    assert kiosk.post("/kiosk/leave", data={"code": "4711"}).location == "/sign-in"
    assert kiosk.get("/fairs/gia-lai/").status_code == 200
    assert "/sign-in" in kiosk.get("/organizer/fairs/gia-lai/").location


def test_an_organizer_ends_it_from_afar(kiosk, sign_in, organizer):
    standing = db.session.scalars(db.select(Kiosk)).one()
    sign_in(organizer).post(f"{CONSOLE}/{standing.id}/end")
    assert kiosk.get("/kiosk/").status_code == 410
    assert kiosk.get("/fairs/gia-lai/").status_code == 200  # an ordinary browser again
    deeds = [entry.action for entry in db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id))]
    assert deeds[-2:] == ["kiosk.started", "kiosk.ended"]


@pytest.mark.parametrize("code", ["", "12", "abcd", "123456789"])
def test_without_a_good_code_none_starts(as_organizer, fair, code):
    answer = as_organizer.post(CONSOLE, data={"name": "Màn hình 1", "code": code})
    assert (answer.status_code, db.session.scalars(db.select(Kiosk)).all()) == (422, [])


def test_an_ordinary_browser_and_a_steward_reach_none(client, sign_in, steward, fair):
    assert [client.get(page).status_code for page in ("/kiosk/", "/kiosk/badge", "/kiosk/find")] == [410, 410, 410]
    assert sign_in(steward).get(CONSOLE).status_code == 404

"""Exhibitors bring staff and guests up to a quota; whoever shares nothing yields no contact."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from techfair.accounts.models import User
from techfair.core.mail import Mail
from techfair.exhibitors import applications, booths, companies
from techfair.exhibitors.models import Application, Exhibitor
from techfair.extensions import db
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.models import Fair
from techfair.visitors.booth_people.models import GuestCode, GuestUse, StaffBadge
from techfair.visitors.models import Registration

STAFF, GUESTS = "/exhibitor/people", "/exhibitor/people/guests"
QUOTAS = "/organizer/fairs/gia-lai/booth-people"
AN = {"full_name": "Nguyễn Văn An", "contact": "an@dai-nguyen.example.vn", "form_token": "an"}


@pytest.fixture
def manager(make_user: Callable[..., User]) -> User:
    return make_user("contact@dai-nguyen.example.vn", full_name="Võ Thanh Vân")


@pytest.fixture
def exhibitor(fair: Fair, manager: User, organizer: User) -> Exhibitor:
    """One that has a corner booth."""
    company = companies.create(manager, ["food"], name_vi="Công ty Đại Nguyên", contact_email=manager.email)
    application = applications.start(fair, company, manager, exhibits="Máy sấy")
    applications.submit(application, manager)
    hall = Hall(fair_id=fair.id, code="A", name_vi="Nhà A", name_en="Hall A")
    db.session.add(hall)
    db.session.flush()
    booth = Booth(hall_id=hall.id, fair_id=fair.id, code="A01", category="corner")
    db.session.add(booth)
    db.session.flush()
    made = applications.approve(application, organizer, booth=booth)
    db.session.commit()
    return made


@pytest.fixture
def as_manager(sign_in: Callable[[User], FlaskClient], manager: User, exhibitor: Exhibitor) -> FlaskClient:
    return sign_in(manager)


@pytest.fixture
def set_quotas(as_organizer: FlaskClient, exhibitor: Exhibitor) -> Callable[..., Any]:
    """Sets what every exhibitor and each corner booth gets."""

    def done(**numbers: int) -> Any:
        return as_organizer.post(QUOTAS, data=numbers)

    return done


@pytest.fixture
def code(set_quotas: Callable[..., Any], as_manager: FlaskClient) -> str:
    """A code for two guests."""
    set_quotas(guests_every=3)
    assert as_manager.post(GUESTS, data={"label": "Khách quen", "places": "2"}).status_code == 303
    return db.session.scalars(db.select(GuestCode.code)).one()


def come(client: FlaskClient, code: str, number: int, **said: str) -> Any:
    given = {"full_name": f"Khách Thứ {number}", "contact": f"khach{number}@example.vn", "form_token": f"g{number}"}
    return client.post(f"/guest/{code}", data=given | said)


def test_the_quota_is_that_of_the_booths_or_at_least_everyone_s(
    set_quotas: Callable[..., Any], as_manager: FlaskClient, exhibitor: Exhibitor, organizer: User
) -> None:
    assert "Chưa có hạn mức" in as_manager.get(STAFF).text
    set_quotas(staff_every=1, staff_corner=2)
    assert "đã cấp 0 trên 2" in as_manager.get(STAFF).text
    (held,) = booths.held_by(exhibitor.id)
    booths.release(held, exhibitor, organizer)
    db.session.commit()
    assert "đã cấp 0 trên 1" in as_manager.get(STAFF).text
    assert set_quotas(staff_every=-1).status_code == 422


def test_staff_are_named_up_to_the_quota_get_badges_and_tick_the_task_off(
    set_quotas: Callable[..., Any], as_manager: FlaskClient, exhibitor: Exhibitor, mails: Callable[[], list[Mail]]
) -> None:
    assert "Thẻ cho nhân viên" not in as_manager.get("/exhibitor/preparing").text
    set_quotas(staff_corner=1)
    task = as_manager.get("/exhibitor/preparing").text
    before = re.search(r"Đã xong (\d+)", task)
    for _twice in range(2):
        assert as_manager.post(STAFF, data=AN).status_code == 303
    after = re.search(r"Đã xong (\d+)", as_manager.get("/exhibitor/preparing").text)
    assert before
    assert after
    assert int(after[1]) > int(before[1])
    (person,) = db.session.scalars(db.select(Registration)).all()
    assert (person.kind, person.organisation) == ("exhibitor_staff", "Công ty Đại Nguyên")
    assert [mail.to_address for mail in mails() if mail.template == "badge"] == ["an@dai-nguyen.example.vn"]
    assert as_manager.post(f"{STAFF}/badges.pdf").data.startswith(b"%PDF")
    full = as_manager.post(STAFF, data={"full_name": "Bình", "contact": "0912345678", "form_token": "b"})
    assert (full.status_code, 'value="Bình"' in full.text) == (409, True)
    assert as_manager.post(f"{STAFF}/{person.id}/remove").status_code == 303
    db.session.expire_all()
    assert person.state == "cancelled"
    assert as_manager.post(STAFF, data={"full_name": "Bình", "contact": "0912345678"}).status_code == 303


def test_the_database_gives_a_place_once(fair: Fair, exhibitor: Exhibitor, set_quotas: Callable[..., Any]) -> None:
    people = [Registration(fair_id=fair.id, full_name="A", sort_key="a", search_key="a", is_walk_in=True) for _ in "ab"]
    code = GuestCode(exhibitor_id=exhibitor.id, code="X", label="x", places=1)
    db.session.add_all([*people, code])
    db.session.commit()
    for made in (
        lambda one: StaffBadge(registration_id=one.id, exhibitor_id=exhibitor.id, place=1),
        lambda one: GuestUse(registration_id=one.id, code_id=code.id, place=1),
    ):
        db.session.add_all([made(one) for one in people])
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_guests_come_by_a_code_until_it_is_used_up_and_share_what_they_say(
    code: str, as_manager: FlaskClient, app: Any, fair: Fair
) -> None:
    fair.registration_is_open = False
    db.session.commit()
    assert "Công ty Đại Nguyên trân trọng kính mời" in app.test_client().get(f"/guest/{code.lower()}").text
    for _twice in range(2):
        assert come(app.test_client(), code, 1, shares="y").status_code == 303
    assert come(app.test_client(), code, 2, consents="exhibitors_read").status_code == 303
    assert come(app.test_client(), code, 3).status_code == 410
    assert app.test_client().get(f"/guest/{code}").status_code == 410
    assert app.test_client().get("/guest/NOSUCH").status_code == 404
    page = as_manager.get(GUESTS).text
    assert ("khach1@example.vn" in page, "Khách Thứ 2" in page) == (True, True)
    assert "khach2@example.vn" not in page  # said it of exhibitors who scan the badge, and this one has not
    assert "Không chia sẻ liên hệ" in page
    assert {one.kind for one in db.session.scalars(db.select(Registration))} == {"guest"}


def test_codes_keep_within_the_quota_and_an_ended_one_gives_its_places_back(
    code: str, as_manager: FlaskClient, app: Any
) -> None:
    come(app.test_client(), code, 1)
    assert as_manager.post(GUESTS, data={"label": "Đối tác", "places": "2"}).status_code == 409
    made = db.session.scalars(db.select(GuestCode)).one()
    assert as_manager.post(f"{GUESTS}/{made.id}/end").status_code == 303
    assert come(app.test_client(), code, 2).status_code == 410
    assert as_manager.post(GUESTS, data={"label": "Đối tác", "places": "2"}).status_code == 303


def test_nobody_else_s_staff_and_codes_are_touched(
    code: str, as_manager: FlaskClient, set_quotas: Callable[..., Any], sign_in: Any, make_user: Any
) -> None:
    set_quotas(staff_every=1)
    as_manager.post(STAFF, data=AN)
    stranger = make_user("stranger@example.vn")
    companies.create(stranger, ["agri"], name_vi="Công ty Khác")
    db.session.commit()
    browser, (badge,) = sign_in(stranger), db.session.scalars(db.select(StaffBadge)).all()
    made = db.session.scalars(db.select(GuestCode)).one()
    assert "chưa" in browser.get(STAFF).text.lower()
    browser.post(f"{STAFF}/{badge.registration_id}/remove")
    browser.post(f"{GUESTS}/{made.id}/end")
    db.session.expire_all()
    assert (badge.registration_id > 0, made.ended_at) == (True, None)
    assert as_manager.get(QUOTAS).status_code == 404


def test_who_withdraws_brings_nobody(
    code: str, set_quotas: Callable[..., Any], as_manager: FlaskClient, manager: User, app: Any
) -> None:
    set_quotas(staff_every=1, guests_every=3)
    as_manager.post(STAFF, data=AN)
    application = db.session.scalars(db.select(Application)).one()
    as_manager.post(f"/exhibitor/applications/{application.id}/withdraw")
    db.session.expire_all()
    (person,) = db.session.scalars(db.select(Registration)).all()
    assert person.state == "cancelled"
    assert app.test_client().get(f"/guest/{code}").status_code == 404


def test_the_organizer_sees_what_is_used_in_few_statements(
    code: str, as_manager: FlaskClient, as_organizer: FlaskClient, at_most: Any, app: Any
) -> None:
    come(app.test_client(), code, 1)
    as_organizer.get(QUOTAS)
    with at_most(statements=14):
        page = as_organizer.get(QUOTAS).text
    assert "1 trên 3" in page
    with at_most(statements=22):
        as_manager.get(GUESTS)

"""Organizers decide applications and give booths; each decision is logged, mailed and theirs alone."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from techfair.accounts.models import UnitRole, User
from techfair.core import audit
from techfair.core.mail import Mail
from techfair.exhibitors import booths
from techfair.exhibitors.models import Application, BoothAssignment, Company, Exhibitor
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair, OrganizingUnit

ROOT = "/organizer/fairs/gia-lai/exhibitors"
Mails = Callable[[], list[Mail]]


def test_a_submitted_exhibitor_is_approved_with_a_booth_and_told(
    as_organizer: FlaskClient, organizer: User, application: Application, booth: Booth, mails: Mails
) -> None:
    assert "A01" in as_organizer.get(f"{ROOT}/{application.id}").text
    as_organizer.post(f"{ROOT}/{application.id}/decide", data={"deed": "approve", "booth_id": booth.id})
    assert application.state == "approved"
    assert db.session.scalars(db.select(BoothAssignment.state)).all() == ["assigned"]
    assert "Gian hàng của Quý đơn vị: A01" in mails()[-1].text
    newest = audit.of(application, limit=1)[0]
    assert (newest.action, newest.actor) == ("application.approved", organizer.email)


@pytest.mark.parametrize(
    ("deed", "state", "subject"),
    [
        ("return", "returned", "Đề nghị bổ sung hồ sơ"),
        ("wait", "waiting", "trong danh sách chờ"),
        ("decline", "declined", "không được duyệt"),
    ],
)
def test_each_decision_is_mailed_with_its_reason(
    as_organizer: FlaskClient, application: Application, mails: Mails, deed: str, state: str, subject: str
) -> None:
    as_organizer.post(f"{ROOT}/{application.id}/decide", data={"deed": deed, "reason": "Thiếu bản vẽ"})
    assert application.state == state
    assert subject in mails()[-1].subject
    assert "Thiếu bản vẽ" in mails()[-1].text


def test_a_return_without_a_reason_is_refused_at_its_field(
    as_organizer: FlaskClient, application: Application, mails: Mails
) -> None:
    before = len(mails())
    answer = as_organizer.post(f"{ROOT}/{application.id}/decide", data={"deed": "return", "reason": " "})
    assert answer.status_code == 422
    assert 'id="reason-error"' in answer.text
    assert (application.state, len(mails())) == ("submitted", before)


def test_a_booth_taken_meanwhile_is_told_with_what_is_free_and_nothing_is_decided(
    as_organizer: FlaskClient,
    organizer: User,
    application: Application,
    booth: Booth,
    make_booth: Callable[..., Booth],
    make_exhibitor: Callable[..., Exhibitor],
) -> None:
    make_booth("A02")
    booths.assign(make_exhibitor("Công ty Nhanh Tay"), booth, organizer)
    db.session.commit()
    answer = as_organizer.post(f"{ROOT}/{application.id}/decide", data={"deed": "approve", "booth_id": booth.id})
    assert answer.status_code == 409
    assert "Còn trống: A02" in answer.text
    assert application.state == "submitted"


def test_who_decides_second_is_told(as_organizer: FlaskClient, application: Application) -> None:
    as_organizer.post(f"{ROOT}/{application.id}/decide", data={"deed": "decline", "reason": "Hết chỗ"})
    assert as_organizer.post(f"{ROOT}/{application.id}/decide", data={"deed": "approve"}).status_code == 409
    assert application.state == "declined"


def test_the_list_counts_each_state_and_finds_without_accents(
    as_organizer: FlaskClient, application: Application, make_exhibitor: Callable[..., Exhibitor]
) -> None:
    make_exhibitor("Hợp tác xã Đắk Lắk")
    page = as_organizer.get(f"{ROOT}?q=dak+lak").text
    assert "Hợp tác xã Đắk Lắk" in page
    assert "Đại Nguyên" not in page
    assert "Hợp tác xã Đắk Lắk" not in as_organizer.get(f"{ROOT}?state=submitted").text


def test_the_booth_list_names_who_has_what_and_also_what_is_free(
    as_organizer: FlaskClient, organizer: User, exhibitor: Exhibitor, booth: Booth, make_booth: Callable[..., Booth]
) -> None:
    make_booth("A02")
    as_organizer.post(f"{ROOT}/booths/assign", data={"booth_id": booth.id, "exhibitor_id": exhibitor.id})
    page = as_organizer.get(f"{ROOT}/booths").text
    assert "Đã giao 1 trên 2 gian" in page
    assert "A02" in page
    as_organizer.post(f"{ROOT}/booths/{booth.id}/release")
    assert "Đã giao 0 trên 2 gian" in as_organizer.get(f"{ROOT}/booths").text


def test_giving_a_taken_booth_names_what_is_free(
    as_organizer: FlaskClient,
    organizer: User,
    exhibitor: Exhibitor,
    booth: Booth,
    make_booth: Callable[..., Booth],
    make_exhibitor: Callable[..., Exhibitor],
) -> None:
    make_booth("A02")
    booths.assign(exhibitor, booth, organizer)
    db.session.commit()
    other = make_exhibitor("Công ty Khác")
    answer = as_organizer.post(f"{ROOT}/booths/assign", data={"booth_id": booth.id, "exhibitor_id": other.id})
    assert answer.status_code == 409
    assert "Còn trống: A02" in answer.text


def test_another_fair_s_application_and_booth_are_not_found_here(
    as_organizer: FlaskClient,
    application: Application,
    booth: Booth,
    exhibitor: Exhibitor,
    make_fair: Callable[..., Fair],
) -> None:
    make_fair("other")
    other = "/organizer/fairs/other/exhibitors"
    assert as_organizer.get(f"{other}/{application.id}").status_code == 404
    assert (
        as_organizer.post(f"{other}/{application.id}/decide", data={"deed": "cancel", "reason": "x"}).status_code == 404
    )
    given = {"booth_id": booth.id, "exhibitor_id": exhibitor.id}
    assert as_organizer.post(f"{other}/booths/assign", data=given).status_code == 404
    assert as_organizer.post(f"{other}/booths/{booth.id}/release").status_code == 404


def test_another_unit_s_organizer_finds_nothing(
    application: Application,
    make_user: Callable[..., User],
    sign_in: Callable[[User], FlaskClient],
    as_manager: FlaskClient,
) -> None:
    other = OrganizingUnit(name_vi="Sở Khác")
    stranger = make_user("stranger@example.vn")
    db.session.add(other)
    db.session.flush()
    db.session.add(UnitRole(user_id=stranger.id, unit_id=other.id, role="admin"))
    db.session.commit()
    for browser in (sign_in(stranger), as_manager):
        assert browser.get(ROOT).status_code == 404
        assert browser.get(f"{ROOT}/{application.id}").status_code == 404


def test_staff_who_may_only_read_see_but_do_not_decide(
    application: Application,
    unit: OrganizingUnit,
    make_user: Callable[..., User],
    sign_in: Callable[[User], FlaskClient],
) -> None:
    reader = make_user("reader@example.vn")
    db.session.add(UnitRole(user_id=reader.id, unit_id=unit.id, role="staff", grants=["read"]))
    db.session.commit()
    browser = sign_in(reader)
    page = browser.get(f"{ROOT}/{application.id}")
    assert page.status_code == 200
    assert 'value="approve"' not in page.text
    assert browser.post(f"{ROOT}/{application.id}/decide", data={"deed": "approve"}).status_code == 404


def test_an_unknown_decision_is_no_decision(as_organizer: FlaskClient, application: Application) -> None:
    assert as_organizer.post(f"{ROOT}/{application.id}/decide", data={"deed": "crown"}).status_code == 400


def test_the_list_sends_a_fixed_number_of_statements(
    as_organizer: FlaskClient, application: Application, make_exhibitor: Callable[..., Exhibitor], at_most: Any
) -> None:
    as_organizer.get(ROOT)
    with at_most(statements=40) as few:
        as_organizer.get(ROOT)
    for number in range(5):
        make_exhibitor(f"Công ty Số {number}")
    with at_most(statements=len(few)):
        as_organizer.get(ROOT)


def test_the_company_that_was_told_in_english_reads_english(
    as_organizer: FlaskClient, application: Application, company: Company, mails: Mails
) -> None:
    company.language = "en"
    db.session.commit()
    as_organizer.post(f"{ROOT}/{application.id}/decide", data={"deed": "approve"})
    assert "is an exhibitor at Gia Lai Technology Fair" in mails()[-1].subject

"""The platform's administrators and a unit's: what they may do, and what stays closed to them."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from techfair.accounts.models import FairRole, UnitRole, User
from techfair.core.audit import AuditEntry
from techfair.core.mail import Mail
from techfair.extensions import db
from techfair.fairs.models import Fair, OrganizingUnit

SignIn = Callable[[User], FlaskClient]
Mails = Callable[[], list[Mail]]
PAGES = ("/admin/", "/admin/units/new", "/admin/people", "/admin/mail")


def invite(client: FlaskClient, unit: OrganizingUnit, **typed: object) -> int:
    form = {"email": "moi@example.vn", "full_name": "Phạm Thị Mới", "language": "vi", "role": "staff", "fair_id": 0}
    return client.post(f"/organizer/units/{unit.id}/people", data={**form, "grants": ["gates"], **typed}).status_code


def actions() -> list[str]:
    return list(db.session.scalars(db.select(AuditEntry.action).order_by(AuditEntry.id)))


@pytest.fixture
def other_unit(administrator: User) -> OrganizingUnit:
    unit = OrganizingUnit(name_vi="Sở Khoa học và Công nghệ tỉnh Kon Tum")
    db.session.add(unit)
    db.session.commit()
    return unit


@pytest.mark.parametrize("page", PAGES)
def test_the_administration_does_not_exist_for_others(
    as_organizer: FlaskClient, client: FlaskClient, page: str
) -> None:
    assert as_organizer.get(page).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_the_administrator_sees_each_page(as_administrator: FlaskClient, page: str) -> None:
    assert as_administrator.get(page).status_code == 200


def test_a_unit_is_made_renamed_and_moved_and_each_is_in_the_log(
    as_administrator: FlaskClient, unit: OrganizingUnit
) -> None:
    made = {"name_vi": "Trung tâm Ứng dụng", "name_en": "", "kind": "centre", "parent_id": unit.id}
    assert as_administrator.post("/admin/units/new", data=made).status_code == 303
    centre = db.session.scalars(db.select(OrganizingUnit).filter_by(name_vi="Trung tâm Ứng dụng")).one()
    changed = made | {"name_vi": "Trung tâm Tin học", "parent_id": 0}
    assert as_administrator.post(f"/admin/units/{centre.id}", data=changed).status_code == 303
    assert (centre.name_vi, centre.parent_id) == ("Trung tâm Tin học", None)
    assert actions() == ["unit.created", "unit.changed"]


def test_a_unit_cannot_be_moved_below_itself(as_administrator: FlaskClient, unit: OrganizingUnit) -> None:
    child = OrganizingUnit(name_vi="Trung tâm", parent_id=unit.id)
    db.session.add(child)
    db.session.commit()
    moved = {"name_vi": unit.name_vi, "name_en": "", "kind": "department", "parent_id": child.id}
    answer = as_administrator.post(f"/admin/units/{unit.id}", data=moved)
    assert (answer.status_code, "không thể trực thuộc chính mình" in answer.text) == (422, True)
    assert unit.parent_id is None


def test_two_units_of_one_name_are_refused_at_the_field(as_administrator: FlaskClient, unit: OrganizingUnit) -> None:
    again = {"name_vi": unit.name_vi, "name_en": "", "kind": "department", "parent_id": 0}
    answer = as_administrator.post("/admin/units/new", data=again)
    assert (answer.status_code, "Đã có đơn vị mang tên này" in answer.text) == (422, True)


@pytest.mark.parametrize("typed", ["tran van tung", "TRẦN VĂN TÙNG", "tung@", "tùng example"])
def test_people_are_found_without_accents(
    as_administrator: FlaskClient, make_user: Callable[..., User], typed: str
) -> None:
    make_user("tung@example.vn", full_name="Trần Văn Tùng")
    text = as_administrator.get("/admin/people", query_string={"q": typed}).text
    assert "Trần Văn Tùng" in text
    assert "Không tìm thấy" in as_administrator.get("/admin/people?q=xyz").text


def test_a_closed_account_is_signed_out_at_once(
    as_administrator: FlaskClient, organizer: User, as_organizer: FlaskClient
) -> None:
    as_administrator.post(f"/admin/people/{organizer.id}/close")
    assert as_organizer.get("/account").status_code == 303
    assert actions() == ["user.closed"]


def test_the_last_administrator_stays(as_administrator: FlaskClient, administrator: User) -> None:
    assert as_administrator.post(f"/admin/people/{administrator.id}/close").status_code == 409
    assert as_administrator.post(f"/admin/people/{administrator.id}/dismiss").status_code == 409
    assert administrator.is_active
    assert administrator.is_administrator


def test_a_unit_s_administrator_invites_staff_who_gets_a_link_by_mail(
    as_organizer: FlaskClient, unit: OrganizingUnit, mails: Mails
) -> None:
    assert invite(as_organizer, unit, language="en") == 303
    role = db.session.scalars(db.select(UnitRole).filter_by(role="staff")).one()
    assert (role.unit_id, role.grants) == (unit.id, ["gates"])
    mail = mails()[-1]
    assert (mail.to_address, "/sign-in/password/link/" in mail.text) == ("moi@example.vn", True)
    assert "Gia Lai DOST" in mail.subject


def test_inviting_the_same_person_again_changes_what_they_may_do(
    as_organizer: FlaskClient, unit: OrganizingUnit
) -> None:
    invite(as_organizer, unit)
    invite(as_organizer, unit, grants=["report"])
    assert db.session.scalars(db.select(UnitRole).filter_by(role="staff")).one().grants == ["report"]


def test_a_steward_is_made_for_a_fair_of_the_unit_alone(
    as_organizer: FlaskClient, unit: OrganizingUnit, fair: Fair, other_unit: OrganizingUnit
) -> None:
    foreign = Fair(
        slug="kon-tum", number=9, unit_id=other_unit.id, name_vi="Kon Tum", place_vi="Kon Tum",
        starts_on=fair.starts_on, ends_on=fair.ends_on,
    )  # fmt: skip
    db.session.add(foreign)
    db.session.commit()
    assert invite(as_organizer, unit, role="steward", fair_id=foreign.id) == 422
    assert invite(as_organizer, unit, role="steward") == 422
    assert invite(as_organizer, unit, role="steward", fair_id=fair.id) == 303
    assert db.session.scalars(db.select(FairRole.fair_id)).all() == [fair.id]


def test_only_the_platform_appoints_a_unit_s_administrator(
    as_organizer: FlaskClient, as_administrator: FlaskClient, unit: OrganizingUnit
) -> None:
    assert invite(as_organizer, unit, role="admin") == 422
    assert invite(as_administrator, unit, role="admin") == 303


def test_a_unit_s_administrator_takes_staff_roles_but_not_an_administrator_s(
    as_organizer: FlaskClient, organizer: User, unit: OrganizingUnit
) -> None:
    invite(as_organizer, unit)
    staff = db.session.scalars(db.select(UnitRole).filter_by(role="staff")).one()
    own = db.session.scalars(db.select(UnitRole).filter_by(user_id=organizer.id)).one()
    assert as_organizer.post(f"/organizer/units/roles/{own.id}/take").status_code == 404
    assert as_organizer.post(f"/organizer/units/roles/{staff.id}/take").status_code == 303
    assert actions()[-1] == "unit_role.taken"


def test_another_unit_s_people_are_404(as_organizer: FlaskClient, other_unit: OrganizingUnit) -> None:
    assert as_organizer.get(f"/organizer/units/{other_unit.id}/people").status_code == 404
    assert invite(as_organizer, other_unit) == 404
    assert db.session.scalars(db.select(UnitRole).filter_by(unit_id=other_unit.id)).all() == []


def test_a_unit_s_administrator_works_for_the_units_below(as_organizer: FlaskClient, unit: OrganizingUnit) -> None:
    below = OrganizingUnit(name_vi="Trung tâm", parent_id=unit.id)
    db.session.add(below)
    db.session.commit()
    assert invite(as_organizer, below) == 303

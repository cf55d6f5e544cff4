"""An organizer makes a fair, changes it, and opens its doors."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from techfair.accounts.models import UnitRole, User
from techfair.core import clock
from techfair.core.audit import AuditEntry
from techfair.extensions import db
from techfair.fairs import keys
from techfair.fairs.models import Fair, OrganizingUnit
from tests.exhibitors.test_races import at_once
from tests.fairs.conftest import TODAY, days
from tests.fixtures.people import ZONE

SETTINGS = "/organizer/fairs/gia-lai/settings"


@pytest.fixture
def typed(unit: OrganizingUnit) -> dict[str, Any]:
    """What an organizer types about a new fair."""
    return {
        "unit_id": unit.id,
        "name_vi": "Chợ công nghệ Đắk Lắk",
        "place_vi": "Buôn Ma Thuột",
        "starts_on": (TODAY + timedelta(days=30)).isoformat(),
        "ends_on": (TODAY + timedelta(days=32)).isoformat(),
        "timezone": ZONE,
        "brand_colour": "#7a1f5c",
    }


@pytest.fixture
def changed(fair: Fair) -> dict[str, Any]:
    """What the settings hold when nothing is changed yet."""
    return {
        "name_vi": fair.name_vi,
        "name_en": fair.name_en,
        "place_vi": fair.place_vi,
        "place_en": fair.place_en,
        "starts_on": fair.starts_on.isoformat(),
        "ends_on": fair.ends_on.isoformat(),
        "timezone": ZONE,
        "version": fair.version,
    }


def one() -> Fair:
    db.session.expire_all()
    return db.session.scalars(db.select(Fair)).one()


def done(page: str) -> list[str]:
    """The steps that a set-up page shows as done."""
    return re.findall(r'<li class="done">.*?<a href="[^"]*">(.*?)</a>', page)


def picture() -> tuple[BytesIO, str]:
    file = BytesIO()
    Image.new("RGB", (40, 40), "#7a1f5c").save(file, "PNG")
    file.seek(0)
    return file, "bieu-trung.png"


def test_a_new_fair_is_its_organizers_alone_and_has_an_address_and_a_key(
    as_organizer: FlaskClient, client: FlaskClient, typed: dict[str, Any]
) -> None:
    answer = as_organizer.post("/organizer/fairs/new", data=typed | {"logo": picture()})
    year = (TODAY + timedelta(days=30)).year
    slug = f"cho-cong-nghe-dak-lak-{year}"
    assert (answer.status_code, answer.location) == (303, f"/organizer/fairs/{slug}/programme")
    fair = one()
    assert (fair.state, fair.brand_colour, fair.number) == ("draft", "#7a1f5c", 1)
    assert keys.public(fair)
    assert client.get(f"/pictures/{fair.logo_digest}").status_code == 200
    assert client.get(f"/fairs/{slug}/").status_code == 404
    assert db.session.scalars(db.select(AuditEntry.action)).all() == ["fair.created"]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name_vi", " ", "Nhập tên hội chợ."),
        ("place_vi", "", "Nhập địa điểm tổ chức hội chợ."),
        ("starts_on", "31/02/2027", "Ngày này không có trong lịch"),
        ("ends_on", (TODAY - timedelta(days=1)).isoformat(), "Ngày cuối cùng trước ngày đầu tiên."),
        ("slug", "Gia Lai", "Dùng chữ thường không dấu"),
        ("slug", "new", "Dùng chữ thường không dấu"),
        ("contact_email", "hoicho@", "thư"),
        ("contact_phone", "12", "số"),
        ("brand_colour", "red", "Chọn một màu."),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_made(
    as_organizer: FlaskClient, typed: dict[str, Any], field: str, value: str, told: str
) -> None:
    answer = as_organizer.post("/organizer/fairs/new", data=typed | {field: value})
    assert answer.status_code == 422
    assert told in answer.text.split(f'id="{field}-error"')[1].split("</p>")[0]
    assert "Buôn Ma Thuột" in answer.text or field == "place_vi"
    assert not db.session.scalar(db.select(db.func.count()).select_from(Fair))


def test_a_fair_in_the_past_is_refused_unless_it_stays_open(as_organizer: FlaskClient, typed: dict[str, Any]) -> None:
    past = {name: value.isoformat() for name, value in days(-9, -8).items()}
    assert "Ngày này đã qua" in as_organizer.post("/organizer/fairs/new", data=typed | past).text
    answer = as_organizer.post("/organizer/fairs/new", data=typed | past | {"open_outside_dates": "y"})
    assert answer.status_code == 303


def test_a_disguised_logo_is_refused_and_what_was_typed_stays(as_organizer: FlaskClient, typed: dict[str, Any]) -> None:
    answer = as_organizer.post(
        "/organizer/fairs/new", data=typed | {"logo": (BytesIO(b"<svg onload='alert(1)'/>"), "logo.png")}
    )
    assert answer.status_code == 422
    assert "Chợ công nghệ Đắk Lắk" in answer.text


def test_two_fairs_of_one_name_have_two_addresses(as_organizer: FlaskClient, typed: dict[str, Any]) -> None:
    first, second = (as_organizer.post("/organizer/fairs/new", data=typed).location for _ in range(2))
    assert first != second


def test_one_address_asked_for_by_four_at_once_is_given_once(
    app: Flask, typed: dict[str, Any], sign_in: Callable[[User], FlaskClient], organizer: User
) -> None:
    browsers = [sign_in(organizer) for _ in range(4)]
    db.session.rollback()

    def make(number: int) -> int:
        return browsers[number].post("/organizer/fairs/new", data=typed | {"slug": "mot-dia-chi"}).status_code

    assert sorted(at_once(4, make)) == [303, 422, 422, 422]


def test_an_organizer_of_another_unit_cannot_make_a_fair_here(
    typed: dict[str, Any], sign_in: Callable[[User], FlaskClient], make_user: Callable[..., User]
) -> None:
    stranger, other = make_user(), OrganizingUnit(name_vi="Sở Khoa học và Công nghệ tỉnh Kon Tum")
    db.session.add(other)
    db.session.flush()
    db.session.add(UnitRole(user_id=stranger.id, unit_id=other.id, role="admin"))
    db.session.commit()
    assert sign_in(stranger).post("/organizer/fairs/new", data=typed).status_code == 422
    assert sign_in(stranger).get(SETTINGS).status_code == 404


def test_the_list_shows_the_fairs_of_my_units_and_of_those_below(
    as_organizer: FlaskClient, unit: OrganizingUnit, make_fair: Callable[..., Fair]
) -> None:
    below = OrganizingUnit(name_vi="Trung tâm Ứng dụng", parent_id=unit.id)
    beside = OrganizingUnit(name_vi="Sở Khoa học và Công nghệ tỉnh Kon Tum")
    db.session.add_all([below, beside])
    db.session.commit()
    mine, theirs = make_fair("mine", name_vi="Hội chợ của trung tâm"), make_fair("theirs", name_vi="Hội chợ Kon Tum")
    mine.unit_id, theirs.unit_id = below.id, beside.id
    db.session.commit()
    page = as_organizer.get("/organizer/").text
    assert "Hội chợ của trung tâm" in page
    assert "Hội chợ Kon Tum" not in page


def test_staff_see_their_fairs_and_change_none(
    fair: Fair, make_user: Callable[..., User], sign_in: Callable[[User], FlaskClient]
) -> None:
    staff = make_user()
    db.session.add(UnitRole(user_id=staff.id, unit_id=fair.unit_id, role="staff", grants=["visitors"]))
    db.session.commit()
    browser = sign_in(staff)
    assert fair.name_vi in browser.get("/organizer/").text
    for address in (SETTINGS, "/organizer/fairs/gia-lai/halls", "/organizer/fairs/gia-lai/programme"):
        assert browser.get(address).status_code == 404
    assert browser.get("/organizer/fairs/new").status_code == 404


def test_everything_of_a_fair_can_be_changed_later(
    as_organizer: FlaskClient, client: FlaskClient, changed: dict[str, Any]
) -> None:
    typed = {
        "name_en": "Renamed Fair",
        "theme_en": "New theme",
        "contact_phone": "0269 3824 555",
        "timezone": "Asia/Seoul",
    }
    assert as_organizer.post(SETTINGS, data=changed | typed).status_code == 303
    page = client.get("/fairs/gia-lai/", headers={"Accept-Language": "en"}).text
    assert "<h1>Renamed Fair</h1>" in page
    assert "New theme" in page
    assert (one().timezone, one().contact_phone) == ("Asia/Seoul", "+842693824555")


def test_a_fair_that_is_over_can_still_be_corrected(
    as_organizer: FlaskClient, fair: Fair, changed: dict[str, Any]
) -> None:
    past = days(-9, -8)
    fair.starts_on, fair.ends_on = past["starts_on"], past["ends_on"]
    db.session.commit()
    same = changed | {name: value.isoformat() for name, value in past.items()} | {"version": fair.version}
    assert as_organizer.post(SETTINGS, data=same | {"theme_vi": "Đã sửa"}).status_code == 303


def test_who_saves_over_another_s_change_is_told_first(as_organizer: FlaskClient, changed: dict[str, Any]) -> None:
    as_organizer.post(SETTINGS, data=changed | {"theme_vi": "Của người trước"})
    second = as_organizer.post(SETTINGS, data=changed | {"theme_vi": "Của người sau"})
    assert second.status_code == 409
    assert "Của người sau" in second.text
    assert one().theme_vi == "Của người trước"


def test_the_address_of_a_public_fair_stays(as_organizer: FlaskClient, changed: dict[str, Any]) -> None:
    as_organizer.post(SETTINGS, data=changed | {"slug": "khac"})
    assert one().slug == "gia-lai"


def test_publishing_shows_the_fair_and_hiding_it_takes_it_back(
    as_organizer: FlaskClient, client: FlaskClient, make_fair: Callable[..., Fair]
) -> None:
    make_fair(state="draft")
    as_organizer.post(f"{SETTINGS}/publish")
    assert client.get("/fairs/gia-lai/").status_code == 200
    as_organizer.post(f"{SETTINGS}/withdraw")
    assert client.get("/fairs/gia-lai/").status_code == 404


def test_a_concluded_fair_is_read_and_takes_nothing_more(
    as_organizer: FlaskClient, client: FlaskClient, fair: Fair
) -> None:
    as_organizer.post(f"{SETTINGS}/conclude")
    assert client.get("/fairs/gia-lai/").status_code == 200
    assert not one().takes_registrations
    assert not one().takes_applications
    assert as_organizer.post(f"{SETTINGS}/withdraw").status_code == 409


def test_registration_opens_and_closes(as_organizer: FlaskClient, client: FlaskClient, fair: Fair) -> None:
    as_organizer.post(f"{SETTINGS}/close-registration")
    assert "full_name" not in client.get("/fairs/gia-lai/register").text
    as_organizer.post(f"{SETTINGS}/open-registration")
    assert "full_name" in client.get("/fairs/gia-lai/register").text


@pytest.mark.parametrize("opened", [None, -5, 0, 5])
def test_applications_open_and_close_whatever_the_days_were(
    as_organizer: FlaskClient, make_fair: Callable[..., Fair], opened: int | None
) -> None:
    make_fair(applications_open_on=None if opened is None else TODAY + timedelta(days=opened))
    as_organizer.post(f"{SETTINGS}/open-applications")
    assert one().takes_applications
    as_organizer.post(f"{SETTINGS}/close-applications")
    assert not one().takes_applications


def test_set_up_pages_say_what_is_still_missing(as_organizer: FlaskClient, make_fair: Callable[..., Fair]) -> None:
    make_fair(state="draft", registration_is_open=False)
    for address in ("settings", "programme", "halls", "gates"):
        page = as_organizer.get(f"/organizer/fairs/gia-lai/{address}").text
        assert "Còn thiếu 5 bước" in page
        assert 'href="/organizer/fairs/gia-lai/gates">Cổng vào' in page
    as_organizer.post(f"{SETTINGS}/publish")
    assert "Còn thiếu 4 bước" in as_organizer.get(SETTINGS).text


def test_the_console_says_that_the_demo_fair_is_made_up(
    as_organizer: FlaskClient, make_fair: Callable[..., Fair]
) -> None:
    make_fair(is_demo=True)
    assert "người, đơn vị và văn bản là hư cấu" in as_organizer.get("/organizer/fairs/gia-lai/gates").text


def test_without_a_unit_the_administrator_is_led_to_make_one(as_administrator: FlaskClient) -> None:
    assert 'href="/admin/units/new"' in as_administrator.get("/organizer/").text
    assert 'href="/admin/units/new"' in as_administrator.get("/organizer/fairs/new").text


def test_dates_are_those_of_the_fair_s_own_midnight(as_organizer: FlaskClient, typed: dict[str, Any]) -> None:
    today_there = clock.today("Pacific/Kiritimati")
    dates = {"starts_on": today_there.isoformat(), "ends_on": today_there.isoformat(), "timezone": "Pacific/Kiritimati"}
    assert as_organizer.post("/organizer/fairs/new", data=typed | dates).status_code == 303

"""The programme: what takes place when and where, in the fair's own time."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from techfair.extensions import db
from techfair.fairs.models import Activity, Fair
from techfair.visitors.gate_models import Gate
from tests.fairs.conftest import TODAY

PROGRAMME = "/organizer/fairs/gia-lai/programme"
TYPED = {"title_vi": "Lễ khai mạc", "title_en": "Opening", "kind": "ceremony", "starts": "08:00", "ends": "09:30"}


@pytest.fixture
def typed(fair: Fair) -> dict[str, Any]:
    return TYPED | {"on": fair.starts_on.isoformat(), "place_vi": "Quảng trường chính"}


@pytest.fixture
def make_activity(fair: Fair) -> Callable[..., Activity]:
    def make(title: str = "Lễ khai mạc", **values: Any) -> Activity:
        starts_at = datetime.combine(fair.starts_on, datetime.min.time(), fair.zone) + timedelta(hours=8)
        given = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)} | values
        activity = Activity(fair_id=fair.id, title_vi=title, **given)
        db.session.add(activity)
        db.session.commit()
        return activity

    return make


def one() -> Activity:
    db.session.expire_all()
    return db.session.scalars(db.select(Activity)).one()


def test_an_activity_typed_by_the_fair_s_clock_is_stored_in_utc_and_read_by_that_clock(
    server_zone: str, as_organizer: FlaskClient, client: FlaskClient, make_fair: Callable[..., Fair]
) -> None:  # K013
    make_fair(starts_on=date(2019, 11, 24), ends_on=date(2019, 11, 26))
    assert as_organizer.post(f"{PROGRAMME}/new", data=TYPED | {"on": "2019-11-24"}).status_code == 303
    assert one().starts_at == datetime(2019, 11, 24, 1, 0, tzinfo=UTC)
    page = client.get("/fairs/gia-lai/programme").text
    assert "24/11/2019" in page
    assert "08:00–09:30" in page


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title_vi", "", "Nhập tên hoạt động."),
        ("on", "", "Nhập ngày."),
        ("on", (TODAY + timedelta(days=400)).isoformat(), "Kiểm tra lại tháng và năm"),
        ("starts", "25:00", "Nhập giờ và phút"),
        ("ends", "07:00", "Giờ kết thúc phải sau giờ bắt đầu."),
        ("capacity", "nhiều", "Nhập số nguyên từ 1"),
        ("capacity", "0", "Nhập số nguyên từ 1"),
    ],
)
def test_a_mistake_is_told_at_its_field(
    as_organizer: FlaskClient, typed: dict[str, Any], field: str, value: str, told: str
) -> None:
    answer = as_organizer.post(f"{PROGRAMME}/new", data=typed | {field: value})
    assert answer.status_code == 422
    assert told in answer.text.split(f'id="{field}-error"')[1].split("</p>")[0]
    assert "Quảng trường chính" in answer.text


def test_an_activity_is_changed(as_organizer: FlaskClient, make_activity: Callable[..., Activity], typed: Any) -> None:
    address = f"{PROGRAMME}/{make_activity().id}"
    assert 'value="08:00"' in as_organizer.get(address).text
    as_organizer.post(address, data=typed | {"title_vi": "Lễ bế mạc", "capacity": "300"})
    assert (one().title_vi, one().capacity) == ("Lễ bế mạc", 300)


def test_a_cancelled_activity_says_so_and_can_be_planned_again(
    as_organizer: FlaskClient, client: FlaskClient, make_activity: Callable[..., Activity]
) -> None:
    address = f"{PROGRAMME}/{make_activity().id}"
    as_organizer.post(f"{address}/cancel")
    page = client.get("/fairs/gia-lai/programme").text
    assert "<s>Lễ khai mạc</s>" in page
    assert "đã hủy" in page
    as_organizer.post(f"{address}/plan")
    assert "<s>" not in client.get("/fairs/gia-lai/programme").text


def test_a_held_activity_cannot_be_cancelled(as_organizer: FlaskClient, make_activity: Callable[..., Activity]) -> None:
    address = f"{PROGRAMME}/{make_activity().id}"
    as_organizer.post(f"{address}/hold")
    as_organizer.post(f"{address}/cancel")
    assert one().state == "held"


def test_an_activity_with_a_gate_is_cancelled_not_deleted(
    as_organizer: FlaskClient, fair: Fair, make_activity: Callable[..., Activity]
) -> None:
    activity = make_activity()
    gate = Gate(fair_id=fair.id, code="H", name_vi="Hội trường", place="activity", activity_id=activity.id)
    db.session.add(gate)
    db.session.commit()
    address = f"{PROGRAMME}/{activity.id}/delete"
    assert "được giữ lại" in as_organizer.post(address, follow_redirects=True).text
    assert one().state == "planned"
    db.session.delete(gate)
    db.session.commit()
    as_organizer.post(address)
    assert db.session.scalar(db.select(Activity)) is None


def test_days_outside_the_fair_are_marked(
    as_organizer: FlaskClient, fair: Fair, make_activity: Callable[..., Activity]
) -> None:
    make_activity()
    assert "ngoài thời gian hội chợ" not in as_organizer.get(PROGRAMME).text
    fair.starts_on, fair.ends_on = fair.starts_on + timedelta(days=1), fair.ends_on + timedelta(days=1)
    db.session.commit()
    assert "ngoài thời gian hội chợ" in as_organizer.get(PROGRAMME).text


def test_an_activity_of_another_fair_is_not_found(
    as_organizer: FlaskClient, make_fair: Callable[..., Fair], make_activity: Callable[..., Activity]
) -> None:
    activity = make_activity()
    make_fair("other")
    assert as_organizer.get(f"/organizer/fairs/other/programme/{activity.id}").status_code == 404
    assert as_organizer.post(f"{PROGRAMME}/{activity.id}/burn").status_code == 404


def test_the_front_page_shows_today_and_the_programme_all_days(
    client: FlaskClient, make_activity: Callable[..., Activity]
) -> None:
    first = make_activity("Hoạt động hôm nay")
    later = {"starts_at": first.starts_at + timedelta(days=1), "ends_at": first.ends_at + timedelta(days=1)}
    make_activity("Hoạt động ngày mai", **later)
    front, programme = client.get("/fairs/gia-lai/").text, client.get("/fairs/gia-lai/programme").text
    assert "Hoạt động hôm nay" in front
    assert "Hoạt động ngày mai" not in front
    assert "Hoạt động ngày mai" in programme


def test_the_programme_asks_the_database_little(
    client: FlaskClient, make_activity: Callable[..., Activity], at_most: Callable[..., Any]
) -> None:
    for number in range(5):
        make_activity(f"Hoạt động {number}")
    with at_most(statements=2):
        client.get("/fairs/gia-lai/programme")

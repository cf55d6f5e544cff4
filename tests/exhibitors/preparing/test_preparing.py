"""From approval to the opening: tasks, their days, reminders that stop."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.core import clock
from techfair.core.mail import Mail
from techfair.exhibitors import own
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.preparing import progress, reminders
from techfair.exhibitors.preparing.models import Preparation
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db
from techfair.fairs.models import Fair

CONSOLE = "/organizer/fairs/gia-lai/preparing"
BOOTH = "/exhibitor/preparing/booth"
SAID = {
    "fascia_vi": "CƠ KHÍ ĐẠI NGUYÊN",
    "fascia_en": "DAI NGUYEN MACHINERY",
    "power_watts": "3000",
    "deliveries": "Một xe tải 5 tấn, sáng 23/11",
    "version": "0",
}


@pytest.fixture
def today(fair: Fair) -> date:
    return clock.today(fair.timezone)


@pytest.fixture
def coming(fair: Fair, today: date) -> Fair:
    """The fair, a month ahead."""
    fair.starts_on, fair.ends_on = today + timedelta(days=30), today + timedelta(days=32)
    db.session.commit()
    return fair


@pytest.fixture
def remind(fair: Fair, today: date) -> Callable[[int], None]:
    """Does the reminders' work when it is ten o'clock at the fair, so many days from now."""

    def done(days: int) -> None:
        moment = datetime.combine(today + timedelta(days=days), time(10), fair.zone)
        with clock.held_at(moment.astimezone(UTC)):
            reminders.remind_exhibitors()

    return done


@pytest.fixture
def due_in_a_week(as_organizer: FlaskClient, coming: Fair, today: date) -> None:
    days = {"power": (today + timedelta(days=7)).isoformat()}
    assert as_organizer.post(f"{CONSOLE}/due", data=days).status_code == 303


def reminded(mails: Callable[[], list[Mail]]) -> list[Mail]:
    return [mail for mail in mails() if mail.template == "preparation_due"]


def test_the_percentage_is_of_what_is_done(
    as_manager: FlaskClient, exhibitor: Exhibitor, technology: Technology
) -> None:
    assert "Đã xong 16 %" in as_manager.get("/exhibitor/preparing").text
    assert as_manager.post(BOOTH, data=SAID).status_code == 303
    assert "Đã xong 66 %" in as_manager.get("/exhibitor/preparing").text


def test_only_all_is_a_hundred_per_cent(
    as_manager: FlaskClient, exhibitor: Exhibitor, company: Company, technology: Technology
) -> None:
    company.logo_digest, company.profile_vi, company.profile_en = "0" * 64, "Máy sấy", "Dryers"
    db.session.commit()
    as_manager.post(BOOTH, data=SAID)
    assert "Đã xong 100 %" in as_manager.get("/exhibitor/preparing").text


def test_no_power_and_no_deliveries_are_answers_too(as_manager: FlaskClient, exhibitor: Exhibitor) -> None:
    given = {"power_watts": "0", "has_no_deliveries": "y", "version": "0"}
    assert as_manager.post(BOOTH, data=given).status_code == 303
    done = {item.task.key for item in progress.of_exhibitor(own.with_company(exhibitor)).items if item.is_done}
    assert {"power", "deliveries"} <= done


def test_a_wrong_answer_is_named_at_its_field_and_changes_nothing(
    as_manager: FlaskClient, exhibitor: Exhibitor
) -> None:
    answer = as_manager.post(BOOTH, data=SAID | {"power_watts": "nhiều"})
    assert answer.status_code == 422
    assert "Một xe tải 5 tấn" in answer.text
    assert db.session.get(Preparation, exhibitor.id) is None


def test_of_two_colleagues_the_later_is_told_and_loses_nothing(as_manager: FlaskClient, exhibitor: Exhibitor) -> None:
    as_manager.post(BOOTH, data=SAID)
    answer = as_manager.post(BOOTH, data=SAID | {"fascia_vi": "ĐẠI NGUYÊN"})  # from a page opened before
    assert answer.status_code == 409
    assert 'value="ĐẠI NGUYÊN"' in answer.text
    assert "CƠ KHÍ ĐẠI NGUYÊN" in answer.text
    assert as_manager.post(BOOTH, data=SAID | {"fascia_vi": "ĐẠI NGUYÊN", "version": "1"}).status_code == 303


def test_who_has_no_booth_has_nothing_to_say(as_manager: FlaskClient, company: Company) -> None:
    assert as_manager.get(BOOTH).status_code == 404
    assert "Chưa có việc cần chuẩn bị" in as_manager.get("/exhibitor/preparing").text


@pytest.mark.parametrize(
    ("days", "is_reminded"),
    [(0, True), (1, False), (5, True), (7, True), (8, False), (10, True), (13, True), (40, False)],
)
def test_exhibitors_are_reminded_before_on_and_after_the_day_until_the_fair(
    due_in_a_week: None,
    exhibitor: Exhibitor,
    remind: Callable[[int], None],
    mails: Callable[[], list[Mail]],
    days: int,
    is_reminded: bool,
) -> None:
    remind(days)
    assert bool(reminded(mails)) is is_reminded


def test_one_reminder_a_day_however_often_the_job_runs(
    due_in_a_week: None,
    exhibitor: Exhibitor,
    remind: Callable[[int], None],
    mails: Callable[[], list[Mail]],
) -> None:
    for _ in range(3):
        remind(5)
    (letter,) = reminded(mails)
    assert "Điện và nước" in letter.text


def test_the_reminder_stops_once_it_is_done(
    due_in_a_week: None,
    as_manager: FlaskClient,
    exhibitor: Exhibitor,
    remind: Callable[[int], None],
    mails: Callable[[], list[Mail]],
) -> None:
    as_manager.post(BOOTH, data={"power_watts": "0", "version": "0"})
    remind(7)
    assert reminded(mails) == []


def test_the_organizer_sees_who_misses_what_in_few_statements(
    as_organizer: FlaskClient,
    as_manager: FlaskClient,
    company: Company,
    exhibitor: Exhibitor,
    make_exhibitor: Callable[..., Exhibitor],
    at_most: Callable[..., Any],
) -> None:
    for number in range(4):
        make_exhibitor(f"Công ty số {number}")
    as_manager.post(BOOTH, data={"power_watts": "0", "version": "0"})
    with at_most(statements=12):
        page = as_organizer.get(f"{CONSOLE}?missing=power").text
    assert "Công ty số 3" in page
    assert company.name not in page


def test_the_builders_take_a_list_along(
    as_organizer: FlaskClient, as_manager: FlaskClient, exhibitor: Exhibitor
) -> None:
    as_manager.post(BOOTH, data=SAID)
    sheet = openpyxl.load_workbook(io.BytesIO(as_organizer.get(f"{CONSOLE}/booths.xlsx").data)).active
    row = [cell.value for cell in list(sheet.rows)[-1]]
    assert row[2:5] == ["CƠ KHÍ ĐẠI NGUYÊN", "DAI NGUYEN MACHINERY", 3000]


def test_nobody_else_sees_the_organizers_list(
    sign_in: Callable[[User], FlaskClient], manager: User, fair: Fair, as_manager: FlaskClient
) -> None:
    assert as_manager.get(CONSOLE).status_code == 404
    assert as_manager.post(f"{CONSOLE}/due", data={}).status_code == 404

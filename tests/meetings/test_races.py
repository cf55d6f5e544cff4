"""Two people at the same moment: the database lets one win, and the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from techfair.accounts.models import User
from techfair.exhibitors import companies
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.models import Meeting, MeetingParty, MeetingRequest
from tests.meetings.timetabling import plan

ASK = {"message": "Muốn xem máy sấy cà phê chạy thử."}


@pytest.fixture
def other(make_exhibitor: Callable[..., Exhibitor]) -> Exhibitor:
    return make_exhibitor("Viện Nghiên cứu Nam Hải", "nam-hai")


@pytest.fixture
def browsers(exhibitor: Exhibitor, other: Exhibitor, sign_in: Callable[[User], FlaskClient]) -> list[FlaskClient]:
    """The managers of both exhibitors, signed in."""
    people = [companies.managers(one.company_id)[0] for one in (exhibitor, other)]
    return [sign_in(person) for person in people]


def at_once(deeds: list[Callable[[], Any]]) -> list[int]:
    """The states of the answers when all deeds start together."""
    db.session.rollback()
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> int:
        start.wait()
        return int(deed().status_code)

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def count(model: Any) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(model)) or 0


def test_two_who_ask_each_other_at_once_have_one_open_request(browsers: list[FlaskClient]) -> None:
    asked = ("nam-hai", "dai-nguyen")
    answers = at_once(
        [
            lambda b=browser, r=ref: b.post(f"/fairs/gia-lai/exhibitors/{r}/meet", data=ASK)
            for browser, ref in zip(browsers, asked, strict=True)
        ]
    )
    assert (sorted(answers), count(MeetingRequest)) == ([303, 409], 1)


def test_a_request_accepted_by_two_colleagues_at_once_is_one_meeting(
    ask: Any, exhibitor: Exhibitor, sign_in: Callable[[User], FlaskClient]
) -> None:
    wish, manager = ask().id, companies.managers(exhibitor.company_id)[0]
    colleagues = [sign_in(manager) for _ in range(2)]
    answers = at_once([lambda b=one: b.post(f"/exhibitor/meetings/requests/{wish}/accept") for one in colleagues])
    assert (sorted(answers), count(Meeting)) == ([303, 409], 1)


def test_of_two_accepted_at_once_for_the_last_common_time_one_is_held_and_the_other_learns_why(
    ask: Any,
    make_visitor: Any,
    make_times: Any,
    exhibitor: Exhibitor,
    fair: Fair,
    sign_in: Callable[[User], FlaskClient],
) -> None:
    """K120, two parties."""
    make_times(count=1, tables=3)
    wishes = [ask().id, ask(make_visitor("H'Bia Siu", "hbia@example.vn")).id]
    colleagues = [sign_in(companies.managers(exhibitor.company_id)[0]) for _ in wishes]
    deeds = [
        lambda b=one, id=id: b.post(f"/exhibitor/meetings/requests/{id}/accept")
        for one, id in zip(colleagues, wishes, strict=True)
    ]
    assert at_once(deeds) == [303, 303]
    plan(fair)
    held, waits = sorted(db.session.scalars(db.select(Meeting)), key=lambda one: one.slot_id is None)
    assert (held.state, waits.state) == ("scheduled", "agreed")
    assert "không còn khung giờ trống nào" in waits.reason_unplaced_vi
    with pytest.raises(IntegrityError):
        db.session.execute(db.update(MeetingParty).filter_by(meeting_id=waits.id).values(slot_id=held.slot_id))
    db.session.rollback()


def test_the_database_refuses_the_same_pair_the_other_way_round(ask: Any) -> None:
    wish = ask()
    db.session.add(MeetingRequest(fair_id=wish.fair_id, from_id=wish.to_id, to_id=wish.from_id))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_after_an_answer_the_pair_may_ask_again(ask: Any, as_exhibitor: FlaskClient) -> None:
    wish = ask()
    as_exhibitor.post(f"/exhibitor/meetings/requests/{wish.id}/decline", data={"reason": "Hôm nay kín lịch."})
    assert ask().state == "sent"

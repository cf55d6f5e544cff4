"""Before publishing, participants look at the draft and wish for other times; the organizer accepts or declines."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from techfair.core.mail import Mail
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import slots
from techfair.meetings.models import Meeting, Participant
from techfair.meetings.swapping.models import SwapWish
from techfair.meetings.times import choosing
from techfair.meetings.timetable.models import PlannedMeeting
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import stored
from tests.meetings.timetabling import CONSOLE, draft

MINE = "/me/meetings/draft"


@pytest.fixture
def shown(agree: Callable[..., Meeting], make_times: Any, fair: Fair, as_organizer: FlaskClient) -> int:
    """A meeting of a draft that its people may look at."""
    meeting = agree().id
    make_times(count=3, tables=1)
    made = draft(fair).id
    db.session.commit()
    as_organizer.post(f"{CONSOLE}/plan/show", data={"draft": made})
    return meeting


def planned() -> int | None:
    return db.session.scalar(db.select(PlannedMeeting.slot_id))


def wished(meeting: int) -> str:
    """The address of the one wish."""
    person = db.session.scalars(db.select(SwapWish.participant_id)).one()
    db.session.rollback()
    return f"{CONSOLE}/{meeting}/swaps/{person}"


def test_nothing_of_a_draft_is_seen_before_the_organizer_shows_it(
    agree: Any, make_times: Any, fair: Fair, as_visitor: FlaskClient
) -> None:
    meeting = agree().id
    make_times(count=3, tables=1)
    draft(fair)
    db.session.commit()
    assert "Chưa có bản nháp để xem" in as_visitor.get(MINE).text
    assert as_visitor.post(f"{MINE}/{meeting}", data={"note": "Bận", "slot": ""}).status_code == 404


def test_a_wish_that_the_organizer_accepts_moves_the_meeting_in_the_draft(
    shown: int, fair: Fair, as_visitor: FlaskClient, as_organizer: FlaskClient, at_most: Any
) -> None:
    told = set(db.session.scalars(db.select(Mail.to_address).filter_by(template="meeting_draft")))
    assert told == {"tung@example.vn", "dai-nguyen@example.vn"}
    better = slots.ahead(fair)[-1].id
    db.session.rollback()
    with at_most(statements=20):
        assert "Công ty Cơ khí Đại Nguyên" in as_visitor.get(MINE).text
    empty = as_visitor.post(f"{MINE}/{shown}", data={"note": "", "slot": better})
    assert (empty.status_code, 'id="note-error"' in empty.text) == (422, True)
    as_visitor.post(f"{MINE}/{shown}", data={"note": "Tàu đến muộn", "slot": better})
    with at_most(statements=20):
        assert "Tàu đến muộn" in as_organizer.get(f"{CONSOLE}/swaps").text
    as_organizer.post(f"{wished(shown)}/accept")
    assert planned() == better
    db.session.rollback()
    assert "Đã chuyển theo nguyện vọng" in as_visitor.get(MINE).text


def test_a_new_plan_goes_by_the_wishes_where_it_costs_nothing_else(
    shown: int, fair: Fair, as_visitor: FlaskClient
) -> None:
    better = next(slot.id for slot in slots.ahead(fair)[1:] if slot.id != planned())
    db.session.rollback()
    as_visitor.post(f"{MINE}/{shown}", data={"note": "Tàu đến muộn", "slot": better})
    made = draft(fair, "anew")
    assert (planned(), made.status) == (better, "optimal")


def test_a_wish_is_judged_by_the_board_s_rules_and_declined_with_a_reason_that_is_read(
    shown: int, fair: Fair, visitor: Registration, as_visitor: FlaskClient, as_organizer: FlaskClient
) -> None:
    better, before = slots.ahead(fair)[-1].id, planned()
    as_visitor.post(f"{MINE}/{shown}", data={"note": "Tàu đến muộn", "slot": better})
    other = db.session.scalars(db.select(Participant).where(Participant.exhibitor_id.is_not(None))).one()
    choosing.block(other, [better], None)
    db.session.commit()
    wish = wished(shown)
    refused = as_organizer.post(f"{wish}/accept")
    assert (refused.status_code, "không gặp được lúc" in refused.text, planned()) == (409, True, before)
    db.session.rollback()
    silent = as_organizer.post(f"{wish}/decline", data={"reason": " "})
    assert (silent.status_code, "họ sẽ đọc" in silent.text) == (422, True)
    as_organizer.post(f"{wish}/decline", data={"reason": "Bên kia bận giờ đó"})
    assert "Bên kia bận giờ đó" in as_visitor.get(MINE).text
    (told,) = stored.of(visitor)["meeting_swap_wishes"]  # and in the file of the person's data
    assert (told["note"], told["state"], told["answer"]) == ("Tàu đến muộn", "declined", "Bên kia bận giờ đó")
    db.session.rollback()
    assert as_organizer.post(f"{wish}/accept").status_code == 409


def test_another_unit_s_organizer_and_a_stranger_change_nothing(
    shown: int, as_visitor: FlaskClient, make_user: Any, sign_in: Any, make_visitor: Any
) -> None:
    as_visitor.post(f"{MINE}/{shown}", data={"note": "Tàu đến muộn", "slot": ""})
    stranger = sign_in(make_user("nguoi.la@example.vn"))
    assert stranger.get(f"{CONSOLE}/swaps").status_code == 404
    assert stranger.post(f"{wished(shown)}/decline", data={"reason": "Không"}).status_code == 404

"""The most meetings of a participant and the order of two: refused at once where impossible, kept by every plan."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from techfair.core import clock
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import outcomes, participants, slots
from techfair.meetings.day import now
from techfair.meetings.limits import numbers, ordering
from techfair.meetings.limits.models import MeetingLimit, MeetingOrder
from techfair.meetings.models import Meeting, MeetingParty, Participant
from techfair.meetings.times import choosing
from techfair.meetings.timetable import locking
from tests.meetings.timetabling import CONSOLE, draft, plan

JSON = {"Accept": "application/json"}


@pytest.fixture
def agreed(agree: Callable[..., Meeting], make_visitor: Any, make_times: Any) -> list[Meeting]:
    """Three meetings of one exhibitor that wait for one of six times."""
    make_times(count=6, tables=2)
    return [agree(), *(agree(make_visitor(f"Khách {n}", f"khach{n}@example.vn")) for n in range(2))]


@pytest.fixture
def three(agreed: list[Meeting], fair: Fair) -> list[Meeting]:
    """The same three, published, in the order of their times."""
    plan(fair)
    db.session.commit()
    return sorted(agreed, key=lambda one: one.slot_id or 0)


@pytest.fixture
def company(agreed: list[Meeting], exhibitor: Exhibitor) -> Participant:
    return participants.of_exhibitor(exhibitor)


def side_of(meeting: Meeting) -> Participant:
    """The visitor who meets the company."""
    sides = db.select(Participant).join(MeetingParty).where(MeetingParty.meeting_id == meeting.id)
    return db.session.scalars(sides.where(Participant.registration_id.is_not(None))).one()


def test_a_repair_drops_what_is_more_than_the_organizer_allows_and_says_so(
    three: list[Meeting], company: Participant, fair: Fair, as_organizer: FlaskClient, at_most: Any
) -> None:
    with at_most(statements=25):
        assert "Khách 0" in as_organizer.get(f"{CONSOLE}/participants/{company.id}").text
    saved = as_organizer.post(f"{CONSOLE}/participants/{company.id}", data={"allowed": "2"})
    assert saved.status_code == 303
    assert draft(fair, "rest").placed == 3  # what has a time keeps it
    plan(fair, "repair")
    left = [one for one in three if one.slot_id is None]
    assert len(left) == 1
    assert "Cơ khí Đại Nguyên đã có đủ số cuộc gặp tối đa (2)" in left[0].reason_unplaced_vi
    assert "nếu Công ty Cơ khí Đại Nguyên nhận thêm một cuộc gặp" in left[0].reason_unplaced_vi
    refused = as_organizer.post(f"{CONSOLE}/{left[0].id}/move", data={"slot": slots.ahead(fair)[-1].id}, headers=JSON)
    assert "đã có đủ số cuộc gặp tối đa (2)" in refused.json["message"]


def test_fewer_than_are_locked_is_refused_beside_the_field_with_their_names(
    three: list[Meeting], company: Participant, fair: Fair, as_organizer: FlaskClient
) -> None:
    locking.lock_participant(fair, company.id, True, None)
    db.session.commit()
    page = as_organizer.post(f"{CONSOLE}/participants/{company.id}", data={"allowed": "2"})
    assert page.status_code == 422
    assert "Đã có 3 cuộc gặp bị khóa hoặc đã diễn ra: với Trần Văn Tùng, Khách 0, Khách 1." in page.text


def test_a_participant_wishes_for_fewer_but_not_for_more_than_allowed(
    agreed: list[Meeting], company: Participant, as_exhibitor: FlaskClient
) -> None:
    numbers.allow(company, 2, None)
    db.session.commit()
    said = {"languages": "vi", "offers": "Máy sấy"}
    page = as_exhibitor.post("/exhibitor/meetings/join", data=said | {"most": "3"})
    assert (page.status_code, "cho phép nhiều nhất 2 cuộc gặp" in page.text) == (422, True)
    assert as_exhibitor.post("/exhibitor/meetings/join", data=said | {"most": "1"}).status_code == 303
    assert numbers.of(company).most == 1


def test_meetings_that_were_held_count(three: list[Meeting], company: Participant, fair: Fair) -> None:
    numbers.allow(company, 2, None)
    outcomes.note_held(three[0], None)
    plan(fair, "repair")
    assert sum(one.slot_id is not None for one in three) == 2


def test_an_order_is_kept_by_the_repair_and_the_board(
    three: list[Meeting], fair: Fair, as_organizer: FlaskClient, at_most: Any
) -> None:
    first, _, last = three
    as_organizer.post(f"{CONSOLE}/orders", data={"earlier": last.id, "later": first.id})
    with at_most(statements=25):
        assert "trái thứ tự" in as_organizer.get(f"{CONSOLE}/orders").text
    assert draft(fair, "rest").placed == 3  # what has a time keeps it, and is not called impossible
    plan(fair, "repair")
    assert (last.slot_id or 0) < (first.slot_id or 0)
    db.session.commit()
    board = as_organizer.get(f"{CONSOLE}/timetable").text
    assert f"&#34;{first.id}&#34;: {{&#34;after&#34;: [], &#34;before&#34;: [[" in board
    refused = as_organizer.post(f"{CONSOLE}/{last.id}/move", data={"slot": slots.ahead(fair)[-1].id}, headers=JSON)
    assert "phải diễn ra trước" in refused.json["message"]
    as_organizer.post(f"{CONSOLE}/{last.id}/orders/{first.id}/drop")
    assert db.session.scalars(db.select(MeetingOrder)).all() == []


def test_a_circle_is_named_beside_the_field(agreed: list[Meeting], fair: Fair, as_organizer: FlaskClient) -> None:
    for earlier, later in ((0, 1), (1, 2)):
        ordering.put(fair, agreed[earlier], agreed[later], None)
    db.session.commit()
    page = as_organizer.post(f"{CONSOLE}/orders", data={"earlier": agreed[2].id, "later": agreed[0].id})
    assert (page.status_code, "chờ nhau thành vòng" in page.text) == (422, True)
    assert all(f"{name};" in page.text or f"{name}." in page.text for name in ("Trần Văn Tùng", "Khách 0", "Khách 1"))
    same = as_organizer.post(f"{CONSOLE}/orders", data={"earlier": agreed[0].id, "later": agreed[0].id})
    assert "Chọn hai cuộc gặp khác nhau." in same.text


def test_an_order_for_which_no_time_is_left_is_named_with_both_times(
    agreed: list[Meeting], fair: Fair, as_organizer: FlaskClient
) -> None:
    ids = [slot.id for slot in slots.ahead(fair)]
    late, early = (side_of(one) for one in agreed[:2])
    choosing.block(late, set(ids[:5]), None)
    choosing.block(early, set(ids[2:]), None)
    db.session.commit()
    page = as_organizer.post(f"{CONSOLE}/orders", data={"earlier": agreed[0].id, "later": agreed[1].id})
    assert page.status_code == 422
    assert "Trần Văn Tùng sớm nhất lúc 09:40" in page.text
    assert "Khách 0 muộn nhất lúc 08:20" in page.text


def test_what_contradicts_a_lock_made_later_is_named_before_any_search(
    three: list[Meeting], fair: Fair, as_organizer: FlaskClient
) -> None:
    db.session.add(MeetingOrder(earlier_id=three[2].id, later_id=three[0].id))
    for one in three:
        one.is_locked = True
    db.session.commit()
    page = as_organizer.post(f"{CONSOLE}/schedule", data={"way": "repair"})
    assert (page.status_code, "trái thứ tự trước sau" in page.text) == (409, True)


def test_a_free_table_goes_to_nobody_against_order_or_number(
    agree: Any, make_visitor: Any, make_times: Any, fair: Fair, exhibitor: Exhibitor
) -> None:
    make_times(count=6, tables=2)
    one, other = agree(), agree(make_visitor("Khách 0", "khach0@example.vn"))
    with clock.held_at(slots.ahead(fair)[0].starts_at):
        assert [offer.meeting.id for offer in now.offers(fair)] == [one.id, other.id]
        ordering.put(fair, other, one, None)
        assert [offer.meeting.id for offer in now.offers(fair)] == [other.id]
        db.session.add(MeetingLimit(participant_id=participants.of_exhibitor(exhibitor).id, allowed=1))
        plan(fair)
        assert now.offers(fair) == []


def test_a_cancelled_meeting_leaves_its_orders_and_the_database_knows_no_nonsense(
    agreed: list[Meeting], company: Participant, fair: Fair
) -> None:
    ordering.put(fair, agreed[0], agreed[1], None)
    outcomes.cancel(agreed[0], None)
    db.session.commit()
    assert db.session.scalars(db.select(MeetingOrder)).all() == []
    for row in (
        MeetingOrder(earlier_id=agreed[1].id, later_id=agreed[1].id),
        MeetingLimit(participant_id=company.id, allowed=0),
    ):
        db.session.add(row)
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_another_unit_s_organizer_sets_neither(
    agreed: list[Meeting], company: Participant, make_user: Any, sign_in: Any
) -> None:
    stranger = sign_in(make_user("nguoi.la@example.vn"))
    assert stranger.get(f"{CONSOLE}/participants/{company.id}").status_code == 404
    for path in ("orders", f"participants/{company.id}", f"{agreed[0].id}/orders/{agreed[1].id}/drop"):
        assert stranger.post(f"{CONSOLE}/{path}", data={"allowed": "1"}).status_code == 404

"""The day: check-in by badge, who is late, a free table given at once, the screen of the hall."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from techfair.accounts.models import FairRole
from techfair.core import clock
from techfair.core.mail import Mail
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.day import screens
from techfair.meetings.interpreters import feeding
from techfair.meetings.interpreters.models import Interpreter, MeetingInterpreter, Shift
from techfair.meetings.models import Meeting, Participant, Slot
from techfair.meetings.programme.models import MeetingProfile
from techfair.meetings.staff.models import StandIn
from techfair.visitors import badges
from techfair.visitors.models import Registration
from tests.meetings.timetabling import plan

DAY = "/organizer/fairs/gia-lai/meetings/day"


@pytest.fixture
def begun(agree: Callable[..., Meeting], make_times: Any, fair: Fair) -> Meeting:
    """A meeting that began eight minutes ago at the only table."""
    meeting = agree()
    make_times(count=1, tables=1)
    plan(fair)
    slot = db.session.get_one(Slot, meeting.slot_id)
    slot.starts_at, slot.ends_at = clock.now() - timedelta(minutes=8), clock.now() + timedelta(minutes=32)
    db.session.commit()
    return meeting


@pytest.fixture
def code(visitor: Registration, fair: Fair) -> str:
    badge = badges.valid_badge(visitor)
    assert badge
    return badges.token(badge, fair)


def states() -> list[str]:
    return list(db.session.scalars(db.select(Meeting.state).order_by(Meeting.id)))


def test_both_sides_are_checked_in_and_the_meeting_is_held(
    begun: Meeting, code: str, as_organizer: FlaskClient
) -> None:
    theirs = db.session.scalars(db.select(Participant.id).where(Participant.exhibitor_id.is_not(None))).one()
    id = begun.id
    db.session.rollback()
    page = as_organizer.post(f"{DAY}/check-in", data={"code": f"  {code}\n"}, follow_redirects=True)
    assert "Đã có mặt tại 01" in page.text
    assert "Công ty Cơ khí Đại Nguyên chưa đến" in page.text
    as_organizer.post(f"{DAY}/{id}/arrived/{theirs}")
    assert states() == ["held"]


def test_the_badge_of_one_who_stands_in_checks_the_company_in(
    begun: Meeting, make_visitor: Any, fair: Fair, as_organizer: FlaskClient
) -> None:
    sent = make_visitor("Lê Văn Bảy", "bay@example.vn")
    sent.phone = "+84905000007"
    company = db.session.scalars(db.select(Participant.id).where(Participant.exhibitor_id.is_not(None))).one()
    db.session.add(StandIn(fair_id=fair.id, participant_id=company, full_name=sent.full_name, phone=sent.phone))
    badge = badges.valid_badge(sent)
    assert badge
    code = badges.token(badge, fair)
    db.session.commit()
    page = as_organizer.post(f"{DAY}/check-in", data={"code": code}, follow_redirects=True)
    assert "Trần Văn Tùng chưa đến" in page.text
    assert "Công ty Cơ khí Đại Nguyên chưa đến" not in page.text


def test_a_code_that_is_no_badge_is_refused_beside_the_box(begun: Meeting, as_organizer: FlaskClient) -> None:
    page = as_organizer.post(f"{DAY}/check-in", data={"code": "ABC"})
    assert (page.status_code, 'id="code-error"' in page.text, 'value="ABC"' in page.text) == (422, True, True)


def test_who_did_not_come_frees_the_table_for_a_pair_that_waits(
    begun: Meeting, agree: Any, make_visitor: Any, make_exhibitor: Any, as_organizer: FlaskClient
) -> None:
    waiting: Meeting = agree(make_visitor("H'Bia Siu", "bia@example.vn"), make_exhibitor("Viện Nam Hải", "nam-hai"))
    slot, table, ids = begun.slot_id, begun.table_id, (begun.id, waiting.id)
    db.session.rollback()
    give = f"{DAY}/{ids[1]}/give/{slot}/{table}"
    assert give not in as_organizer.get(DAY).text
    assert as_organizer.post(give).status_code == 409
    page = as_organizer.post(f"{DAY}/{ids[0]}/missed", follow_redirects=True)
    assert (give in page.text, states()) == (True, ["no_show", "agreed"])
    db.session.rollback()
    as_organizer.post(give)
    assert states() == ["no_show", "scheduled"]
    told = db.session.scalars(db.select(Mail.to_address).filter_by(template="meeting_scheduled")).all()
    assert {"bia@example.vn", "nam-hai@example.vn"} <= set(told)


def test_who_did_not_come_frees_the_interpreter_for_a_pair_that_needs_one(
    begun: Meeting, agree: Any, make_visitor: Any, make_exhibitor: Any, as_organizer: FlaskClient, fair: Fair
) -> None:
    waiting: Meeting = agree(make_visitor("Kim Minho", "kim@example.kr"), make_exhibitor("Viện Nam Hải", "nam-hai"))
    for party in db.session.scalars(db.select(Participant)).all():
        party.languages = ["ko"] if party.registration_id else ["vi"]
        db.session.add(MeetingProfile(participant_id=party.id, kind="visitor"))
    slot = db.session.get_one(Slot, begun.slot_id)
    shift = Shift(starts_at=slot.starts_at, ends_at=slot.ends_at)
    helper = Interpreter(fair_id=fair.id, full_name="Kim Thu Hà", pairs=["ko-vi"], shifts=[shift])
    db.session.add(helper)
    db.session.flush()
    feeding.assign({begun.id: (helper.id, slot.id)})
    give, ids = f"{DAY}/{waiting.id}/give/{begun.slot_id}/{begun.table_id}", (begun.id, waiting.id, helper.id)
    db.session.commit()
    page = as_organizer.post(f"{DAY}/{ids[0]}/missed", follow_redirects=True)
    assert give in page.text
    as_organizer.post(give)
    given = db.session.scalars(db.select(MeetingInterpreter)).one()
    assert (given.meeting_id, given.interpreter_id) == ids[1:]


def test_a_gate_s_steward_helps_at_the_tables_and_plans_nothing(
    begun: Meeting, code: str, fair: Fair, make_user: Any, sign_in: Any
) -> None:
    user = make_user("bao.ve@example.vn")
    db.session.add(FairRole(user_id=user.id, fair_id=fair.id, role="steward"))
    db.session.commit()
    steward = sign_in(user)
    page = steward.post(f"{DAY}/check-in", data={"code": code}, follow_redirects=True)
    assert "Đã có mặt tại 01" in page.text
    assert steward.get("/organizer/fairs/gia-lai/meetings/plan").status_code == 404


def test_the_screen_shows_who_meets_without_anybody_signing_in(begun: Meeting, fair: Fair, app: Flask) -> None:
    address = screens.address(fair).split("/", 3)[3]
    db.session.rollback()
    page = app.test_client().get(f"/{address}")
    shown = ("Trần Văn Tùng", ">Khu kết nối<", 'hx-trigger="every 12s"')
    assert [text for text in shown if text not in page.text] == []
    assert app.test_client().get(f"/{address}x").status_code == 404


def test_the_steward_s_page_sends_a_fixed_number_of_statements(
    begun: Meeting, agree: Any, make_visitor: Any, exhibitor: Exhibitor, as_organizer: FlaskClient, at_most: Any
) -> None:
    for number in range(4):
        agree(make_visitor(f"Khách {number}", f"khach{number}@example.vn"), exhibitor)
    db.session.rollback()
    with at_most(statements=26):
        as_organizer.get(DAY)

"""A connection is a pair and a subject, confirmed by both sides or by the organizer with what proves it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from techfair.accounts.models import User
from techfair.core.mail import Mail
from techfair.exhibitors import companies
from techfair.exhibitors.models import Company, Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import connections, outcomes
from techfair.meetings.models import Connection, Meeting, Slot

CONSOLE = "/organizer/fairs/gia-lai/connections"
SUBJECT = {"subject": "Máy sấy cà phê"}


@pytest.fixture
def other(make_exhibitor: Callable[..., Exhibitor]) -> Exhibitor:
    return make_exhibitor("Viện Nghiên cứu Nam Hải", "nam-hai")


@pytest.fixture
def as_other(other: Exhibitor, sign_in: Callable[[User], FlaskClient]) -> FlaskClient:
    return sign_in(companies.managers(other.company_id)[0])


@pytest.fixture
def held(agree: Any, other: Exhibitor, exhibitor: Exhibitor, make_times: Any) -> Meeting:
    """A meeting of two exhibitors that took place."""
    meeting: Meeting = agree(other, exhibitor)
    make_times()
    first = db.session.scalar(db.select(db.func.min(Slot.id)))
    meeting.move_to("scheduled")
    meeting.slot_id = first
    db.session.flush()
    outcomes.note_held(meeting, None)
    db.session.commit()
    return meeting


@pytest.fixture
def pair(exhibitor: Exhibitor, other: Exhibitor) -> tuple[Company, Company]:
    return db.session.get_one(Company, exhibitor.company_id), db.session.get_one(Company, other.company_id)


def states() -> list[str]:
    return list(db.session.scalars(db.select(Connection.state).order_by(Connection.id)))


def test_one_side_notes_a_connection_and_it_counts_when_the_other_confirms(
    held: Meeting, as_exhibitor: FlaskClient, as_other: FlaskClient
) -> None:
    as_exhibitor.post(f"/exhibitor/connections/of/{held.id}", data=SUBJECT)
    assert states() == ["proposed"]
    told = db.session.scalars(db.select(Mail.to_address).filter_by(template="connection_proposed"))
    assert list(told) == ["nam-hai@example.vn"]
    id = db.session.scalar(db.select(Connection.id))
    db.session.rollback()
    page = as_other.post(f"/exhibitor/connections/{id}/agree", follow_redirects=True)
    assert "Máy sấy cà phê" in page.text
    assert states() == ["confirmed"]


def test_who_noted_it_cannot_confirm_it_for_the_other(held: Meeting, as_exhibitor: FlaskClient) -> None:
    as_exhibitor.post(f"/exhibitor/connections/of/{held.id}", data=SUBJECT)
    id = db.session.scalar(db.select(Connection.id))
    db.session.rollback()
    as_exhibitor.post(f"/exhibitor/connections/{id}/agree")
    assert states() == ["proposed"]


def test_a_connection_without_a_subject_is_refused_at_its_field(held: Meeting, as_exhibitor: FlaskClient) -> None:
    page = as_exhibitor.post(f"/exhibitor/connections/of/{held.id}", data={"subject": " "})
    assert (page.status_code, f'id="subject-{held.id}-error"' in page.text, states()) == (422, True, [])


def test_a_meeting_that_was_not_held_is_no_connection(
    agree: Any, other: Exhibitor, exhibitor: Exhibitor, as_exhibitor: FlaskClient
) -> None:
    meeting = agree(other, exhibitor)
    assert as_exhibitor.post(f"/exhibitor/connections/of/{meeting.id}", data=SUBJECT).status_code == 409
    assert states() == []


def test_a_third_company_finds_neither_meeting_nor_connection(
    held: Meeting, as_exhibitor: FlaskClient, make_exhibitor: Any, sign_in: Any
) -> None:
    third = sign_in(companies.managers(make_exhibitor("Công ty Ba", "ba").company_id)[0])
    assert third.post(f"/exhibitor/connections/of/{held.id}", data=SUBJECT).status_code == 404
    as_exhibitor.post(f"/exhibitor/connections/of/{held.id}", data=SUBJECT)
    id = db.session.scalar(db.select(Connection.id))
    db.session.rollback()
    assert third.post(f"/exhibitor/connections/{id}/agree").status_code == 404
    assert states() == ["proposed"]


def test_the_organizer_notes_a_connection_with_what_proves_it(
    pair: tuple[Company, Company], as_organizer: FlaskClient
) -> None:
    given = {
        "one": pair[0].id,
        "other": pair[1].id,
        "sector": "",
        "source": "connection_point",
        "partner_country": "",
        "evidence": "Biên bản số 12",
    }
    page = as_organizer.post(f"{CONSOLE}/new", data=SUBJECT | given, follow_redirects=True)
    assert "Biên bản số 12" in page.text
    assert states() == ["confirmed"]


def test_without_evidence_nothing_is_noted(pair: tuple[Company, Company], as_organizer: FlaskClient) -> None:
    given = {"one": pair[0].id, "other": pair[1].id, "sector": "", "source": "other", "evidence": ""}
    page = as_organizer.post(f"{CONSOLE}/new", data=SUBJECT | given)
    assert (page.status_code, 'id="evidence-error"' in page.text, states()) == (422, True, [])


def test_a_pair_and_subject_is_one_connection_however_it_is_written(
    pair: tuple[Company, Company], fair: Fair, organizer: User
) -> None:
    connections.propose(fair, pair[0], pair[1], "Máy sấy cà phê", organizer)
    with pytest.raises(connections.ConnectionKnown):
        connections.propose(fair, pair[1], pair[0], "may say  CA PHE", organizer)
    row = db.session.scalars(db.select(Connection)).one()
    twin = {"subject_vi": "x", "source": "other", "arose_on": fair.today, "subject_key": row.subject_key}
    db.session.add(Connection(fair_id=fair.id, first_id=row.first_id, second_id=row.second_id, **twin))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_the_organizer_confirms_with_evidence_or_rejects(
    pair: tuple[Company, Company], fair: Fair, organizer: User, as_organizer: FlaskClient
) -> None:
    one = connections.propose(fair, *pair, "Máy sấy", organizer).id
    other = connections.propose(fair, *pair, "Máy rang", organizer).id
    db.session.commit()
    assert as_organizer.post(f"{CONSOLE}/{one}/confirm", data={"evidence": " "}).status_code == 422
    as_organizer.post(f"{CONSOLE}/{one}/confirm", data={"evidence": "Biên bản"})
    as_organizer.post(f"{CONSOLE}/{other}/reject")
    assert states() == ["confirmed", "rejected"]


def test_a_connection_counts_only_when_both_have_agreed(
    pair: tuple[Company, Company], fair: Fair, organizer: User
) -> None:
    connection = connections.propose(fair, *pair, "Máy sấy", organizer)
    connections.agree(connection, pair[0], organizer)
    assert connection.state == "proposed"
    connections.agree(connection, pair[1], organizer)
    assert (connection.state, connection.confirmed_at is not None) == ("confirmed", True)
    db.session.rollback()

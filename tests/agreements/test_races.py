"""Two people at the same second: both count, nothing is done twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from techfair.accounts.models import User
from techfair.agreements import documents
from techfair.agreements.models import Agreement, Signature
from techfair.core import audit
from techfair.core.mail import Mail
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from tests.agreements.conftest import Mailbox
from tests.agreements.test_drafting import TYPED


def at_once(clients: list[FlaskClient], posts: list[tuple[str, dict[str, str]]]) -> list[int]:
    """Post all at the same moment, each from its own browser."""
    barrier = Barrier(len(posts))

    def post(client: FlaskClient, given: tuple[str, dict[str, str]]) -> int:
        barrier.wait()
        return client.post(given[0], data=given[1]).status_code

    db.session.rollback()
    with ThreadPoolExecutor(len(posts)) as pool:
        return list(pool.map(post, clients, posts))


@pytest.fixture
def strangers(app: Flask) -> list[FlaskClient]:
    return [app.test_client() for _ in range(4)]


def confirmation(app: Flask, box: Mailbox) -> tuple[str, dict[str, str]]:
    app.test_client().post(f"{box.link}/code")
    return f"{box.link}/confirm", {"code": box.code}


def test_two_last_signatures_at_once_both_count_and_complete_once(
    app: Flask,
    strangers: list[FlaskClient],
    sent: Agreement,
    ours: Mailbox,
    theirs: Mailbox,
    run_jobs: Callable[[], int],
) -> None:
    assert at_once(strangers, [confirmation(app, box) for box in (ours, theirs)]) == [303, 303]
    run_jobs()
    agreement = documents.load(sent.id)
    assert agreement.state == "completed"
    assert [entry.action for entry in audit.of(agreement)].count("agreement.completed") == 1
    assert len(db.session.scalars(db.select(Mail).filter_by(template="agreement_completed")).all()) == 2


def test_the_same_signature_from_two_windows_is_one(
    app: Flask, strangers: list[FlaskClient], sent: Agreement, ours: Mailbox
) -> None:  # K074
    press = confirmation(app, ours)
    assert at_once(strangers, [press, press, press]) == [303, 303, 303]
    signature = db.session.scalars(db.select(Signature).filter_by(state="signed")).one()
    assert [entry.action for entry in audit.of(signature)].count("signature.signed") == 1


def test_of_signing_and_declining_at_once_the_answer_is_one_of_both(
    app: Flask, strangers: list[FlaskClient], sent: Agreement, ours: Mailbox, theirs: Mailbox
) -> None:
    at_once(strangers, [confirmation(app, ours), (f"{theirs.link}/decline", {"reason": "Giá"})])
    agreement = documents.load(sent.id)
    assert agreement.state == "declined"
    assert {one.state for party in agreement.parties for one in party.signatures} <= {"signed", "viewed", "declined"}


def test_wrong_codes_at_once_all_count(
    app: Flask, strangers: list[FlaskClient], sent: Agreement, ours: Mailbox
) -> None:
    address, right = confirmation(app, ours)
    wrong = {"code": f"{(int(right['code']) + 1) % 10**6:06d}"}
    at_once(strangers, [(address, wrong)] * 4)
    assert db.session.scalars(db.select(Signature.code_tries).filter_by(signer_email=ours.email)).one() == 4


def test_numbers_given_at_once_are_different(
    sign_in: Callable[[User], FlaskClient], manager: User, exhibitor: Exhibitor
) -> None:
    desks = [sign_in(manager) for _ in range(4)]
    assert at_once(desks, [("/exhibitor/agreements/new", TYPED)] * 4) == [303] * 4
    assert len(set(db.session.scalars(db.select(Agreement.number)))) == 4


def test_the_database_itself_refuses_to_ask_a_person_twice(sent: Agreement) -> None:
    party = documents.load(sent.id).parties[0]
    again = Signature(agreement_id=sent.id, party_id=party.id, signer_name="Khác", signer_email=party.email)
    db.session.add(again)
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        db.session.flush()
    db.session.rollback()


def test_the_database_itself_refuses_a_completed_agreement_without_a_date(sent: Agreement) -> None:
    with pytest.raises(IntegrityError, match="completed_is_dated"):
        db.session.execute(db.update(Agreement).values(state="completed"))
    db.session.rollback()

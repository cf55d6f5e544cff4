"""Amendments and terminations are documents of their own; the first one's state and milestones follow them."""

import re
import subprocess
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.agreements import counting, documents, drafting, signing
from techfair.agreements.commitments import asking, promises, reporting
from techfair.agreements.models import Agreement
from techfair.agreements.schemas import MilestoneInput
from techfair.core import clock
from techfair.extensions import db
from techfair.fairs.models import Fair
from tests.agreements.conftest import Mailbox, settle

Sign = Callable[[Mailbox], None]


@pytest.fixture
def draft(make_draft: Callable[..., Agreement]) -> Agreement:
    """With capital that is due, which an amendment may raise."""
    capital = MilestoneInput(title_vi="Giải ngân đợt 1", due_on=date(2031, 6, 1), measure="capital", planned=10**9)
    return make_draft(milestones=[capital])


@pytest.fixture
def sign_all(
    manager: User, ours: Mailbox, theirs: Mailbox, sign: Sign, run_jobs: Callable[[], int]
) -> Callable[[int], Agreement]:
    """Settles a draft and lets both parties sign it."""

    def signed(id: int) -> Agreement:
        change = documents.load(id)
        settle(change, manager)
        signing.invite(change, by=manager)
        db.session.commit()
        sign(ours)
        sign(theirs)
        run_jobs()
        return documents.load(id)

    return signed


def furthest(pdf: bytes) -> float:
    """How far to the right words go, in points; a page is 595 wide, and 567 at most is for text."""
    told = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return max(map(float, re.findall(rb'xMax="([\d.]+)"', told)))


def begin(as_manager: FlaskClient, id: int, deed: str) -> int:
    answer = as_manager.post(f"/exhibitor/agreements/{id}/{deed}")
    assert answer.status_code == 303
    return int(answer.location.rsplit("/", 1)[1])


def test_an_amendment_and_one_of_it_are_drafted_from_what_holds_and_what_was_promised_goes_on(
    completed: Agreement,
    as_manager: FlaskClient,
    client: FlaskClient,
    fair: Fair,
    organizer: User,
    sign_all: Callable[[int], Agreement],
) -> None:
    first, number, code = completed.id, completed.number, completed.code
    request = asking.ask(completed, completed.parties[0], date(2031, 6, 30))
    request = db.session.scalars(db.select(type(request)).options(*asking.WHOLE)).one()
    told = reporting.report(request, [reporting.Reached(completed.milestones[0].id, 10**9, clock.now().date())])
    reporting.accept(db.session.scalars(db.select(type(told)).options(*reporting.WHOLE)).one(), by=organizer)
    db.session.commit()
    second = begin(as_manager, first, "amend")
    assert begin(as_manager, first, "terminate") == first  # one change at a time
    change = documents.load(second)
    assert number in change.clauses[0]["text_vi"]
    assert completed.frozen_digest in change.clauses[0]["text_en"]
    assert furthest(documents.render(change)) < 567  # a digest breaks rather than run over the other column
    change.milestones[0].planned, change.milestones[0].due_on = 3 * 10**9, date(2032, 6, 1)
    db.session.commit()
    assert sign_all(second).state == "completed"
    assert documents.load(first).state == "amended"
    (promise,) = promises.of_fairs([fair])
    assert (promise.agreement.id, promise.milestone.planned, promise.actual) == (second, 3 * 10**9, 10**9)
    assert not promise.is_reached
    assert (counting.agreements(fair).count, counting.agreements(fair).value_vnd) == (1, 24_500_000_000)
    second_number, second_code = documents.load(second).number, documents.load(second).code
    db.session.rollback()
    assert as_manager.post(f"/exhibitor/agreements/{first}/amend").status_code == 409  # the second is amended, not it
    third = begin(as_manager, second, "amend")
    assert sign_all(third).state == "completed"
    third_number, third_code = documents.load(third).number, documents.load(third).code
    assert [documents.load(id).state for id in (first, second)] == ["amended", "amended"]
    (promise,) = promises.of_fairs([fair])
    assert (promise.agreement.id, promise.actual) == (third, 10**9)
    assert (counting.agreements(fair).count, counting.agreements(fair).value_vnd) == (1, 24_500_000_000)
    db.session.rollback()
    around = {first: (code, second_number), second: (second_code, third_number), third: (third_code, second_number)}
    for id, (own_code, other) in around.items():
        for page in (as_manager.get(f"/exhibitor/agreements/{id}"), client.get(f"/verify/{own_code}?lang=vi")):
            assert other in page.text
            assert ("Đã sửa đổi" in page.text) == (id != third), (id, page.request.path)
    assert number in client.get(f"/verify/{second_code}").text


def test_a_termination_ends_the_first_and_its_promises(
    completed: Agreement, as_manager: FlaskClient, fair: Fair, sign_all: Callable[[int], Agreement]
) -> None:
    first = completed.id
    db.session.rollback()
    second = begin(as_manager, first, "terminate")
    assert sign_all(second).milestones == []
    assert documents.load(first).state == "terminated"
    assert promises.of_fairs([fair]) == []
    db.session.rollback()
    assert as_manager.post(f"/exhibitor/agreements/{first}/amend").status_code == 409


def test_an_abandoned_change_leaves_the_first_in_force_and_makes_room(
    completed: Agreement, as_manager: FlaskClient, manager: User
) -> None:
    first = completed.id
    db.session.rollback()
    second = begin(as_manager, first, "amend")
    drafting.abandon(documents.load(second), by=manager, reason="Thôi")
    db.session.commit()
    assert begin(as_manager, first, "terminate") not in {first, second}
    assert documents.load(first).state == "completed"
    db.session.rollback()

"""Parties are asked twice a year how far their promises are; what is accepted counts, nothing else does."""

import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy.exc import IntegrityError

from techfair.accounts.models import User
from techfair.agreements import documents
from techfair.agreements.commitments import asking, periods, promises
from techfair.agreements.commitments.models import ProgressReport, ProgressRequest
from techfair.agreements.deal.models import Milestone
from techfair.agreements.models import Agreement
from techfair.agreements.schemas import MilestoneInput
from techfair.core import clock
from techfair.core.mail import Mail
from techfair.extensions import db
from techfair.fairs.models import Fair
from tests.agreements.conftest import THEIRS, Mailbox

JULY = datetime(2031, 7, 1, 3, tzinfo=UTC)


@pytest.fixture
def held(make_draft: Callable[..., Agreement]) -> Agreement:
    """An agreement in force with capital, jobs and a step, as if it had been signed in 2030."""
    steps = [
        MilestoneInput(title_vi="Bàn giao dây chuyền", due_on=date(2031, 3, 1)),
        MilestoneInput(title_vi="Giải ngân đợt 1", due_on=date(2031, 6, 1), measure="capital", planned=10**15),
        MilestoneInput(title_vi="Tuyển lao động", due_on=date(2032, 6, 1), measure="jobs", planned=40),
    ]
    agreement = make_draft(milestones=steps)
    agreement.state, agreement.frozen_digest = "completed", ""
    agreement.signed_on = date(2030, 11, 24)
    db.session.commit()
    return documents.load(agreement.id)


def png() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(file, "PNG")
    return io.BytesIO(file.getvalue())


def asked(box: Mailbox, template: str = "progress_asked") -> str:
    found = re.search(r"https?://[^/]+(/progress/\S+)", box.newest(template).text)
    assert found
    return found[1]


@pytest.fixture
def link(held: Agreement, ours: Mailbox) -> str:
    with clock.held_at(JULY):
        asking.ask_parties()
    return asked(ours)


def typed(**values: object) -> dict[str, object]:
    ids = db.session.scalars(db.select(Milestone.id).order_by(Milestone.position)).all()
    db.session.rollback()
    rows = {f"lines-{place}-milestone_id": str(id) for place, id in enumerate(ids)}
    return {**rows, **values}


def reported(client: FlaskClient, link: str, **values: object) -> ProgressReport:
    with clock.held_at(JULY):
        answer = client.post(link, data=typed(**values))
    assert answer.status_code == 303
    return db.session.scalars(db.select(ProgressReport).order_by(ProgressReport.id.desc())).first()


HALF = {"lines-1-actual": "500.000 tỷ"}


@pytest.mark.same_everywhere
@pytest.mark.parametrize(
    ("day", "ended"),
    [
        (date(2031, 6, 30), date(2030, 12, 31)),
        (date(2031, 7, 1), date(2031, 6, 30)),
        (date(2032, 1, 1), date(2031, 12, 31)),
    ],
)
def test_half_years_end_in_june_and_december(day: date, ended: date) -> None:
    assert periods.last_ended(day) == ended
    assert periods.last_ended(periods.next_asked(ended)) > ended


def test_every_party_is_asked_once_a_half_year_and_reminded_until_it_reports(
    held: Agreement, client: FlaskClient, ours: Mailbox, theirs: Mailbox
) -> None:
    with clock.held_at(JULY):
        asking.ask_parties()
        asking.ask_parties()
    assert db.session.scalar(db.select(db.func.count()).select_from(ProgressRequest)) == 2
    reported(client, asked(ours), **HALF)
    for weeks in range(3, 40, 3):
        with clock.held_at(JULY + timedelta(weeks=min(weeks, 24))):
            asking.ask_parties()
    sent = db.session.execute(
        db.select(Mail.to_address, db.func.count()).filter_by(template="progress_reminder").group_by(Mail.to_address)
    )
    assert [tuple(row) for row in sent] == [(THEIRS, asking.MOST)]


def test_nothing_reported_counts_before_it_is_accepted_and_history_stays(
    held: Agreement, link: str, client: FlaskClient, as_organizer: FlaskClient, fair: Fair
) -> None:
    told = reported(client, link, **HALF, files=(png(), "nghiem thu.png"))
    board = f"/organizer/fairs/{fair.slug}/commitments"
    assert "500.000 tỷ" not in as_organizer.get(f"{board}?register=agreements").text
    here = f"{board}/reports/{told.id}"
    kept = as_organizer.get(f"{here}/files/{db.session.scalar(db.text('SELECT max(id) FROM progress_file'))}")
    assert (kept.headers["Content-Type"], kept.data) == ("image/png", png().getvalue())
    assert as_organizer.post(f"{here}/accept").status_code == 303
    shown = as_organizer.get(f"{board}?register=agreements&by=sector").text
    assert '<data value="1000000000000000">' in shown
    assert '<data value="500000000000000">' in shown
    reported(client, link, **{"lines-1-actual": "1.000.000 tỷ", "lines-1-reached_on": "2031-06-28"})
    assert '<data value="500000000000000">' in as_organizer.get(f"{board}?register=agreements&by=sector").text
    db.session.rollback()
    assert [one.state for one in db.session.scalars(db.select(ProgressReport).order_by(ProgressReport.id))] == [
        "accepted",
        "waiting",
    ]


def test_a_returned_report_tells_why_and_may_be_sent_again(
    held: Agreement, link: str, client: FlaskClient, as_organizer: FlaskClient, fair: Fair, ours: Mailbox
) -> None:
    told = reported(client, link, **HALF)
    here = f"/organizer/fairs/{fair.slug}/commitments/reports/{told.id}"
    assert as_organizer.post(f"{here}/return", data={"reason": " "}).status_code == 422
    as_organizer.post(f"{here}/return", data={"reason": "Thiếu sao kê ngân hàng"})
    assert as_organizer.post(f"{here}/accept").status_code == 303  # decided already: nothing happens
    db.session.rollback()
    assert db.session.get_one(ProgressReport, told.id).state == "returned"
    db.session.rollback()
    again = asked(ours, "progress_returned")
    with clock.held_at(JULY):
        assert "Thiếu sao kê ngân hàng" in client.get(again).text
    assert reported(client, again, **HALF).state == "waiting"


def test_what_cannot_be_is_said_beside_its_field(held: Agreement, link: str, client: FlaskClient) -> None:
    no_paper = (io.BytesIO(b"MZ\x90 no paper"), "bien-ban.pdf")
    tries: dict[str, dict[str, object]] = {
        "lines-1-actual-error": {"lines-1-actual": "mười"},
        "Để trống ngày cho đến khi đạt đủ": {"lines-1-actual": "5 tỷ", "lines-1-reached_on": "2031-06-01"},
        "Nhập ngày hoàn thành": {"lines-1-actual": "1.000.000 tỷ"},
        "Ngày này chưa đến": {"lines-0-reached_on": "2031-09-01"},
        "Báo cáo ít nhất một mốc": {},
        "không phải PDF, JPEG hay PNG": {"lines-1-actual": "5 tỷ", "files": no_paper},
    }
    for says, values in tries.items():
        with clock.held_at(JULY):
            answer = client.post(link, data=typed(**values))
        assert (answer.status_code, says in answer.text) == (422, True), says
    assert db.session.scalars(db.select(ProgressReport)).all() == []


def test_a_file_stays_when_another_field_was_wrong(held: Agreement, link: str, client: FlaskClient) -> None:
    with clock.held_at(JULY):
        wrong = client.post(link, data=typed(**{"lines-1-actual": "mười", "files": (png(), "anh.png")}))
    kept = re.search(r'name="kept"[^>]*value="([^"]+)"', wrong.text)
    assert kept
    told = reported(client, link, **HALF, kept=kept[1])
    assert db.session.execute(
        db.text(f"SELECT name FROM progress_file WHERE report_id = {told.id}")
    ).scalars().all() == ["anh.png"]


def test_the_same_form_sent_twice_is_one_report_and_a_correction_replaces_what_waits(
    held: Agreement, link: str, client: FlaskClient
) -> None:
    first = reported(client, link, **HALF, form_token="abc")
    assert reported(client, link, **HALF, form_token="abc").id == first.id
    reported(client, link, **{"lines-2-actual": "12"})
    states = db.session.scalars(db.select(ProgressReport.state).order_by(ProgressReport.id)).all()
    assert states == ["replaced", "waiting"]


def test_the_database_lets_one_report_of_a_party_wait(held: Agreement) -> None:
    party = held.parties[0].id
    for _ in range(2):
        db.session.add(ProgressReport(agreement_id=held.id, party_id=party, period_on=date(2031, 6, 30)))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_overdue_ones_are_listed_and_taken_along(
    held: Agreement, link: str, as_organizer: FlaskClient, fair: Fair, at_most: Callable[..., object]
) -> None:
    here = f"/organizer/fairs/{fair.slug}/commitments/rows"
    with clock.held_at(JULY), at_most(statements=12):
        shown = as_organizer.get(f"{here}?register=agreements&state=overdue").text
    assert "Giải ngân đợt 1" in shown
    assert "Tuyển lao động" not in shown
    with clock.held_at(JULY):
        file = as_organizer.post(f"{here}.xlsx?register=agreements&measure=capital").data
    row = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(file)).active[3]]
    assert row[5] == 10**15


def test_others_fairs_and_foreign_files_stay_closed(
    held: Agreement,
    link: str,
    client: FlaskClient,
    sign_in: Callable[[User], FlaskClient],
    make_user: Callable[..., User],
    fair: Fair,
) -> None:
    told = reported(client, link, **HALF)
    stranger = sign_in(make_user("la@example.vn"))
    for path in ("", "/rows", f"/reports/{told.id}", f"/agreements/{held.id}"):
        assert stranger.get(f"/organizer/fairs/{fair.slug}/commitments{path}").status_code == 404
    assert client.get(f"{link[:-3]}xyz").status_code == 404
    assert stranger.post(f"/exhibitor/agreements/{held.id}/progress").status_code == 404


def test_a_manager_reaches_the_same_page_signed_in(held: Agreement, as_manager: FlaskClient) -> None:
    answer = as_manager.post(f"/exhibitor/agreements/{held.id}/progress")
    assert "/progress/" in answer.location
    assert "Giải ngân đợt 1" in as_manager.get(answer.location).text


def test_foreign_capital_is_reported_in_its_own_currency_and_never_added_to_dong(
    held: Agreement, client: FlaskClient, as_organizer: FlaskClient, fair: Fair, ours: Mailbox
) -> None:
    capital = db.session.scalars(db.select(Milestone).filter_by(measure="capital")).one()
    capital.planned, capital.currency, capital.rate, capital.rate_on = 10**6, "USD", 25_450, date(2030, 11, 20)
    dong = {"title_vi": "Vốn đồng", "due_on": date(2031, 6, 2), "measure": "capital", "planned": 10**9}
    db.session.add(Milestone(agreement_id=held.id, position=4, **dong))
    db.session.commit()
    with clock.held_at(JULY):
        asking.ask_parties()
        refused = client.post(asked(ours), data=typed(**{"lines-1-actual": "5 tỷ đồng"}))
    assert "nhưng ở đây cần số tiền bằng USD" in refused.text
    told = reported(client, asked(ours), **{"lines-1-actual": "400.000"})
    board = f"/organizer/fairs/{fair.slug}/commitments"
    as_organizer.post(f"{board}/reports/{told.id}/accept")
    dollars = as_organizer.get(f"{board}?register=agreements&measure=capital:USD").text
    assert all(f'<data value="{one}">' in dollars for one in (10**6, 400_000))
    assert f'<data value="{10**9}">' not in dollars
    assert f'<data value="{10**9}">' in as_organizer.get(f"{board}?register=agreements&measure=capital").text
    rows = f"{board}/rows?register=agreements&measure=capital:USD"
    assert "tương đương 25.450.000.000 đồng theo tỷ giá 25.450 đồng cho 1 USD" in as_organizer.get(rows).text
    file = as_organizer.post(rows.replace("rows?", "rows.xlsx?")).data
    row = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(file)).active[3]]
    assert row[5:9] == [10**6, 400_000, "USD", 25_450_000_000]
    assert as_organizer.get(f"{board}/rows?measure=capital:XXX").status_code == 404


def test_capital_of_confidential_documents_is_counted_and_never_shown(held: Agreement) -> None:
    held.is_confidential, found = True, promises.of_agreement(held)
    (capital,) = [one for key, one in promises.sums(found).items() if key == "capital"]
    assert (capital.count, capital.hidden, capital.planned) == (1, 1, 0)
    db.session.rollback()

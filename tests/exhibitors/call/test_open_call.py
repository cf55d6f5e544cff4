"""The open call: its days, its conditions in versions, its questions, and what applicants say to them."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from techfair.accounts.models import User
from techfair.core import audit, clock
from techfair.exhibitors import applications
from techfair.exhibitors.call.models import CallAcceptance, CallAnswer, CallQuestion, CallTerms
from techfair.exhibitors.models import Application, Company
from techfair.extensions import db
from techfair.fairs.models import Fair
from tests.exhibitors.test_applying import TYPED

CALL = "/organizer/fairs/gia-lai/call"
AREA = {"text_vi": "Diện tích cần?", "text_en": "Which area?", "kind": "number", "is_required": "y", "version": "0"}
STAND = {
    "text_vi": "Kiểu gian",
    "kind": "one",
    "choices_text": "Có sẵn | Built\nTự dựng | Own stand",
    "version": "0",
}
Ask = Callable[..., CallQuestion]


@pytest.fixture
def ask(as_organizer: FlaskClient, fair: Fair) -> Ask:
    """Asks a question through the organizer's page."""

    def asked(values: dict[str, Any] = AREA, slug: str = "gia-lai") -> CallQuestion:
        assert as_organizer.post(f"/organizer/fairs/{slug}/call/questions/new", data=values).status_code == 303
        return db.session.scalars(select(CallQuestion).order_by(CallQuestion.id.desc()).limit(1)).one()

    return asked


@pytest.fixture
def set_terms(as_organizer: FlaskClient, fair: Fair) -> Callable[..., TestResponse]:
    def put(text: str, version: int) -> TestResponse:
        return as_organizer.post(f"{CALL}/conditions", data={"text_vi": text, "version": version})

    return put


@pytest.fixture
def apply(fair: Fair, client: FlaskClient) -> Callable[..., TestResponse]:
    def sent(by: FlaskClient = client, **more: Any) -> TestResponse:
        return by.post(f"/fairs/{fair.slug}/apply", data=TYPED | more)

    return sent


def said() -> list[list[str]]:
    return list(db.session.scalars(select(CallAnswer.said).order_by(CallAnswer.question_id)))


def test_questions_stand_in_the_form_and_their_answers_in_review_and_file(
    ask: Ask, apply: Callable[..., TestResponse], as_organizer: FlaskClient, client: FlaskClient
) -> None:
    area, stand = ask(), ask(STAND)
    page = client.get("/fairs/gia-lai/apply", query_string={"lang": "en"}).text
    assert page.index("Which area?") < page.index("Own stand")
    refused = apply(**{f"question_{area.id}": "nhiều"})
    assert refused.status_code == 422
    assert f'id="question_{area.id}-error"' in refused.text
    assert apply(**{f"question_{area.id}": "1200", f"question_{stand.id}": "2"}).status_code == 303
    assert said() == [["1200"], ["2"]]
    application = db.session.scalars(select(Application)).one()
    review = as_organizer.get(f"/organizer/fairs/gia-lai/exhibitors/{application.id}").text
    assert "1.200" in review
    assert "Tự dựng" in review
    sheet = openpyxl.load_workbook(io.BytesIO(as_organizer.post(f"{CALL}/applications.xlsx").data)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][-2:] == ("Diện tích cần?", "Kiểu gian")
    assert rows[2][-2:] == ("1.200", "Tự dựng")
    assert audit.of(db.session.scalars(select(Fair)).one(), limit=1)[0].action == "applications.exported"


def test_conditions_must_be_accepted_in_the_version_shown_and_that_text_is_kept(
    set_terms: Callable[..., TestResponse], apply: Callable[..., TestResponse], as_organizer: FlaskClient
) -> None:
    set_terms("Bản một", 0)
    first = db.session.scalars(select(CallTerms.id)).one()
    assert "Bản một" in apply().text
    assert set_terms("Bản hai", 1).status_code == 303
    late = apply(terms_id=first, accepted="y")  # from a page opened before
    assert late.status_code == 422
    assert "đã thay đổi" in late.text
    second = db.session.scalars(select(CallTerms.id).order_by(CallTerms.id.desc()).limit(1)).one()
    assert apply(terms_id=second, accepted="y").status_code == 303
    set_terms("Bản ba", 2)
    application = db.session.scalars(select(Application)).one()
    assert db.session.scalars(select(CallAcceptance.terms_id)).all() == [second]
    assert "Bản hai" in as_organizer.get(f"/organizer/fairs/gia-lai/exhibitors/{application.id}").text


def test_of_two_organizers_who_write_conditions_the_second_is_told(set_terms: Callable[..., TestResponse]) -> None:
    set_terms("Của tôi", 0)
    answer = set_terms("Của bạn", 0)
    assert answer.status_code == 409
    assert "Của tôi" in answer.text
    assert "Của bạn" in answer.text


def test_the_database_refuses_a_second_text_of_one_version(fair: Fair) -> None:
    db.session.add_all(CallTerms(fair_id=fair.id, version=1, text_vi=text) for text in ("Một", "Hai"))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_an_answered_question_is_retired_and_its_kind_stays(
    ask: Ask, apply: Callable[..., TestResponse], as_organizer: FlaskClient, client: FlaskClient
) -> None:
    area, stand = ask(), ask(STAND)
    apply(**{f"question_{area.id}": "12"})
    as_organizer.post(f"{CALL}/questions/{stand.id}/retire")
    as_organizer.post(f"{CALL}/questions/{area.id}/retire")
    assert db.session.scalars(select(CallQuestion.text_vi)).all() == ["Diện tích cần?"]
    assert "Diện tích cần?" not in client.get("/fairs/gia-lai/apply").text
    application = db.session.scalars(select(Application)).one()
    review = as_organizer.get(f"/organizer/fairs/gia-lai/exhibitors/{application.id}").text
    assert "Diện tích cần? (nay không hỏi nữa)" in review
    as_organizer.post(f"{CALL}/questions/{area.id}/again")
    changed = as_organizer.post(f"{CALL}/questions/{area.id}", data=AREA | {"kind": "line", "version": area.version})
    assert changed.status_code == 409
    assert "thêm câu mới" in changed.text


def test_questions_are_asked_in_the_order_that_the_organizer_gives(
    ask: Ask, as_organizer: FlaskClient, client: FlaskClient
) -> None:
    ask()
    stand = ask(STAND)
    as_organizer.post(f"{CALL}/questions/{stand.id}/up")
    page = client.get("/fairs/gia-lai/apply").text
    assert page.index("Kiểu gian") < page.index("Diện tích cần?")


def test_a_returned_application_is_corrected_with_its_answers_also_after_the_last_day(
    ask: Ask, fair: Fair, application: Application, company: Company, organizer: User, as_manager: FlaskClient
) -> None:
    area = ask()
    applications.return_(application, organizer, "Cần diện tích")
    fair.applications_close_on = clock.today(fair.timezone) - timedelta(days=1)
    db.session.commit()
    typed = TYPED | {"contact_email": company.contact_email, "version": company.version}
    address = f"/exhibitor/applications/{application.id}/edit"
    assert as_manager.post(address, data=typed).status_code == 422
    assert as_manager.post(address, data=typed | {f"question_{area.id}": "18"}).status_code == 303
    assert (application.state, said()) == ("submitted", [["18"]])


def test_a_draft_of_before_cannot_be_handed_in_after_the_last_day(
    fair: Fair, company: Company, manager: User, as_manager: FlaskClient
) -> None:
    draft = applications.start(fair, company, manager, exhibits="Máy sấy")
    fair.applications_close_on = clock.today(fair.timezone) - timedelta(days=1)
    db.session.commit()
    address = f"/exhibitor/applications/{draft.id}/edit"
    last = f"{fair.applications_close_on:%d/%m/%Y}"
    assert last in as_manager.get(address).text
    answer = as_manager.post(address, data=TYPED | {"version": company.version, "exhibits": "Máy sấy mới"})
    assert answer.status_code == 409
    assert "Máy sấy mới" in answer.text
    assert draft.state == "draft"
    assert last in as_manager.get("/fairs/gia-lai/apply", follow_redirects=True).text


def test_a_known_company_finds_its_last_answers_to_like_questions(
    ask: Ask,
    make_fair: Callable[..., Fair],
    company: Company,
    as_manager: FlaskClient,
    apply: Callable[..., TestResponse],
) -> None:
    area, stand = ask(), ask(STAND)
    given = {f"question_{area.id}": "37", f"question_{stand.id}": "2", "version": company.version}
    assert apply(by=as_manager, **given).status_code == 303
    make_fair("next")
    ask(AREA | {"text_vi": "DIEN TICH CAN"}, slug="next")
    ask(STAND | {"choices_text": "Tự dựng\nCó sẵn"}, slug="next")
    page = as_manager.get("/fairs/next/apply").text
    assert 'value="37"' in page
    assert '<option selected value="1">Tự dựng' in page
    assert "Đã điền sẵn câu trả lời lần trước" in page


def test_the_call_is_the_business_of_this_fairs_organizers_alone(
    ask: Ask,
    as_steward: FlaskClient,
    as_manager: FlaskClient,
    make_fair: Callable[..., Fair],
    as_organizer: FlaskClient,
) -> None:
    question = ask()
    make_fair("other")
    for path in ("", "/conditions", "/questions/new", f"/questions/{question.id}"):
        assert as_steward.get(CALL + path).status_code == 404
        assert as_manager.get(CALL + path).status_code == 404
    assert as_organizer.post(f"/organizer/fairs/other/call/questions/{question.id}/retire").status_code == 404

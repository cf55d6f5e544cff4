"""Organizers get through a queue together: narrowed, compared, noted about, shared out, many decided at once."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from techfair.accounts.models import UnitRole, User
from techfair.core import audit
from techfair.core.mail import Mail
from techfair.exhibitors import applications, companies
from techfair.exhibitors.call.models import CallAnswer, CallQuestion
from techfair.exhibitors.models import Application
from techfair.exhibitors.record_models import Technology
from techfair.exhibitors.reviewing.models import ApplicationNote
from techfair.extensions import db
from techfair.fairs.models import Fair, OrganizingUnit

ROOT = "/organizer/fairs/gia-lai/exhibitors"
Apply = Callable[..., Application]
Mails = Callable[[], list[Mail]]


@pytest.fixture
def apply(fair: Fair, make_user: Callable[..., User]) -> Apply:
    """Another company's application, handed in."""

    def made(name: str, sector: str = "agri", **values: Any) -> Application:
        user = make_user(f"{name.split()[-1].lower()}@applicant.example")
        company = companies.create(user, [sector], name_vi=name, **values)
        application = applications.start(fair, company, user, exhibits=f"Máy của {name}", booth_wish="Góc")
        applications.submit(application, user)
        db.session.commit()
        return application

    return made


@pytest.fixture
def reviewer(make_user: Callable[..., User], unit: OrganizingUnit) -> User:
    user = make_user("reviewer@example.vn", full_name="Phạm Thị Xét")
    db.session.add(UnitRole(user_id=user.id, unit_id=unit.id, role="staff", grants=["exhibitors"]))
    db.session.commit()
    return user


def names(page: str) -> set[str]:
    return {name for name in ("Đại Nguyên", "Hàn Quốc", "Cao Nguyên") if name in page.partition("<tbody>")[2]}


def test_the_queue_is_narrowed_by_what_companies_are_and_by_what_they_leave_open(
    as_organizer: FlaskClient, fair: Fair, application: Application, apply: Apply
) -> None:
    apply("Công ty Hàn Quốc", country="KR")
    apply("Trại Cao Nguyên", province_code="52")
    question = CallQuestion(fair_id=fair.id, place=1, kind="line", text_vi="Cần bao nhiêu điện?")
    db.session.add(question)
    db.session.flush()
    db.session.add(CallAnswer(application_id=application.id, question_id=question.id, said=["3 kW"]))
    db.session.commit()

    def narrowed(**query: Any) -> set[str]:
        return names(as_organizer.get(ROOT, query_string=query).text)

    assert narrowed(sector="food") == {"Đại Nguyên"}
    assert narrowed(country="KR") == {"Hàn Quốc"}
    assert narrowed(province="Gia Lai", q="cao nguyen") == {"Cao Nguyên"}
    assert narrowed(unanswered=question.id) == narrowed(unanswered="any") == {"Hàn Quốc", "Cao Nguyên"}
    assert narrowed(state="approved") == set()
    assert narrowed(sector="x\x00", country="?", reviewer="9" * 30, unanswered="' OR", sort="-no") == {
        "Đại Nguyên",
        "Hàn Quốc",
        "Cao Nguyên",
    }


def test_the_queue_and_a_comparison_send_few_statements_however_many_there_are(
    as_organizer: FlaskClient, application: Application, technology: Technology, apply: Apply, at_most: Any
) -> None:
    others = [apply(f"Công ty Số {number}", province_code="52") for number in range(4)]
    db.session.add_all(CallQuestion(fair_id=application.fair_id, place=n, kind="line", text_vi=f"{n}?") for n in (1, 2))
    db.session.commit()
    with at_most(statements=22):
        as_organizer.get(ROOT, query_string={"reviewer": "me"})
    with at_most(statements=22):
        assert "Công ty Số 3" in as_organizer.get(f"{ROOT}?sort=-company").text
    ids = [application.id, *(one.id for one in others[:3])]
    with at_most(statements=16):
        page = as_organizer.get(f"{ROOT}/compare", query_string={"id": ids}).text
    assert technology.title_vi in page
    assert "Máy của Công ty Số 2" in page


def test_two_to_four_are_compared(as_organizer: FlaskClient, application: Application, apply: Apply) -> None:
    other = apply("Công ty Hàn Quốc")
    chosen = {"deed": "compare", "application": [application.id, other.id]}
    assert f"compare?id={application.id}&id={other.id}" in as_organizer.post(f"{ROOT}/chosen", data=chosen).location
    alone = as_organizer.post(f"{ROOT}/chosen", data={"deed": "compare", "application": [other.id], "q": "han"})
    assert alone.location.endswith(f"{ROOT}?q=han")


def test_many_are_returned_after_a_look_and_each_tells_what_became_of_it(
    as_organizer: FlaskClient, organizer: User, application: Application, apply: Apply, mails: Mails
) -> None:
    other, decided = apply("Công ty Hàn Quốc", language="en", name_en="Korea Co"), apply("Trại Cao Nguyên")
    batch = {"deed": "return", "application": [application.id, other.id, decided.id], "reason": "Thiếu bản vẽ"}
    before = len(mails())
    look = as_organizer.post(f"{ROOT}/chosen", data=batch | {"reason": ""}).text
    assert "[lý do sẽ được nhập]" in look
    assert "[the reason that you type]" in look
    assert "Sẽ gửi 3 thư" in look
    applications.withdraw(decided, organizer)  # in the same moment, by the company itself
    db.session.commit()
    refused = as_organizer.post(f"{ROOT}/chosen/decide", data=batch | {"reason": " "})
    assert (refused.status_code, 'id="reason-error"' in refused.text) == (422, True)
    assert "Thiếu bản vẽ" in as_organizer.post(f"{ROOT}/chosen/decide", data=batch | {"look": "1"}).text
    assert {one.state for one in (application, other)} == {"submitted"}
    before = len(mails())
    done = as_organizer.post(f"{ROOT}/chosen/decide", data=batch).text
    assert "2 trên 3" in done
    assert "thay đổi" in done
    db.session.expire_all()
    assert [one.state for one in (application, other, decided)] == ["returned", "returned", "withdrawn"]
    letters = mails()[before:]
    assert {letter.to_address for letter in letters} == {"contact@dai-nguyen.example.vn", "quốc@applicant.example"}
    assert all("Thiếu bản vẽ" in letter.text for letter in letters)
    assert [audit.of(one, limit=1)[0].action for one in (application, other)] == ["application.returned"] * 2


def test_only_who_may_decide_decides_many_and_only_of_their_fair(
    sign_in: Callable[[User], FlaskClient],
    make_user: Callable[..., User],
    make_fair: Callable[..., Fair],
    unit: OrganizingUnit,
    as_organizer: FlaskClient,
    application: Application,
) -> None:
    reader = make_user("reader@example.vn")
    db.session.add(UnitRole(user_id=reader.id, unit_id=unit.id, role="staff", grants=["read"]))
    make_fair("other")
    db.session.commit()
    batch = {"deed": "approve", "application": [application.id], "to": ""}
    browser = sign_in(reader)
    for path, deed in (("chosen", "approve"), ("chosen", "assign"), ("chosen/decide", "approve")):
        assert browser.post(f"{ROOT}/{path}", data=batch | {"deed": deed}).status_code == 404
    assert browser.post(f"{ROOT}/{application.id}/notes", data={"text": "x"}).status_code == 404
    as_organizer.post("/organizer/fairs/other/exhibitors/chosen/decide", data=batch)
    assert as_organizer.post(f"{ROOT}/chosen/decide", data=batch | {"deed": "cancel"}).status_code == 400
    assert application.state == "submitted"


def test_a_reviewer_is_told_once_of_all_and_finds_them_as_theirs(
    as_organizer: FlaskClient,
    sign_in: Callable[[User], FlaskClient],
    reviewer: User,
    manager: User,
    application: Application,
    apply: Apply,
    mails: Mails,
) -> None:
    batch = {"deed": "assign", "application": [application.id, apply("Công ty Hàn Quốc").id]}
    apply("Trại Cao Nguyên")
    before = len(mails())
    as_organizer.post(f"{ROOT}/chosen", data=batch | {"to": manager.id})  # an applicant decides nothing
    assert len(mails()) == before
    for _time in range(2):
        as_organizer.post(f"{ROOT}/chosen", data=batch | {"to": reviewer.id})
    (letter,) = mails()[before:]
    assert letter.to_address == reviewer.email
    assert "Đại Nguyên" in letter.text
    assert names(sign_in(reviewer).get(f"{ROOT}?reviewer=me").text) == {"Đại Nguyên", "Hàn Quốc"}
    assert names(as_organizer.get(f"{ROOT}?reviewer=none").text) == {"Cao Nguyên"}


def test_notes_stay_among_organizers_and_are_taken_back_by_who_wrote_them(
    as_organizer: FlaskClient,
    as_manager: FlaskClient,
    sign_in: Callable[[User], FlaskClient],
    reviewer: User,
    application: Application,
    mails: Mails,
) -> None:
    as_organizer.post(f"{ROOT}/{application.id}/notes", data={"text": "Năm ngoái trả gian muộn"})
    page = sign_in(reviewer).get(f"{ROOT}/{application.id}").text
    assert "Năm ngoái trả gian muộn" in page
    assert "Trần Thị Tổ Chức" in page
    note = db.session.scalars(db.select(ApplicationNote)).one()
    take_back = f"{ROOT}/{application.id}/notes/{note.id}/take-back"
    assert take_back in as_organizer.get(f"{ROOT}/{application.id}").text
    assert take_back not in page
    assert sign_in(reviewer).post(take_back).status_code == 404
    as_organizer.post(f"{ROOT}/{application.id}/decide", data={"deed": "return", "reason": "Bổ sung"})
    shown = [as_manager.get(path).text for path in (f"/exhibitor/applications/{application.id}", "/exhibitor/")]
    taken = as_organizer.post("/organizer/fairs/gia-lai/call/applications.xlsx").data
    assert "muộn" not in "".join([*shown, *(letter.text for letter in mails())])
    assert "Ghi chú" not in shown[0]
    assert "muộn".encode() not in taken
    assert as_organizer.post(take_back).status_code == 303
    assert "muộn" not in as_organizer.get(f"{ROOT}/{application.id}").text

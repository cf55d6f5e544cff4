"""What is typed into a long form is kept for its author: over a closed browser, a colleague's save, the last day."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.core import clock
from techfair.exhibitors.drafts import keeping
from techfair.exhibitors.drafts.models import FormDraft
from techfair.exhibitors.models import Application, Company
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db
from techfair.fairs.models import Fair

APPLY = "/fairs/gia-lai/apply"
TYPED = {
    "name_vi": "Công ty TNHH Cơ khí Đại Nguyên",
    "kind": "institute",
    "country": "VN",
    "tax_code": "99",
    "sectors": ["mech"],
    "contact_name": "Võ Thanh Vân",
    "exhibits": "Máy sấy cà phê\x00 trống quay",
    "form_token": "one",
    "version": "",
    "accepted": "y",
}


def test_who_has_no_account_finds_it_in_the_same_browser_and_nobody_else_does(
    client: FlaskClient, fair: Fair, app: Any
) -> None:
    assert client.post(f"{APPLY}/draft", data=TYPED).json == {"saved": True}
    assert client.post(f"{APPLY}/draft", data=TYPED | {"contact_name": "Võ Vân"}).status_code == 200
    page = client.get(APPLY).text
    assert "Nội dung đã nhập được giữ lại" in page
    assert "Máy sấy cà phê trống quay" in page
    assert 'value="Võ Vân"' in page
    assert '<option selected value="institute">' in page
    assert "Máy sấy" not in app.test_client().get(APPLY).text
    assert client.post(f"{APPLY}/draft", data={"discard": "1"}).status_code == 303
    assert "Máy sấy" not in client.get(APPLY).text


def test_once_it_is_sent_there_is_no_draft(client: FlaskClient, fair: Fair) -> None:
    client.post(f"{APPLY}/draft", data=TYPED)
    whole = {"tax_code": "9900000111", "province_code": "52", "language": "vi"}
    contact = {"contact_email": "van@dai-nguyen.example.vn", "contact_phone": "0269 3800 531"}
    assert client.post(APPLY, data=TYPED | whole | contact | {"exhibits": "Máy sấy"}).status_code == 303
    assert db.session.scalars(db.select(FormDraft)).all() == []


def test_what_comes_after_the_last_day_is_kept_and_shown(client: FlaskClient, fair: Fair) -> None:
    fair.applications_close_on = fair.today - timedelta(days=1)
    db.session.commit()
    late = client.post(APPLY, data=TYPED | {"exhibits": "Máy sấy cà phê trống quay"})
    assert (late.status_code, "Máy sấy cà phê trống quay" in late.text) == (409, True)
    assert db.session.scalars(db.select(Application)).all() == []
    assert "Máy sấy cà phê trống quay" in client.get(APPLY).text
    fair.applications_close_on = None
    db.session.commit()
    assert 'value="Công ty TNHH Cơ khí Đại Nguyên"' in client.get(APPLY).text


def test_a_draft_of_a_record_keeps_the_version_so_that_no_colleague_is_undone(
    as_manager: FlaskClient, technology: Technology
) -> None:
    page = f"/exhibitor/technologies/{technology.public_ref}"
    typed = {"title_vi": "Máy sấy mới", "sectors": ["agri"], "version": str(technology.version), "price_low": "hai tỷ"}
    as_manager.post(f"{page}/draft", data=typed)
    technology.title_vi = "Máy sấy của đồng nghiệp"
    db.session.commit()
    form = as_manager.get(page).text
    assert 'value="Máy sấy mới"' in form
    assert 'value="hai tỷ"' in form
    assert f'name="version" type="hidden" value="{typed["version"]}"' in form
    whole = {"summary_vi": "Sấy", "readiness": "9", "transfer_forms": ["licence"], "price_kind": "by_agreement"}
    clash = as_manager.post(page, data=typed | whole | {"price_low": ""})
    assert (clash.status_code, "Máy sấy của đồng nghiệp" in clash.text) == (409, True)


def test_a_new_record_and_a_returned_application_keep_drafts_too(
    as_manager: FlaskClient, as_organizer: FlaskClient, application: Application
) -> None:
    as_manager.post("/exhibitor/needs/new/draft", data={"title_vi": "Cần máy tách màu"})
    assert 'value="Cần máy tách màu"' in as_manager.get("/exhibitor/needs/new").text
    decide = f"/organizer/fairs/gia-lai/exhibitors/{application.id}/decide"
    as_organizer.post(decide, data={"deed": "return", "reason": "Bổ sung"})
    as_manager.post(f"/exhibitor/applications/{application.id}/draft", data={"booth_wish": "Gian góc"})
    assert 'value="Gian góc"' in as_manager.get(f"/exhibitor/applications/{application.id}/edit").text


def test_only_who_may_fill_a_form_in_keeps_a_draft_of_it(
    application: Application,
    technology: Technology,
    make_user: Callable[..., User],
    sign_in: Callable[[User], FlaskClient],
    client: FlaskClient,
) -> None:
    stranger = sign_in(make_user("stranger@example.vn"))
    for path in (f"applications/{application.id}", f"technologies/{technology.public_ref}", "needs/new"):
        assert stranger.post(f"/exhibitor/{path}/draft", data={"title_vi": "x"}).status_code == 404
        assert client.post(f"/exhibitor/{path}/draft", data={"title_vi": "x"}).status_code == 303  # to sign in
    assert client.post(f"{APPLY}/draft", data={"exhibits": "x" * 300_000}).status_code == 413
    assert db.session.scalars(db.select(FormDraft)).all() == []


def test_what_nobody_came_back_to_goes(client: FlaskClient, fair: Fair, company: Company) -> None:
    client.post(f"{APPLY}/draft", data=TYPED)
    with clock.held_at(clock.now() + timedelta(days=keeping.DAYS + 1)):
        keeping.forget_old_drafts()
    assert db.session.scalars(db.select(FormDraft)).all() == []

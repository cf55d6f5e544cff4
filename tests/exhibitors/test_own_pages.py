"""An exhibitor sees where it stands, corrects, describes itself and publishes; nobody else does."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.core import audit
from techfair.exhibitors import applications, booths, forms
from techfair.exhibitors.models import Application, BoothAssignment, Company, Exhibitor
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db
from techfair.fairs.floor.models import Booth

TYPED = {
    "name_vi": "Công ty Cơ khí Đại Nguyên",
    "kind": "firm",
    "country": "VN",
    "tax_code": "9900000111",
    "province_code": "52",
    "sectors": ["food"],
    "contact_name": "Võ Thanh Vân",
    "contact_email": "contact@dai-nguyen.example.vn",
    "contact_phone": "0269 3800 531",
    "language": "vi",
}
OFFER = {
    "title_vi": "Máy sấy cà phê",
    "title_en": "Coffee dryer",
    "summary_vi": "Sấy 6 tấn một mẻ",
    "sectors": ["food"],
    "keywords_vi": "sấy, cà phê; sấy",
    "readiness": "9",
    "transfer_forms": ["licence"],
    "price_kind": "range",
    "price_low": "1,8 tỷ",
    "price_high": "3,5 tỷ",
    "price_currency": "VND",
    "deed": "publish",
}


def test_the_overview_names_the_state_and_the_next_step(as_manager: FlaskClient, application: Application) -> None:
    page = as_manager.get("/exhibitor/").text
    assert "Đã nộp" in page
    assert "Quý đơn vị không cần làm gì thêm" in page


def test_who_acts_for_no_company_is_told_where_to_begin(
    sign_in: Callable[[User], FlaskClient], make_user: Callable[..., User]
) -> None:
    assert "chưa thuộc đơn vị nào" in sign_in(make_user()).get("/exhibitor/").text


def test_the_timeline_tells_what_the_organizer_said_but_not_who_it_was(
    as_manager: FlaskClient, application: Application, organizer: User
) -> None:
    applications.return_(application, organizer, "Thiếu biểu trưng")
    db.session.commit()
    page = as_manager.get(f"/exhibitor/applications/{application.id}").text
    assert "Thiếu biểu trưng" in page
    assert organizer.email not in page


def test_a_returned_application_is_corrected_and_handed_in_again(
    as_manager: FlaskClient, application: Application, company: Company, organizer: User
) -> None:
    applications.return_(application, organizer, "Thiếu mô tả")
    db.session.commit()
    address = f"/exhibitor/applications/{application.id}/edit"
    assert "Thiếu mô tả" in as_manager.get(address).text
    as_manager.post(address, data=TYPED | {"exhibits": "Máy sấy và mô hình", "version": company.version})
    assert (application.state, application.exhibits) == ("submitted", "Máy sấy và mô hình")


def test_a_submitted_application_is_not_edited(as_manager: FlaskClient, application: Application) -> None:
    assert as_manager.get(f"/exhibitor/applications/{application.id}/edit").status_code == 303


def test_withdrawing_frees_the_booth(
    as_manager: FlaskClient, exhibitor: Exhibitor, application: Application, booth: Booth, organizer: User
) -> None:
    booths.assign(exhibitor, booth, organizer)
    db.session.commit()
    as_manager.post(f"/exhibitor/applications/{application.id}/withdraw")
    assert application.state == "withdrawn"
    assert db.session.scalars(db.select(BoothAssignment.state)).all() == ["released"]


def test_of_two_who_save_the_profile_the_second_sees_both_versions(
    as_manager: FlaskClient, company: Company
) -> None:  # K033, K096
    opened = company.version
    as_manager.post("/exhibitor/profile", data=TYPED | {"contact_phone": "0269 3800 532", "version": opened})
    second = as_manager.post("/exhibitor/profile", data=TYPED | {"profile_vi": "Xưởng ở Pleiku", "version": opened})
    assert second.status_code == 409
    assert "+842693800532" in second.text
    assert "Xưởng ở Pleiku" in second.text
    assert company.profile_vi == ""
    again = as_manager.post(
        "/exhibitor/profile", data=TYPED | {"profile_vi": "Xưởng ở Pleiku", "version": company.version}
    )
    assert again.status_code == 303
    assert company.profile_vi == "Xưởng ở Pleiku"


def test_the_tax_code_of_another_company_is_refused_at_its_field(
    as_manager: FlaskClient, company: Company, make_company: Callable[..., Company], make_user: Callable[..., User]
) -> None:
    make_company("Công ty Khác", by=make_user("other@example.vn"), tax_code="9900000129")
    answer = as_manager.post("/exhibitor/profile", data=TYPED | {"tax_code": "9900000129", "version": company.version})
    assert answer.status_code == 409
    assert 'id="tax_code-error"' in answer.text
    assert "Công ty Khác" not in answer.text


def test_a_technology_is_published_by_one_form(as_manager: FlaskClient, company: Company) -> None:
    as_manager.post("/exhibitor/technologies/new", data=OFFER)
    technology = db.session.scalars(db.select(Technology)).one()
    assert (technology.state, technology.readiness, technology.keywords_vi) == ("published", 9, ["sấy", "cà phê"])
    assert (technology.price_low, technology.price_high) == (1_800_000_000, 3_500_000_000)
    assert audit.of(technology, limit=1)[0].action == "technology.published"


def test_a_draft_may_be_unfinished_but_what_is_published_may_not(as_manager: FlaskClient, company: Company) -> None:
    assert (
        as_manager.post(
            "/exhibitor/technologies/new",
            data={"title_vi": "Máy", "deed": "save", "price_kind": "by_agreement", "price_currency": "VND"},
        ).status_code
        == 303
    )
    refused = as_manager.post(
        "/exhibitor/technologies/new",
        data={"title_vi": "Máy", "deed": "publish", "price_kind": "by_agreement", "price_currency": "VND"},
    )
    assert refused.status_code == 422
    assert refused.text.count("Cần điền mục này trước khi công bố.") >= 4


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"price_low": "19,928 tỷ"}, "price_low"),
        ({"price_low": "9 tỷ", "price_high": "1 tỷ"}, "price_high"),
        ({"summary_vi": "x" * 501}, "summary_vi"),
        ({"title_vi": ""}, "title_vi"),
        ({"sectors": ["food", "agri", "forestry", "aqua", "bio", "med"]}, "sectors"),
    ],
)
def test_a_wrong_field_of_a_technology_says_so_and_keeps_the_rest(
    as_manager: FlaskClient, company: Company, changed: dict[str, Any], field: str
) -> None:
    answer = as_manager.post("/exhibitor/technologies/new", data=OFFER | changed)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "Coffee dryer" in answer.text


def test_a_form_of_levels_shows_each_with_its_meaning(as_manager: FlaskClient, company: Company) -> None:
    page = as_manager.get("/exhibitor/technologies/new").text
    assert "1 – Đã quan sát và ghi nhận nguyên lý cơ bản" in page
    assert page.count('name="readiness"') == 9


def test_of_two_who_save_a_technology_the_second_sees_both_versions(
    as_manager: FlaskClient, technology: Technology
) -> None:
    address, opened = f"/exhibitor/technologies/{technology.public_ref}", technology.version
    as_manager.post(address, data=OFFER | {"title_vi": "Máy sấy một", "version": opened})
    second = as_manager.post(address, data=OFFER | {"title_vi": "Máy sấy hai", "version": opened})
    assert second.status_code == 409
    assert "Máy sấy một" in second.text
    assert "Máy sấy hai" in second.text


def test_a_published_technology_is_taken_out_and_published_again(
    as_manager: FlaskClient, technology: Technology
) -> None:
    address = f"/exhibitor/technologies/{technology.public_ref}"
    as_manager.post(f"{address}/archive")
    assert technology.state == "archived"
    as_manager.post(address, data=OFFER | {"version": technology.version})
    assert technology.state == "published"


def test_a_need_is_published_by_one_form(as_manager: FlaskClient, company: Company) -> None:
    typed = {
        "title_vi": "Hạt mốc",
        "problem_vi": "Mưa",
        "wanted_result_vi": "5 tấn",
        "sectors": ["food"],
        "budget_high": "1 tỷ",
        "budget_low": "300 triệu",
    }
    as_manager.post(
        "/exhibitor/needs/new", data=typed | {"budget_currency": "VND", "lowest_readiness": "7", "deed": "publish"}
    )
    need = db.session.scalars(db.select(Need)).one()
    assert (need.state, need.lowest_readiness, need.budget_low) == ("published", 7, 300_000_000)


def test_staff_read_but_do_not_decide(
    application: Application,
    company: Company,
    make_user: Callable[..., User],
    sign_in: Callable[[User], FlaskClient],
    manager: User,
) -> None:
    from techfair.exhibitors import companies

    staff = make_user("staff@example.vn")
    companies.admit(company, staff, manager)
    db.session.commit()
    browser = sign_in(staff)
    assert browser.get(f"/exhibitor/applications/{application.id}").status_code == 200
    assert browser.post(f"/exhibitor/applications/{application.id}/withdraw").status_code == 404


@pytest.fixture
def addresses(application: Application, company: Company, technology: Technology) -> list[str]:
    return [
        f"/exhibitor/?company={company.public_ref}",
        f"/exhibitor/profile?company={company.public_ref}",
        f"/exhibitor/applications/{application.id}",
        f"/exhibitor/applications/{application.id}/edit",
        f"/exhibitor/technologies/{technology.public_ref}",
    ]


def test_another_company_s_addresses_are_no_addresses(
    addresses: list[str],
    make_company: Callable[..., Company],
    make_user: Callable[..., User],
    sign_in: Callable[[User], FlaskClient],
) -> None:
    stranger = make_user("stranger@example.vn")
    make_company("Công ty Khác", by=stranger)
    browser = sign_in(stranger)
    assert [browser.get(address).status_code for address in addresses] == [404] * len(addresses)


def test_nobody_gets_there_without_signing_in(client: FlaskClient, addresses: list[str]) -> None:
    assert all("/sign-in" in client.get(address).location for address in addresses)


def test_exhibitors_land_on_their_own_page_after_signing_in(manager: User, company: Company, app: Any) -> None:
    from techfair.accounts import landing

    with app.test_request_context():
        assert landing.of(manager) == "/exhibitor/"


def test_a_profile_says_who_owns_the_company_and_shows_its_lists_as_lists(
    as_manager: FlaskClient, exhibitor: Exhibitor, client: FlaskClient
) -> None:
    company = db.session.get_one(Company, exhibitor.company_id)
    form = forms.values_of(company) | {"ownership": "collective", "profile_vi": "Làm:\n- máy sấy\n- <b>máy xát</b>"}
    assert as_manager.post("/exhibitor/profile", data=form | {"contact_phone": "0905123456"}).status_code == 303
    page = client.get(f"/fairs/gia-lai/exhibitors/{company.public_ref}").text
    assert "Tập thể" in page
    assert "<ul><li>máy sấy</li><li>&lt;b&gt;máy xát&lt;/b&gt;</li></ul>" in page

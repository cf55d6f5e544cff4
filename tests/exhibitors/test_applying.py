"""A company applies by the public form, in both languages, once however often the button is pressed."""

import csv
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from techfair.accounts.models import User
from techfair.core.mail import Mail
from techfair.exhibitors.models import Application, Company, CompanyMember
from techfair.extensions import db
from techfair.fairs.models import Fair

TAX_CODES = list(csv.DictReader((Path(__file__).parent.parent / "cases" / "tax_codes.csv").open(encoding="utf-8")))
TYPED = {
    "name_vi": "Công ty TNHH Cơ khí Đại Nguyên",
    "kind": "firm",
    "country": "VN",
    "tax_code": "9900000111",
    "province_code": "52",
    "sectors": ["food", "mech"],
    "contact_name": "Võ Thanh Vân",
    "contact_email": "van@dai-nguyen.example.vn",
    "contact_phone": "0269 3800 531",
    "language": "vi",
    "exhibits": "Máy sấy cà phê trống quay",
    "form_token": "one",
    "version": "",
}

Apply = Callable[..., TestResponse]


@pytest.fixture
def apply(fair: Fair, client: FlaskClient) -> Apply:
    def sent(by: FlaskClient = client, lang: str = "vi", **changed: Any) -> TestResponse:
        return by.post(f"/fairs/{fair.slug}/apply", query_string={"lang": lang}, data=TYPED | changed)

    return sent


def count(model: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def logo(kind: str = "PNG") -> tuple[BytesIO, str]:
    data = BytesIO()
    Image.new("RGB", (40, 20), "#0B5D51").save(data, kind)
    data.seek(0)
    return data, "logo.png"


def test_it_is_told_what_happens_next_and_gets_a_sign_in_link(
    apply: Apply, client: FlaskClient, mails: Callable[[], list[Mail]]
) -> None:
    page = client.get(apply().location).text
    assert "van@dai-nguyen.example.vn" in page
    assert "Ban tổ chức xét hồ sơ" in page
    assert "/sign-in/link/" in mails()[0].text


def test_the_company_and_its_application_are_kept_as_typed(apply: Apply) -> None:
    apply()
    application = db.session.scalars(select(Application)).one()
    company = db.session.get_one(Company, application.company_id)
    assert (application.state, application.exhibits) == ("submitted", "Máy sấy cà phê trống quay")
    assert (company.tax_code, company.contact_phone) == ("9900000111", "+842693800531")
    assert [row.sector for row in company.sectors] == ["food", "mech"]


@pytest.mark.parametrize("case", TAX_CODES, ids=[case["why"] for case in TAX_CODES])
def test_tax_codes_are_judged_as_in_the_case_file(apply: Apply, case: dict[str, str]) -> None:
    answer = apply(tax_code=case["typed"])
    stored = db.session.scalars(select(Company.tax_code)).all()
    assert (answer.status_code, stored) == ((303, [case["right"]]) if case["right"] else (422, []))


def test_a_wrong_check_digit_is_named_at_its_field_and_what_was_typed_stays(apply: Apply) -> None:
    page = apply(tax_code="9900000144").text
    assert 'id="tax_code-error"' in page
    assert "sai số kiểm tra" in page
    assert "Máy sấy cà phê trống quay" in page


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("contact_email", "van@", "chưa đúng"),
        ("contact_phone", "0164 1234 567", "034"),
        ("sectors", [], "lĩnh vực"),
        ("province_code", "", "tỉnh"),
        ("name_vi", "  ", "giấy đăng ký"),
        ("exhibits", "", "trưng bày"),
        ("website", "javascript:alert(1)", "địa chỉ web"),
        ("name_vi", "a\x00b", "U+0000"),
    ],
)
def test_each_wrong_field_says_what_is_wrong_and_nothing_is_kept(
    apply: Apply, field: str, typed: Any, said: str
) -> None:
    answer = apply(**{field: typed})
    assert answer.status_code == 422
    assert said in answer.text.split(f'id="{field}-error"')[1][:600]
    assert count(Company) == 0


def test_the_same_reasons_are_given_in_english(apply: Apply) -> None:
    assert "Choose one to five sectors." in apply(lang="en", sectors=[]).text


def test_a_company_abroad_needs_no_tax_code(apply: Apply) -> None:
    assert apply(country="KR", tax_code="", province_code="", contact_phone="+82 2 312 3456").status_code == 303


def test_pressing_twice_makes_one_application_and_shows_the_first(
    apply: Apply, app: Any, mails: Callable[[], list[Mail]]
) -> None:
    second = app.test_client()
    first_answer, second_answer = apply(), apply(by=second)
    assert first_answer.location == second_answer.location
    assert "Đại Nguyên" in second.get(second_answer.location).text
    assert (count(Company), count(Application), len(mails())) == (1, 1, 1)


def test_a_second_person_of_a_company_is_told_and_shown_nothing_of_it(apply: Apply, company: Company) -> None:
    page = apply(name_vi="Tôi", contact_name="Lê Hai", contact_email="hai@example.vn").text
    assert "Đã có đơn vị đăng ký với mã số thuế này" in page
    assert company.name_vi not in page
    assert company.contact_email not in page


def test_who_asks_to_join_is_let_in_by_a_manager(
    apply: Apply,
    client: FlaskClient,
    company: Company,
    manager: User,
    sign_in: Callable[[User], FlaskClient],
    mails: Callable[[], list[Mail]],
) -> None:
    client.post(
        "/fairs/gia-lai/apply/join", data={"tax_code": "9900000111", "full_name": "Lê Hai", "email": "hai@example.vn"}
    )
    (letter,) = mails()
    assert letter.to_address == manager.email
    from techfair.accounts import links

    token = letter.text.split("/sign-in/link/")[1].split()[0]
    address = links.read_sign_in(token).value
    colleague = sign_in(manager)
    assert "Lê Hai" in colleague.get(address).text
    assert count(CompanyMember) == 1
    colleague.post(address)
    assert count(CompanyMember) == 2
    assert mails()[-1].to_address == "hai@example.vn"


def test_who_belongs_already_gets_a_sign_in_link_instead(
    client: FlaskClient, company: Company, fair: Fair, manager: User, mails: Callable[[], list[Mail]]
) -> None:
    asked = {"tax_code": "9900000111", "full_name": "Võ Thanh Vân", "email": manager.email.upper()}
    assert client.post("/fairs/gia-lai/apply/join", data=asked).location.endswith("/apply/asked")
    assert mails()[-1].template == "company_known"


def test_a_logo_is_drawn_anew_and_shown(apply: Apply, client: FlaskClient) -> None:
    apply(logo=logo("JPEG"))
    digest = db.session.scalars(select(Company.logo_digest)).one()
    assert client.get(f"/pictures/{digest}").mimetype == "image/webp"


@pytest.mark.parametrize("data", [b"<svg onload='alert(1)'/>", b"<html><script>1</script>", b"MZ\x90\x00"])
def test_a_disguised_upload_is_refused_at_its_field(apply: Apply, data: bytes) -> None:
    answer = apply(logo=(BytesIO(data), "logo.png"))
    assert answer.status_code == 422
    assert 'id="logo-error"' in answer.text


def test_a_good_logo_outlives_a_mistake_in_another_field(apply: Apply) -> None:
    page = apply(logo=logo(), tax_code="1").text
    digest = page.split('name="logo_digest" type="hidden" value="')[1][:64]
    apply(logo_digest=digest)
    assert db.session.scalars(select(Company.logo_digest)).one() == digest


def test_who_is_signed_in_finds_the_company_filled_in(
    fair: Fair, company: Company, manager: User, sign_in: Callable[[User], FlaskClient], apply: Apply
) -> None:
    browser = sign_in(manager)
    assert company.name_vi in browser.get("/fairs/gia-lai/apply").text
    answer = apply(by=browser, name_vi="Công ty Đại Nguyên Mới", version=company.version)
    assert answer.location.startswith("/exhibitor/applications/")
    assert db.session.scalars(select(Company.name_vi)).all() == ["Công ty Đại Nguyên Mới"]


def test_a_fair_that_takes_no_applications_says_so(make_fair: Callable[..., Fair], client: FlaskClient) -> None:
    make_fair("closed", applications_open_on=None)
    assert "chưa nhận hồ sơ" in client.get("/fairs/closed/apply").text


def test_a_draft_fair_has_no_such_page(make_fair: Callable[..., Fair], client: FlaskClient) -> None:
    make_fair("secret", state="draft")
    assert client.get("/fairs/secret/apply").status_code == 404


def test_the_page_after_it_is_for_the_browser_that_sent_it(apply: Apply, app: Any) -> None:
    assert app.test_client().get(apply().location).status_code == 404

"""Several people of a company: public with consent only, one of them the main contact, all known to organizers."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.exhibitors.contacts.models import CompanyContact
from techfair.exhibitors.forms import values_of
from techfair.exhibitors.models import Application, Company, Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db

PLACE = "/exhibitor/contacts"
LAN = {"name": "Siu H'Lan", "title_vi": "Xuất khẩu", "title_en": "Export", "email": "lan@dai-nguyen.example.vn"}


@pytest.fixture
def add(as_manager: FlaskClient, company: Company) -> Callable[..., CompanyContact]:
    """Names somebody by the form, and answers how they are kept."""

    def added(**values: Any) -> CompanyContact:
        assert as_manager.post(f"{PLACE}/new", data=LAN | values).status_code == 303
        return db.session.scalars(db.select(CompanyContact).order_by(CompanyContact.id.desc())).first()

    return added


def test_a_contact_is_public_where_ticked_alone_and_organizers_see_every_one(
    add: Any,
    as_manager: FlaskClient,
    client: FlaskClient,
    app: Any,
    exhibitor: Exhibitor,
    company: Company,
    application: Application,
    as_organizer: FlaskClient,
) -> None:
    add()
    add(name="Rơ Châm Bình", phone="0905 123 456", is_public="y")
    assert add(name="Rơ Châm Bình", is_public="y").name == "Rơ Châm Bình"  # sent twice, kept once
    for place in ("/fairs/gia-lai/exhibitors/", "/companies/"):
        page = client.get(f"{place}{company.public_ref}?lang=en").text
        told = ["Rơ Châm Bình" in page, "+84905123456" in page, "Export" in page, "H&#39;Lan" in page]
        assert told == [True, True, True, False]
    review = as_organizer.get(f"/organizer/fairs/gia-lai/exhibitors/{application.id}").text
    assert [review.count(f'<th scope="row">{name}') for name in ("Siu H&#39;Lan", "Rơ Châm Bình")] == [1, 1]


def test_a_main_contact_who_is_not_ticked_stands_on_no_public_page_and_is_not_found_by_name(
    as_manager: FlaskClient, client: FlaskClient, exhibitor: Exhibitor, company: Company, technology: Technology
) -> None:
    pages = (f"exhibitors/{company.public_ref}", f"technologies/{technology.public_ref}", "exhibitors?q=thanh+van")

    def told() -> list[bool]:
        """Name and address where one reads of the company, and the company where one looks for the name."""
        read = [client.get(f"/fairs/gia-lai/{page}").text for page in pages]
        words = ("Võ Thanh Vân", "contact@dai-nguyen.example.vn")
        return [word in page for page in read[:2] for word in words] + [company.public_ref in read[2]]

    assert told() == [True] * 5
    unticked = {name: value for name, value in values_of(company).items() if name != "contact_is_public"}
    sent = unticked | {"contact_phone": "0269 3800 531"}
    assert as_manager.post("/exhibitor/profile", data=sent).status_code == 303
    assert told() == [False] * 5


def test_another_becomes_the_main_contact_and_both_keep_what_they_consented_to(
    add: Any, as_manager: FlaskClient, company: Company
) -> None:
    lan = add()
    assert as_manager.post(f"{PLACE}/{lan.id}/main").status_code == 303
    db.session.expire_all()
    assert (company.contact_name, company.contact_is_public) == (LAN["name"], False)
    assert (lan.name, lan.email, lan.is_public) == ("Võ Thanh Vân", "contact@dai-nguyen.example.vn", True)


def test_of_two_who_change_a_contact_the_second_sees_both_versions(add: Any, as_manager: FlaskClient) -> None:
    place = f"{PLACE}/{add().id}"
    assert as_manager.post(place, data=LAN | {"phone": "0905 123 456", "version": 1}).status_code == 303
    second = as_manager.post(place, data=LAN | {"title_en": "Sales", "version": 1})
    assert second.status_code == 409
    assert "+84905123456" in second.text
    assert 'value="Sales"' in second.text


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    as_manager: FlaskClient, company: Company
) -> None:
    answer = as_manager.post(f"{PLACE}/new", data=LAN | {"email": "lan", "phone": "12"})
    assert answer.status_code == 422
    assert [f'id="{field}-error"' in answer.text for field in ("email", "phone")] == [True, True]
    assert "H&#39;Lan" in answer.text


def test_nobody_touches_the_contacts_of_another_company(
    add: Any, make_company: Callable[..., Company], make_user: Callable[..., User], sign_in: Any
) -> None:
    lan, stranger = add(), make_user("stranger@example.vn")
    make_company("Công ty Khác", by=stranger)
    browser = sign_in(stranger)
    assert [browser.post(f"{PLACE}/{lan.id}{deed}").status_code for deed in ("", "/main", "/remove")] == [404] * 3
    assert "H&#39;Lan" not in browser.get(PLACE).text

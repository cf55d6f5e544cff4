"""A visitor changes the e-mail address on the own page (case K041)."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from techfair.core.mail import Mail
from techfair.extensions import db
from techfair.visitors import badges, own
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import erasing

Mails = Callable[[], list[Mail]]


@pytest.fixture
def person(register: Callable[..., Registration]) -> Registration:
    return register("H'Bia Siu", email="cu@example.vn")


@pytest.fixture
def phone(client: FlaskClient, app: Flask, person: Registration) -> FlaskClient:
    """The person's own browser."""
    client.get(own.address(person).removeprefix(app.config["BASE_URL"]))
    return client


def ask(phone: FlaskClient, email: str) -> Any:
    return phone.post("/me/address?lang=en", data={"email": email})


def link_in(mails: Mails, to: str) -> str:
    [mail] = [mail for mail in mails() if mail.to_address == to and mail.template == "registration_address"]
    return re.search(r"/me/address/\S+", mail.text)[0]  # type: ignore[index]


def test_the_address_changes_once_the_link_in_a_mail_to_it_is_used(
    phone: FlaskClient, person: Registration, mails: Mails
) -> None:
    ask(phone, "Moi@example.vn")
    link = link_in(mails, "Moi@example.vn")
    assert phone.get(link).status_code == 200
    assert db.session.get_one(Registration, person.id).email == "cu@example.vn"  # looking changes nothing
    phone.post(link)
    db.session.expire_all()
    assert (person.email, person.email_key) == ("Moi@example.vn", "moi@example.vn")


def test_an_address_that_somebody_else_has_is_refused_without_saying_whose_it_is(
    phone: FlaskClient, register: Callable[..., Registration], mails: Mails
) -> None:
    register("Trần Văn Tùng", email="tung@example.vn")
    before = len(mails())
    answer = ask(phone, "TUNG@example.vn")
    assert answer.status_code == 422
    assert "This address cannot be used. Type another, or ask at the desk." in answer.text
    assert "Tùng" not in answer.text
    assert len(mails()) == before


@pytest.mark.parametrize(
    ("typed", "says"), [("", "Type an e-mail address."), ("CU@example.vn", "This is your address already.")]
)
def test_an_address_that_changes_nothing_says_so_at_the_field(phone: FlaskClient, typed: str, says: str) -> None:
    answer = ask(phone, typed)
    assert (answer.status_code, says in answer.text) == (422, True)


def test_the_old_address_is_told_and_old_links_end(
    phone: FlaskClient, app: Flask, person: Registration, mails: Mails
) -> None:
    before = own.address(person).removeprefix(app.config["BASE_URL"])
    ask(phone, "moi@example.vn")
    link = link_in(mails, "moi@example.vn")
    phone.post(link)
    [told] = [mail for mail in mails() if mail.template == "registration_moved"]
    assert told.to_address == "cu@example.vn"
    assert "moi@example.vn" not in told.text  # whoever reads the old mailbox need not know the new one
    assert app.test_client().get(before).status_code == 410
    assert app.test_client().post(link).status_code == 410
    assert phone.get("/me/").status_code == 200  # this phone goes on


def test_the_badge_stays_valid_and_comes_to_the_new_address(
    phone: FlaskClient, person: Registration, mails: Mails
) -> None:
    badge = badges.valid_badge(person)
    assert badge
    number = badge.number
    ask(phone, "moi@example.vn")
    phone.post(link_in(mails, "moi@example.vn"))
    now = badges.valid_badge(person)
    assert now
    assert now.number == number
    assert [mail.to_address for mail in mails() if mail.template == "badge"] == ["cu@example.vn", "moi@example.vn"]


def test_mails_about_it_hold_no_raw_placeholder(phone: FlaskClient, mails: Mails) -> None:
    ask(phone, "moi@example.vn")
    phone.post(link_in(mails, "moi@example.vn"))
    for mail in mails():
        assert not re.search(r"[{}]|%\(", mail.subject + mail.text)


def test_an_address_that_somebody_took_meanwhile_is_refused(
    phone: FlaskClient, register: Callable[..., Registration], mails: Mails
) -> None:
    ask(phone, "moi@example.vn")
    link = link_in(mails, "moi@example.vn")
    register("Trần Văn Tùng", email="moi@example.vn")
    assert phone.post(link).status_code == 409


def test_erasing_takes_the_mails_to_all_addresses(phone: FlaskClient, person: Registration, mails: Mails) -> None:
    ask(phone, "moi@example.vn")
    phone.post(link_in(mails, "moi@example.vn"))
    ask(phone, "thu-ba@example.vn")
    mails()
    db.session.expire_all()
    erasing.erase(person, None)
    db.session.commit()
    assert [mail.to_address for mail in mails()] == []


def test_a_stranger_changes_no_address(client: FlaskClient, person: Registration) -> None:
    assert client.post("/me/address", data={"email": "moi@example.vn"}).status_code == 403

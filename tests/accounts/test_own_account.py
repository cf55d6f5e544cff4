"""What people change about their own account."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.core.mail import Mail
from techfair.extensions import db
from tests.accounts.conftest import PASSWORD, credentials

Mails = Callable[[], list[Mail]]
NEW = "buổi chiều Biển Hồ"


@pytest.fixture
def as_an(app: Flask, an: User) -> FlaskClient:
    client = app.test_client()
    client.post("/sign-in", data=credentials(an))
    return client


def ask_for(client: FlaskClient, email: str, present: str = PASSWORD) -> str:
    return client.post("/account/email", data={"email": email, "present": present}).text


def link_in(mail: Mail) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", mail.text)
    assert found
    return found[1]


def test_name_phone_and_language_are_kept_and_the_next_page_speaks_it(as_an: FlaskClient, an: User) -> None:
    as_an.post("/account", data={"full_name": "  Nguyễn  Văn Ân ", "phone": "0905 123 456", "language": "en"})
    assert (an.full_name, an.phone, an.language) == ("Nguyễn Văn Ân", "+84905123456", "en")
    assert "Sign out everywhere" in as_an.get("/account").text


def test_a_wrong_phone_is_named_and_kept_as_typed(as_an: FlaskClient, an: User) -> None:
    answer = as_an.post("/account", data={"full_name": "Ân", "phone": "0905 12", "language": "vi"})
    assert answer.status_code == 422
    assert 'value="0905 12"' in answer.text
    assert an.full_name == "Nguyễn Văn An"


def test_changing_the_password_needs_the_present_one(app: Flask, as_an: FlaskClient, an: User) -> None:
    other = app.test_client()
    other.post("/sign-in", data=credentials(an))
    wrong = as_an.post("/account/password", data={"present": "sai rồi", "password": NEW, "again": NEW})
    assert wrong.status_code == 422
    right = as_an.post("/account/password", data={"present": PASSWORD, "password": NEW, "again": NEW})
    assert right.status_code == 303
    assert as_an.get("/account").status_code == 200
    assert other.get("/account").status_code == 303


def test_guessing_the_present_password_ends_after_ten_tries(as_an: FlaskClient) -> None:
    for _ in range(10):
        as_an.post("/account/password", data={"present": "sai rồi", "password": NEW, "again": NEW})
    answer = as_an.post("/account/password", data={"present": PASSWORD, "password": NEW, "again": NEW})
    assert answer.status_code == 429


def test_an_address_that_another_has_is_refused_at_the_field_without_saying_whose(
    as_an: FlaskClient, organizer: User, mails: Mails
) -> None:
    text = ask_for(as_an, organizer.email)
    assert "Không dùng được địa chỉ này" in text
    assert organizer.full_name not in text
    assert mails() == []


def test_a_free_address_counts_once_confirmed_from_there_and_the_old_one_is_told(
    app: Flask, as_an: FlaskClient, an: User, mails: Mails
) -> None:
    ask_for(as_an, "An.Moi@example.vn")
    assert an.email == "nguyen.an@example.vn"
    link = link_in(mails()[-1])
    as_an.head(link)
    as_an.get(link)
    assert an.email == "nguyen.an@example.vn"
    assert as_an.post(link).location == "/account"
    assert (an.email, an.email_key) == ("An.Moi@example.vn", "an.moi@example.vn")
    told = mails()[-1]
    assert (told.to_address, "An.Moi@example.vn" in told.text) == ("nguyen.an@example.vn", True)
    assert "%(" not in told.text + told.subject
    assert app.test_client().post(link).status_code == 410


def test_changing_the_address_ends_old_links_and_other_sessions(
    app: Flask, as_an: FlaskClient, an: User, mails: Mails
) -> None:
    other = app.test_client()
    other.post("/sign-in", data=credentials(an))
    other.post("/sign-in/password", data={"email": an.email})
    as_an.post("/sign-in/password", data={"email": an.email})
    old_link = link_in(mails()[-1])
    ask_for(as_an, "an.moi@example.vn")
    as_an.post(link_in(mails()[-1]))
    assert other.get("/account").status_code == 303
    assert other.get(old_link).status_code == 410
    assert as_an.get("/account").status_code == 200


def test_an_address_taken_meanwhile_is_refused_and_nothing_changes(
    as_an: FlaskClient, an: User, mails: Mails, make_user: Callable[..., User]
) -> None:
    ask_for(as_an, "an.moi@example.vn")
    link = link_in(mails()[-1])
    make_user("an.moi@example.vn")
    assert as_an.post(link).status_code == 409
    assert an.email == "nguyen.an@example.vn"


def test_changing_the_address_needs_the_present_password(as_an: FlaskClient, mails: Mails) -> None:
    assert "hiện tại không đúng" in ask_for(as_an, "an.moi@example.vn", present="sai rồi")
    assert mails() == []


def test_the_account_is_closed_to_the_anonymous(client: FlaskClient) -> None:
    for page in ("/account", "/account/password", "/account/email", "/account/work"):
        assert client.get(page).location == f"/sign-in?next={page}"
    assert db.session.scalar(db.select(db.func.count()).select_from(User)) == 0

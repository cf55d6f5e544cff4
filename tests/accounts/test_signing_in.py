"""Signing in: with the right password, and in no other way."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from techfair.accounts import landing, tries
from techfair.accounts.models import Try, User
from techfair.core import clock
from techfair.extensions import db
from tests.accounts.conftest import PASSWORD, credentials

WRONG = "không đúng"


def test_the_right_password_signs_in_and_shows_the_account(client: FlaskClient, an: User) -> None:
    answer = client.post("/sign-in", data=credentials(an))
    assert (answer.status_code, answer.location) == (303, "/account")
    assert "Nguyễn Văn An" in client.get("/account").text


def test_a_wrong_password_says_so_and_keeps_the_typed_address(client: FlaskClient, an: User) -> None:
    answer = client.post("/sign-in", data=credentials(an, password="sai mật khẩu rồi"))
    assert answer.status_code == 422
    assert WRONG in answer.text
    assert an.email in answer.text
    assert client.get("/account").status_code == 303


def test_the_answer_does_not_tell_whether_an_account_exists(client: FlaskClient, an: User) -> None:
    known = client.post("/sign-in", data=credentials(an, password="sai mật khẩu rồi")).text
    unknown = client.post("/sign-in", data={"email": "khong.co@example.vn", "password": "sai mật khẩu rồi"}).text
    assert known.replace(an.email, "") == unknown.replace("khong.co@example.vn", "")


def test_an_address_is_the_same_in_capitals(client: FlaskClient, an: User) -> None:
    assert client.post("/sign-in", data=credentials(an, email="NGUYEN.AN@Example.VN")).status_code == 303


def test_a_password_typed_decomposed_is_the_same(client: FlaskClient, an: User) -> None:
    from unicodedata import normalize

    assert client.post("/sign-in", data=credentials(an, password=normalize("NFD", PASSWORD))).status_code == 303


def test_a_deactivated_person_cannot_sign_in(client: FlaskClient, an: User) -> None:
    an.is_active = False
    db.session.commit()
    assert client.post("/sign-in", data=credentials(an)).status_code == 422


def test_someone_without_a_password_cannot_sign_in_by_an_empty_or_any_one(
    client: FlaskClient, make_user: Callable[..., User]
) -> None:
    user = make_user("moi@example.vn")
    assert client.post("/sign-in", data=credentials(user)).status_code == 422
    assert client.post("/sign-in", data=credentials(user, password="")).status_code == 422


def test_ten_wrong_tries_close_the_account_for_a_quarter_of_an_hour(client: FlaskClient, an: User) -> None:
    for _ in range(tries.PER_ACCOUNT):
        client.post("/sign-in", data=credentials(an, password="sai mật khẩu rồi"))
    refused = client.post("/sign-in", data=credentials(an))
    assert refused.status_code == 429
    assert "Đợi 15 phút" in refused.text
    with clock.held_at(clock.now() + tries.WITHIN + timedelta(seconds=1)):
        assert client.post("/sign-in", data=credentials(an)).status_code == 303


def test_a_spelling_of_the_address_does_not_give_further_tries(client: FlaskClient, an: User) -> None:
    for _ in range(tries.PER_ACCOUNT):
        client.post("/sign-in", data=credentials(an, password="sai mật khẩu rồi"))
    assert client.post("/sign-in", data=credentials(an, email=an.email.upper())).status_code == 429


def test_tries_at_many_accounts_from_one_address_end_too(client: FlaskClient) -> None:
    db.session.add_all(Try(purpose="sign in", subject="127.0.0.1") for _ in range(tries.PER_ADDRESS))
    db.session.commit()
    assert client.post("/sign-in", data={"email": "ai.do@example.vn", "password": "x"}).status_code == 429


def test_right_tries_do_not_count(client: FlaskClient, an: User) -> None:
    client.post("/sign-in", data=credentials(an, password="sai mật khẩu rồi"))
    client.post("/sign-in", data=credentials(an))
    assert db.session.scalar(db.select(db.func.count()).select_from(Try)) == 1  # the wrong one, of the address


def test_old_tries_are_swept(app: Flask, an: User) -> None:
    tries.count("sign in", an.email)
    with clock.held_at(clock.now() + timedelta(hours=1)):
        tries.sweep_tries()
    assert db.session.scalar(db.select(db.func.count()).select_from(Try)) == 0


def test_a_hash_with_old_parameters_is_made_anew_at_sign_in(client: FlaskClient, an: User) -> None:
    an.password_hash = old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    db.session.commit()
    client.post("/sign-in", data=credentials(an))
    assert an.password_hash != old
    assert client.post("/sign-out").status_code == 303
    assert client.post("/sign-in", data=credentials(an)).status_code == 303


def test_signing_in_leads_back_to_the_page_that_asked(client: FlaskClient, an: User) -> None:
    asked = client.get("/account")
    assert asked.location == "/sign-in?next=/account"
    assert client.post(asked.location, data=credentials(an)).location == "/account"


@pytest.mark.parametrize(
    "next",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "evil", "/\t/evil.example", "javascript:alert(1)"],
)
def test_signing_in_never_leads_to_another_site(client: FlaskClient, an: User, next: str) -> None:
    assert client.post("/sign-in", query_string={"next": next}, data=credentials(an)).location == "/account"


def test_local_paths_are_told_from_others() -> None:
    assert landing.is_local("/organizer/fairs/gia-lai/?q=ê&page=2")
    assert not landing.is_local("")


def test_each_role_lands_where_it_works(
    app: Flask, administrator: User, organizer: User, steward: User, make_user: Callable[..., User]
) -> None:
    with app.test_request_context():
        assert landing.of(organizer) == "/organizer/"
        assert landing.of(steward) == "/gate/gia-lai"
        assert landing.of(make_user()) == "/account"


def test_signing_out_needs_a_post_and_ends_the_session(client: FlaskClient, an: User) -> None:
    client.post("/sign-in", data=credentials(an))
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").location == "/"
    assert client.get("/account").status_code == 303


def test_signing_out_everywhere_ends_the_other_devices_too(app: Flask, client: FlaskClient, an: User) -> None:
    other = app.test_client()
    for device in (client, other):
        device.post("/sign-in", data=credentials(an))
    client.post("/account/sign-out-everywhere")
    assert client.get("/account").status_code == other.get("/account").status_code == 303


def test_the_session_cookie_is_closed_to_scripts_and_other_sites(client: FlaskClient, an: User) -> None:
    cookie = client.post("/sign-in", data=credentials(an)).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie

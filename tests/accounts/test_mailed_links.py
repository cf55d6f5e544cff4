"""Links by mail: opening them uses nothing up, the button does, once."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from techfair.accounts import links, people
from techfair.accounts.links import sign_in_address
from techfair.accounts.models import SpentLink, User
from techfair.core import clock
from techfair.core.mail import Mail
from techfair.extensions import db
from tests.accounts.conftest import PASSWORD, credentials

Mails = Callable[[], list[Mail]]
NEW = "buổi chiều Biển Hồ"


def path(mail: Mail) -> str:
    """The path of the one link in a mail."""
    (address,) = re.findall(r"https?://[^/\s]+(/\S+)", mail.text)
    return str(address)


def ask(client: FlaskClient, purpose: str, email: str) -> None:
    assert client.post(f"/sign-in/{purpose}", data={"email": email}).status_code == 303


@pytest.fixture
def sign_in_link(client: FlaskClient, mails: Mails, an: User) -> str:
    ask(client, "sign-in", an.email)
    return path(mails()[-1])


@pytest.fixture
def password_link(client: FlaskClient, mails: Mails, an: User) -> str:
    ask(client, "password", an.email)
    return path(mails()[-1])


def test_a_mail_gateway_that_opens_a_link_uses_nothing_up(client: FlaskClient, sign_in_link: str) -> None:
    for _ in range(2):
        client.head(sign_in_link)
        client.get(sign_in_link)
    assert client.get("/account").status_code == 303
    assert client.post(sign_in_link).location == "/account"
    assert client.get("/account").status_code == 200


def test_a_sign_in_link_works_once(app: Flask, client: FlaskClient, sign_in_link: str) -> None:
    client.post(sign_in_link)
    other = app.test_client()
    assert other.get(sign_in_link).status_code == other.post(sign_in_link).status_code == 410
    assert "đã được dùng" in other.get(sign_in_link).text


def test_another_mail_s_link_still_works_after_the_first_was_used(app: Flask, client: FlaskClient, an: User) -> None:
    first, second = (sign_in_address(an, next=f"/account?{n}").removeprefix(app.config["BASE_URL"]) for n in (1, 2))
    assert client.post(first).location == "/account?1"
    assert client.post(second).location == "/account?2"


def test_a_sign_in_link_leads_nowhere_else(client: FlaskClient, app: Flask, an: User) -> None:
    link = sign_in_address(an, next="//evil.example/").removeprefix(app.config["BASE_URL"])
    assert client.post(link).location == "/account"


@pytest.mark.parametrize("kind", ["sign_in_link", "password_link"])
def test_a_link_expires_and_a_changed_one_is_none(
    client: FlaskClient, kind: str, request: pytest.FixtureRequest
) -> None:
    link = request.getfixturevalue(kind)
    assert client.get(link[:-3] + "xyz").status_code == 404
    assert client.get(link.replace("/link/", "/link/x")).status_code == 404
    with clock.held_at(clock.now() + timedelta(hours=3, minutes=1)):
        assert client.get(link).status_code == client.post(link).status_code == 410


def test_a_link_for_one_purpose_serves_no_other(client: FlaskClient, sign_in_link: str) -> None:
    token = sign_in_link.rpartition("/")[2]
    assert client.get(f"/sign-in/password/link/{token}").status_code == 404
    assert client.get(f"/account/email/link/{token}").status_code == 404


def test_signing_out_everywhere_ends_links_mailed_before(client: FlaskClient, sign_in_link: str, an: User) -> None:
    client.post("/sign-in", data=credentials(an))
    client.post("/account/sign-out-everywhere")
    assert client.post(sign_in_link).status_code == 410


def test_asking_answers_the_same_whether_or_not_the_account_exists(client: FlaskClient, mails: Mails, an: User) -> None:
    answers = [client.post("/sign-in/password", data={"email": e}) for e in (an.email, "khong.co@example.vn")]
    assert answers[0].location == answers[1].location
    assert [mail.to_address for mail in mails()] == [an.email]


def test_asking_is_counted_so_that_nobody_s_mailbox_is_filled(client: FlaskClient, an: User) -> None:
    for _ in range(10):
        ask(client, "password", an.email)
    assert client.post("/sign-in/password", data={"email": an.email}).status_code == 429


def test_a_mailed_link_sets_a_new_password_once(app: Flask, client: FlaskClient, password_link: str, an: User) -> None:
    assert an.email in client.get(password_link).text
    assert client.post(password_link, data={"password": NEW, "again": NEW}).status_code == 303
    assert client.get("/account").status_code == 200
    again = app.test_client().post(password_link, data={"password": PASSWORD, "again": PASSWORD})
    assert again.status_code == 410
    assert app.test_client().post("/sign-in", data=credentials(an)).status_code == 422
    assert app.test_client().post("/sign-in", data=credentials(an, password=NEW)).status_code == 303


def test_a_new_password_ends_the_sessions_of_other_devices(
    app: Flask, client: FlaskClient, password_link: str, an: User
) -> None:
    other = app.test_client()
    other.post("/sign-in", data=credentials(an))
    client.post(password_link, data={"password": NEW, "again": NEW})
    assert other.get("/account").status_code == 303


def test_a_weak_new_password_is_refused_and_leaves_the_link_good(client: FlaskClient, password_link: str) -> None:
    assert client.post(password_link, data={"password": "ngắn", "again": "ngắn"}).status_code == 422
    assert client.post(password_link, data={"password": NEW, "again": NEW}).status_code == 303


def test_used_links_are_forgotten_when_they_would_have_expired(client: FlaskClient, sign_in_link: str) -> None:
    client.post(sign_in_link)
    links.sweep_spent_links()
    assert db.session.scalar(db.select(db.func.count()).select_from(SpentLink)) == 1
    with clock.held_at(clock.now() + timedelta(hours=4)):
        links.sweep_spent_links()
    assert db.session.scalar(db.select(db.func.count()).select_from(SpentLink)) == 0


def test_mails_speak_the_reader_s_language(client: FlaskClient, mails: Mails, make_user: Callable[..., User]) -> None:
    make_user("john@example.com", full_name="John Smith", language="en")
    ask(client, "sign-in", "john@example.com")
    assert mails()[-1].subject == "Your link to sign in"


def test_two_spellings_of_an_address_are_one_person(app: Flask) -> None:
    first = people.person("NGUYEN.Van+fair@Example.VN", "Nguyễn Văn")
    assert people.person("nguyen.van+fair@example.vn", "Khác") is first
    assert people.person("nguyenvan@example.vn", "Khác") is not first
    assert first.email == "NGUYEN.Van+fair@Example.VN"

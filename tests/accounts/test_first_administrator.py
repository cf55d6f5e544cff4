"""An empty installation gets its first administrator by the page or by the command, and only one that way."""

import threading

import pytest
from flask import Flask
from flask.testing import FlaskClient

from techfair.accounts import first, passwords
from techfair.accounts.cli import administrator as command
from techfair.accounts.models import User
from techfair.core.audit import AuditEntry
from techfair.extensions import db
from tests.accounts.conftest import PASSWORD

FORM = {"full_name": "Đặng Thị Quản Trị", "email": "quan.tri@example.vn", "password": PASSWORD, "again": PASSWORD}


def administrators() -> list[str]:
    found = list(db.session.scalars(db.select(User.email).filter_by(is_administrator=True)))
    db.session.rollback()  # a command asks on a connection of its own
    return found


def test_the_first_run_page_makes_the_administrator_and_signs_in(client: FlaskClient) -> None:
    assert client.get("/setup").status_code == 200
    answer = client.post("/setup", data=FORM)
    assert (answer.status_code, answer.location) == (303, "/admin/")
    assert administrators() == ["quan.tri@example.vn"]
    assert client.get("/account").status_code == 200


def test_the_page_is_gone_once_there_is_an_administrator(client: FlaskClient, administrator: User) -> None:
    assert client.get("/setup").status_code == 404
    assert client.post("/setup", data=FORM).status_code == 404
    assert administrators() == [administrator.email]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"again": "khác hẳn nhau"}, "không giống nhau"),
        ({"password": "ngắn", "again": "ngắn"}, "ít nhất 10 ký tự"),
        ({"password": "quan.tri@example.vn", "again": "quan.tri@example.vn"}, "địa chỉ thư điện tử của Quý khách"),
        ({"password": "Mật khẩu 123", "again": "Mật khẩu 123"}, "quá dễ đoán"),
        ({"password": "aaaaaaaaaaaa", "again": "aaaaaaaaaaaa"}, "quá dễ đoán"),
        ({"email": "quan.tri"}, "chưa đúng"),
        ({"full_name": " "}, "Nhập họ và tên"),
    ],
)
def test_bad_input_names_the_reason_keeps_what_was_typed_and_makes_nobody(
    client: FlaskClient, changed: dict[str, str], words: str
) -> None:
    answer = client.post("/setup", data=FORM | changed)
    assert answer.status_code == 422
    assert words in answer.text
    assert (FORM | changed)["email"] in answer.text
    assert administrators() == []


def test_of_two_first_administrators_at_once_one_is_made(app: Flask) -> None:
    answers: list[int] = []

    def try_it(number: int) -> None:
        answer = app.test_client().post("/setup", data=FORM | {"email": f"quan.tri.{number}@example.vn"})
        answers.append(answer.status_code)

    threads = [threading.Thread(target=try_it, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 404, 404, 404]
    assert len(administrators()) == 1


def test_the_command_prints_a_link_that_sets_the_password(app: Flask, client: FlaskClient) -> None:
    result = app.test_cli_runner().invoke(command, ["quan.tri@example.vn", "--name", "Đặng Thị Quản Trị"])
    link = result.output.splitlines()[-1].removeprefix(app.config["BASE_URL"])
    assert result.exit_code == 0
    assert client.post(link, data={"password": PASSWORD, "again": PASSWORD}).location == "/admin/"


def test_the_command_asks_for_a_password(app: Flask) -> None:
    runner = app.test_cli_runner()
    weak = runner.invoke(command, ["quan.tri@example.vn", "--password"], input="ngắn\nngắn\n")
    assert (weak.exit_code, administrators()) == (1, [])
    runner.invoke(command, ["quan.tri@example.vn", "--password"], input=f"{PASSWORD}\n{PASSWORD}\n")
    assert passwords.check(db.session.scalars(db.select(User)).one(), PASSWORD)


def test_the_command_refuses_what_is_no_address(app: Flask) -> None:
    result = app.test_cli_runner().invoke(command, ["quan.tri"])
    assert result.exit_code == 1
    assert administrators() == []


def test_the_command_twice_is_the_same_as_once(app: Flask) -> None:
    for _ in range(2):
        first.administrator("quan.tri@example.vn", "Đặng Thị Quản Trị")
        db.session.commit()
    assert administrators() == ["quan.tri@example.vn"]
    made = db.select(AuditEntry).filter_by(action="user.made_administrator")
    assert len(db.session.scalars(made).all()) == 1

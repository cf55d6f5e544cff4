"""Halls and booths: added in rows, blocked, renamed; what somebody has is never deleted."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from techfair.accounts.models import User
from techfair.exhibitors import booths, companies
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.models import Fair
from tests.exhibitors.test_races import at_once

HALLS = "/organizer/fairs/gia-lai/halls"
ROW = {"codes": "A01–A12", "category": "standard", "square_metres": "9"}


def codes() -> list[str]:
    return list(db.session.scalars(db.select(Booth.code).order_by(Booth.code)))


def test_a_hall_is_added_and_leads_to_its_booths(as_organizer: FlaskClient, fair: Fair) -> None:
    answer = as_organizer.post(f"{HALLS}/new", data={"code": "A", "name_vi": "Nhà A"})
    hall = db.session.scalars(db.select(Hall)).one()
    assert answer.location == f"{HALLS}/{hall.id}"


def test_a_hall_s_code_is_taken_once(as_organizer: FlaskClient, hall: Hall) -> None:
    answer = as_organizer.post(f"{HALLS}/new", data={"code": "A", "name_vi": "Nhà khác"})
    assert answer.status_code == 422
    assert "đã có nhà trưng bày A" in answer.text.split('id="code-error"')[1]


def test_a_row_of_booths_is_added_at_once(as_organizer: FlaskClient, hall: Hall) -> None:
    assert as_organizer.post(f"{HALLS}/{hall.id}", data=ROW).status_code == 303
    assert codes() == [f"A{number:02}" for number in range(1, 13)]
    places = db.session.execute(db.select(Booth.x, Booth.y)).all()
    assert len(set(places)) == 12


def test_a_double_code_is_named_at_the_field_and_nothing_is_added(
    as_organizer: FlaskClient, hall: Hall, make_booth: Callable[..., Booth]
) -> None:
    make_booth("A07")
    answer = as_organizer.post(f"{HALLS}/{hall.id}", data=ROW)
    assert answer.status_code == 422
    assert "đã có các gian hàng này: A07." in answer.text.split('id="codes-error"')[1]
    assert 'value="A01–A12"' in answer.text
    assert codes() == ["A07"]


def test_one_row_added_by_four_at_once_stands_once(
    app: Flask, hall: Hall, sign_in: Callable[[User], FlaskClient], organizer: User
) -> None:
    browsers, address = [sign_in(organizer) for _ in range(4)], f"{HALLS}/{hall.id}"
    db.session.rollback()
    answers = at_once(4, lambda number: browsers[number].post(address, data=ROW).status_code)
    assert sorted(answers) == [303, 422, 422, 422]
    assert len(codes()) == 12


def test_the_database_itself_refuses_a_second_booth_of_a_code(make_booth: Callable[..., Booth]) -> None:
    make_booth("A01")
    with pytest.raises(IntegrityError):
        make_booth("A01")
    db.session.rollback()


@pytest.mark.parametrize("typed", ["", "A12–A01", "A01–B12", "gian số 1", "A1–A9999"])
def test_what_names_no_booths_is_told_at_the_field(as_organizer: FlaskClient, hall: Hall, typed: str) -> None:
    answer = as_organizer.post(f"{HALLS}/{hall.id}", data=ROW | {"codes": typed})
    assert answer.status_code == 422
    assert 'id="codes-error"' in answer.text


def test_a_blocked_booth_is_given_to_nobody_until_it_is_free_again(
    as_organizer: FlaskClient, fair: Fair, make_booth: Callable[..., Booth]
) -> None:
    address = f"/organizer/fairs/gia-lai/booths/{make_booth().id}"
    as_organizer.post(f"{address}/block")
    assert booths.free(fair.id) == []
    db.session.rollback()
    as_organizer.post(f"{address}/unblock")
    assert [booth.code for booth in booths.free(fair.id)] == ["A01"]


def test_a_booth_is_renamed_unless_the_code_is_taken(
    as_organizer: FlaskClient, make_booth: Callable[..., Booth]
) -> None:
    make_booth("A02")
    address = f"/organizer/fairs/gia-lai/booths/{make_booth('A01').id}"
    values = {"category": "corner", "square_metres": "18"}
    taken = as_organizer.post(address, data=values | {"code": "a02"})
    assert (taken.status_code, "đã có gian hàng A02" in taken.text) == (422, True)
    assert as_organizer.post(address, data=values | {"code": "A03"}).status_code == 303
    assert codes() == ["A02", "A03"]


def test_a_booth_with_an_exhibitor_is_not_deleted(
    as_organizer: FlaskClient, fair: Fair, organizer: User, make_booth: Callable[..., Booth]
) -> None:
    company = companies.create(organizer, ["food"], name_vi="Công ty Đại Nguyên")
    exhibitor, taken, free = Exhibitor(fair_id=fair.id, company_id=company.id), make_booth("A01"), make_booth("A02")
    db.session.add(exhibitor)
    db.session.flush()
    booths.assign(exhibitor, taken, organizer)
    db.session.commit()
    told = [
        as_organizer.post(f"/organizer/fairs/gia-lai/booths/{booth}/delete", follow_redirects=True).text
        for booth in (taken.id, free.id)
    ]
    assert "Khóa gian hàng: những gì đã diễn ra được giữ lại." in told[0]
    assert codes() == ["A01"]


def test_a_hall_with_booths_is_not_deleted(
    as_organizer: FlaskClient, hall: Hall, make_booth: Callable[..., Booth]
) -> None:
    booth, address = make_booth(), f"{HALLS}/{hall.id}/delete"
    assert "Xóa hoặc chuyển các gian hàng trước" in as_organizer.post(address, follow_redirects=True).text
    db.session.delete(booth)
    db.session.commit()
    assert as_organizer.post(address).location == HALLS
    assert db.session.scalar(db.select(Hall)) is None


def test_booths_are_listed_as_people_count(
    as_organizer: FlaskClient, hall: Hall, make_booth: Callable[..., Booth]
) -> None:
    for code in ("A10", "A2", "A1"):
        make_booth(code)
    page = as_organizer.get(f"{HALLS}/{hall.id}").text
    assert page.index(">A1<") < page.index(">A2<") < page.index(">A10<")


def test_a_hall_of_another_fair_is_not_found(
    as_organizer: FlaskClient, hall: Hall, make_booth: Callable[..., Booth], make_fair: Callable[..., Fair]
) -> None:
    booth, other = make_booth(), make_fair("other")
    other_hall: dict[str, Any] = {"data": ROW}
    assert as_organizer.post(f"/organizer/fairs/{other.slug}/halls/{hall.id}", **other_hall).status_code == 404
    assert as_organizer.get(f"/organizer/fairs/{other.slug}/booths/{booth.id}").status_code == 404

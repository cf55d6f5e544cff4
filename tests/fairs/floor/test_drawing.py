"""A hall's drawing is saved whole or not at all, and never over somebody else's unseen."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.core import audit
from techfair.extensions import db
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.models import Fair
from tests.exhibitors.test_races import at_once

Save = Callable[..., Any]
AISLE = {"kind": "aisle", "x": 0, "y": 4, "width": 10, "height": 2}


@pytest.fixture
def address(hall: Hall) -> str:
    return f"/organizer/fairs/gia-lai/halls/{hall.id}/plan"


@pytest.fixture
def save(as_organizer: FlaskClient, address: str) -> Save:
    """Sends a drawing of booths as the editor does."""

    def sent(*booths: dict[str, Any], version: int = 1, features: tuple[Any, ...] = (), **hall: int) -> Any:
        size = {"columns": 40, "rows": 20} | hall
        drawing = {"version": version, "booths": booths, "features": features} | size
        return as_organizer.post(address, json=drawing)

    return sent


def booth(code: str, x: int = 0, y: int = 0, **values: Any) -> dict[str, Any]:
    return {"code": code, "x": x, "y": y, "width": 2, "height": 2} | values


def standing() -> dict[str, tuple[int, int]]:
    db.session.rollback()
    return {code: (x, y) for code, x, y in db.session.execute(db.select(Booth.code, Booth.x, Booth.y))}


def test_what_is_drawn_is_stored_and_told_back_with_its_numbers(save: Save, hall: Hall) -> None:
    answer = save(booth("A01"), booth("a02", 2), features=(AISLE,))
    assert answer.status_code == 200
    assert [one["code"] for one in answer.json["plan"]["booths"] if one["id"]] == ["A01", "A02"]
    assert standing() == {"A01": (0, 0), "A02": (2, 0)}
    assert [feature["kind"] for feature in db.session.get_one(Hall, hall.id).features] == ["aisle"]


@pytest.mark.parametrize(
    ("booths", "told"),
    [
        ((booth("A01"), booth("A02", 1)), "A02 chồng lên A01."),
        ((booth("A01", 39),), "A01 nằm ngoài nhà trưng bày."),
        ((booth("A01", 0, 4),), "A01 nằm trên lối đi hoặc lối vào."),
        ((booth("A01"), booth("A01", 6)), "Hai gian hàng cùng mang mã A01."),
    ],
)
def test_what_cannot_stand_is_refused_with_the_reason(save: Save, booths: tuple[Any, ...], told: str) -> None:
    answer = save(*booths, features=(AISLE,))
    assert (answer.status_code, answer.json["code"]) == (422, "drawing_refused")
    assert [reason["message"] for reason in answer.json["reasons"]] == [told]
    assert standing() == {}


@pytest.mark.parametrize("wrong", [{"x": -1}, {"width": 0}, {"code": "gian 1"}, {"category": "palace"}, {"more": 1}])
def test_what_is_no_drawing_is_refused(save: Save, wrong: dict[str, Any]) -> None:
    assert save(booth("A01") | wrong).status_code == 422
    assert standing() == {}


def test_a_code_of_another_hall_is_refused(save: Save, fair: Fair, make_booth: Callable[..., Booth]) -> None:
    other = Hall(fair_id=fair.id, code="B", name_vi="Nhà B")
    db.session.add(other)
    db.session.flush()
    db.session.add(Booth(fair_id=fair.id, hall_id=other.id, code="B01"))
    db.session.commit()
    assert save(booth("B01")).json["reasons"][0]["code"] == "B01"


def test_two_booths_exchange_their_codes_in_one_save(save: Save, make_booth: Callable[..., Booth]) -> None:
    first, second = make_booth("A01").id, make_booth("A02", x=4).id
    assert save(booth("A02", id=first), booth("A01", 4, id=second)).status_code == 200
    assert standing() == {"A02": (0, 0), "A01": (4, 0)}


def test_whoever_draws_from_an_older_version_is_told_and_gets_what_stands_now(save: Save, hall: Hall) -> None:
    save(booth("A01"))
    late = save(booth("A09", 10))
    assert (late.status_code, late.json["code"]) == (409, "changed_meanwhile")
    assert [one["code"] for one in late.json["plan"]["booths"]] == ["A01"]
    assert late.json["plan"]["version"] == 2
    assert standing() == {"A01": (0, 0)}


def test_a_booth_blocked_in_the_list_meanwhile_is_not_freed_by_the_drawing(
    as_organizer: FlaskClient, save: Save, make_booth: Callable[..., Booth]
) -> None:
    id = make_booth("A01").id
    as_organizer.post(f"/organizer/fairs/gia-lai/booths/{id}/block")
    assert save(booth("A01", 6, id=id)).status_code == 409
    assert standing() == {"A01": (0, 0)}


def test_of_four_who_save_at_once_one_wins_and_three_are_told(
    app: Flask, address: str, sign_in: Callable[[User], FlaskClient], organizer: User
) -> None:
    browsers = [sign_in(organizer) for _ in range(4)]
    drawings = [{"version": 1, "columns": 40, "rows": 20, "booths": [booth(f"A0{n}")]} for n in range(4)]
    db.session.rollback()
    answers = at_once(4, lambda number: browsers[number].post(address, json=drawings[number]).status_code)
    assert sorted(answers) == [200, 409, 409, 409]
    assert len(standing()) == 1


def test_a_booth_that_is_left_out_is_deleted_and_the_log_names_it(
    save: Save, hall: Hall, make_booth: Callable[..., Booth]
) -> None:
    make_booth("A01")
    save(booth("A02"))
    assert standing() == {"A02": (0, 0)}
    [entry] = [entry for entry in audit.of(hall) if entry.action == "hall.drawn"]
    assert entry.details == {"added": ["A02"], "deleted": ["A01"]}


def test_only_organizers_of_the_fair_draw(client: FlaskClient, as_steward: FlaskClient, address: str) -> None:
    drawing = {"version": 1, "columns": 40, "rows": 20, "booths": []}
    assert client.post(address, json=drawing).status_code == 303
    assert as_steward.post(address, json=drawing).status_code == 404


def test_a_hall_of_sixty_booths_is_saved_in_few_statements(save: Save, at_most: Callable[..., Any]) -> None:
    booths = [booth(f"A{n:02}", 2 * (n % 20), 3 * (n // 20)) for n in range(60)]
    with at_most(statements=20):
        assert save(*booths).status_code == 200


def test_rows_added_in_the_list_make_the_hall_as_large_as_they_need(as_organizer: FlaskClient, hall: Hall) -> None:
    row = {"codes": "A01–A199", "category": "standard", "square_metres": "9"}
    as_organizer.post(f"/organizer/fairs/gia-lai/halls/{hall.id}", data=row)
    db.session.expire_all()
    lowest = db.session.scalar(db.select(db.func.max(Booth.y + Booth.height)))
    assert (hall.rows, hall.plan_version) == (lowest, 2)

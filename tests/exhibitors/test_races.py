"""Two requests at the same moment: the database lets one win, and the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from techfair.exhibitors.models import Application, BoothAssignment, Company, Exhibitor
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair
from tests.exhibitors.test_applying import TYPED


def at_once(count: int, deed: Callable[[int], Any]) -> list[Any]:
    """What ``deed(0)``, ``deed(1)`` ... answer when all start together."""
    start = Barrier(count)

    def run(number: int) -> Any:
        start.wait()
        return deed(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_one_tax_code_sent_by_four_at_once_becomes_one_company(app: Flask, fair: Fair) -> None:
    def apply(number: int) -> int:
        typed = TYPED | {"form_token": f"token {number}", "contact_email": f"person{number}@example.vn"}
        return app.test_client().post("/fairs/gia-lai/apply", data=typed).status_code

    assert sorted(at_once(4, apply)) == [303, 422, 422, 422]
    assert db.session.scalar(select(func.count()).select_from(Company)) == 1


def test_one_form_sent_four_times_at_once_becomes_one_application(app: Flask, fair: Fair) -> None:
    answers = at_once(4, lambda number: app.test_client().post("/fairs/gia-lai/apply", data=TYPED).status_code)
    assert answers == [303] * 4
    assert db.session.scalar(select(func.count()).select_from(Application)) == 1


def test_a_booth_given_by_two_organizers_at_once_has_one_exhibitor(
    app: Flask,
    fair: Fair,
    booth: Booth,
    make_exhibitor: Callable[..., Exhibitor],
    sign_in: Callable[..., Any],
    organizer: Any,
) -> None:
    exhibitors = [make_exhibitor(f"Công ty Số {number}").id for number in range(2)]
    browsers, booth_id = [sign_in(organizer) for _ in exhibitors], booth.id
    db.session.rollback()

    def give(number: int) -> int:
        given = {"booth_id": booth_id, "exhibitor_id": exhibitors[number]}
        return int(browsers[number].post("/organizer/fairs/gia-lai/exhibitors/booths/assign", data=given).status_code)

    assert sorted(at_once(2, give)) == [303, 409]
    assert db.session.scalar(select(func.count()).select_from(BoothAssignment)) == 1

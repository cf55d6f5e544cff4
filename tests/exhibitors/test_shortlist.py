"""Readers set up to four records side by side and save some, with an account or in their browser, without a script."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from techfair.accounts.models import User
from techfair.exhibitors import technologies
from techfair.exhibitors.disclosure import parts
from techfair.exhibitors.models import Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.exhibitors.shortlist.models import SavedRecord
from techfair.extensions import db


@pytest.fixture
def offers(exhibitor: Exhibitor, make_technology: Callable[..., Technology]) -> list[Technology]:
    return [make_technology(f"Máy sấy số {number}", readiness=number) for number in range(1, 6)]


def compared(offers: list[Technology]) -> str:
    return "/compare/technologies?" + "&".join(f"ref={one.public_ref}" for one in offers)


def test_up_to_four_stand_side_by_side_without_what_is_not_public(
    offers: list[Technology], client: FlaskClient, manager: User
) -> None:
    parts.keep_back(offers[1], manager, {"price": "nda"})
    technologies.archive(offers[3], manager)
    db.session.commit()
    assert f'form="compare" name="ref" value="{offers[0].public_ref}"' in client.get("/technologies").text
    address = compared(offers)
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    page = client.get(address).text
    assert len([one for one in statements if one.startswith("SELECT")]) <= 5
    shown = [f">Máy sấy số {number}</a>" in page for number in range(1, 6)]
    assert shown == [True, True, True, False, False]
    assert "theo đề nghị" in page
    assert "tối đa 4 mục" in page
    assert "lang=en" in page
    assert all(f"ref={one.public_ref}" in page.partition("lang=en")[0][-900:] for one in offers[:3])  # in English, too
    assert "không còn công khai" in page
    assert page.count("giống nhau") >= 2  # all but readiness and price
    assert "Chưa có gì để so sánh" in client.get("/compare/needs?ref=nothing").text


def test_a_browser_keeps_a_list_that_goes_to_the_account(
    offers: list[Technology], app: Flask, make_user: Callable[..., User]
) -> None:
    browser, user = app.test_client(), make_user()
    first, second = offers[:2]
    assert browser.post("/saved/technologies", data={"ref": "nothing"}).status_code == 404
    for one in (first, first, second):
        assert browser.post("/saved/technologies", data={"ref": one.public_ref}).status_code == 303
    page = browser.get("/saved").text
    assert page.index(second.title_vi) < page.index(first.title_vi)
    browser.set_cookie("techfair_saved", f"t{first.id}.t{second.id}.t999999.x1.t-1.n0")
    assert browser.get("/saved").status_code == 200
    with browser.session_transaction() as session:
        session["_user_id"], session["_fresh"] = user.get_id(), True
    assert first.title_vi in browser.get("/saved").text
    browser.post("/saved/technologies", data={"ref": offers[2].public_ref})
    assert browser.get_cookie("techfair_saved") is None
    saved = db.session.scalars(db.select(SavedRecord.technology_id)).all()
    assert sorted(saved) == [one.id for one in offers[:3]]
    assert browser.post(f"/saved/technologies/{first.id}/drop").status_code == 303
    page = browser.get("/saved").text
    assert [one.title_vi in page for one in offers[:3]] == [False, True, True]
    assert offers[1].title_vi not in app.test_client().get("/saved").text

"""Exhibitors ask for booths, the organizer offers one, and an offer expires by itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from techfair.accounts.models import User
from techfair.core import clock
from techfair.core.errors import StepSkipped
from techfair.exhibitors import booths
from techfair.exhibitors.models import BoothAssignment, Exhibitor
from techfair.exhibitors.placing import jobs, offers, requests, wishes
from techfair.exhibitors.placing.models import BoothWish, KeptApart
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair
from tests.exhibitors.test_races import at_once

OWN = "/exhibitor/booth"
REQUESTS = "/organizer/fairs/gia-lai/exhibitors/booths/requests"


@pytest.fixture
def other(make_exhibitor: Callable[..., Exhibitor]) -> Exhibitor:
    return make_exhibitor("Hợp tác xã Kon Tum")


@pytest.fixture
def request_(exhibitor: Exhibitor, booth: Booth, manager: User) -> BoothAssignment:
    asked = requests.ask(exhibitor, booth, manager)
    db.session.commit()
    return asked


@pytest.fixture
def offered(request_: BoothAssignment, organizer: User) -> BoothAssignment:
    offers.offer(request_, organizer)
    db.session.commit()
    return request_


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(db.select(BoothAssignment.state).order_by(BoothAssignment.id)))


def test_several_ask_for_one_booth_and_the_organizer_sees_who_came_first(
    as_organizer: FlaskClient, request_: BoothAssignment, other: Exhibitor, booth: Booth, manager: User
) -> None:
    requests.ask(other, booth, manager)
    db.session.commit()
    page = as_organizer.get(REQUESTS).text
    assert page.index("Cơ khí Đại Nguyên") < page.index("Kon Tum")


def test_today_tells_the_organizer_how_many_booths_are_asked_for(
    as_organizer: FlaskClient, request_: BoothAssignment
) -> None:
    assert "1 gian hàng có đơn vị đề nghị" in as_organizer.get("/organizer/fairs/gia-lai/").text


def test_asking_twice_is_asking_once(exhibitor: Exhibitor, booth: Booth, manager: User) -> None:
    assert requests.ask(exhibitor, booth, manager) is requests.ask(exhibitor, booth, manager)


def test_the_database_itself_refuses_a_second_request_and_an_offer_without_end(
    exhibitor: Exhibitor, booth: Booth, make_booth: Callable[..., Booth]
) -> None:
    for wrong in ({"state": "requested"}, {"state": "offered", "booth_id": make_booth("A02").id}):
        rows = [{"booth_id": booth.id, "exhibitor_id": exhibitor.id} | wrong for _ in range(2)]
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(db.insert(BoothAssignment), rows)


def test_an_offer_keeps_everybody_else_out_and_tells_until_when(
    offered: BoothAssignment, other: Exhibitor, booth: Booth, manager: User, organizer: User, mails: Callable[[], Any]
) -> None:
    with pytest.raises(booths.BoothTaken):
        requests.ask(other, booth, manager)
    with pytest.raises(booths.BoothTaken):
        booths.assign(other, booth, organizer)
    assert any("Mời nhận gian A01" in mail.subject for mail in mails())


def test_an_accepted_offer_is_a_booth_and_the_others_are_told(
    request_: BoothAssignment, other: Exhibitor, booth: Booth, manager: User, organizer: User, mails: Callable[[], Any]
) -> None:
    requests.ask(other, booth, manager)
    offers.offer(request_, organizer)
    offers.accept(request_, manager)
    db.session.commit()
    assert states() == ["assigned", "released"]
    assert "đã được giao cho đơn vị khác" in mails()[-1].text


def test_a_declined_offer_leaves_the_booth_to_those_who_asked_too(
    offered: BoothAssignment, other: Exhibitor, booth: Booth, manager: User
) -> None:
    offers.decline(offered, manager)
    requests.ask(other, booth, manager)
    db.session.commit()
    assert states() == ["released", "requested"]


def test_an_offer_expires_by_itself_and_the_exhibitor_gets_a_mail(
    offered: BoothAssignment, booth: Booth, fair: Fair, mails: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs.expire_offers()
    assert states() == ["offered"]
    later = clock.now() + timedelta(days=offers.USUAL_DAYS, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    jobs.expire_offers()
    monkeypatch.undo()
    assert states() == ["released"]
    assert "hết hạn" in mails()[-1].subject
    assert [one.code for one in booths.free(fair.id)] == ["A01"]


def test_an_offer_is_not_accepted_after_its_time_though_no_job_ran(
    offered: BoothAssignment, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + timedelta(days=30)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(offers.OfferExpired):
        offers.accept(offered, manager)


def test_nothing_skips_a_state(request_: BoothAssignment, manager: User, organizer: User) -> None:
    requests.withdraw(request_, manager)
    for deed in (requests.withdraw, offers.offer, offers.decline):
        with pytest.raises(StepSkipped):
            deed(request_, organizer)


def test_a_booth_that_was_asked_for_and_is_given_is_one_row(
    request_: BoothAssignment, exhibitor: Exhibitor, booth: Booth, organizer: User
) -> None:
    assert booths.assign(exhibitor, booth, organizer) is request_
    db.session.commit()
    assert states() == ["assigned"]


def test_of_four_offers_of_one_booth_at_once_one_stands(
    app: Flask,
    booth: Booth,
    manager: User,
    organizer: User,
    sign_in: Callable[[User], FlaskClient],
    make_exhibitor: Callable[..., Exhibitor],
) -> None:
    names = ("Công ty Một", "Công ty Thứ Hai", "Công ty Số Ba Bốn", "Công ty Năm Sáu Bảy Tám")
    ids = [requests.ask(make_exhibitor(name), booth, manager).id for name in names]
    db.session.commit()
    browsers = [sign_in(organizer) for _ in ids]
    db.session.rollback()
    at_once(4, lambda n: browsers[n].post(f"{REQUESTS}/{ids[n]}/offer", data={"days": "3"}).status_code)
    assert sorted(states()) == ["offered", "requested", "requested", "requested"]


def test_an_exhibitor_asks_withdraws_and_accepts_on_its_own_page(
    as_manager: FlaskClient, exhibitor: Exhibitor, booth: Booth, organizer: User
) -> None:
    assert "A01" in as_manager.get(OWN).text
    as_manager.post(f"{OWN}/ask", data={"booth_id": booth.id})
    assert states() == ["requested"]
    request = db.session.scalars(db.select(BoothAssignment)).one()
    offers.offer(request, organizer)
    db.session.commit()
    assert "Nhận gian A01" in as_manager.get(OWN).text
    as_manager.post(f"{OWN}/{request.id}/accept")
    assert states() == ["assigned"]


def test_a_fourth_request_is_refused(
    as_manager: FlaskClient, exhibitor: Exhibitor, make_booth: Callable[..., Booth]
) -> None:
    ids = [make_booth(f"A0{n}", x=3 * n).id for n in range(4)]
    told = [as_manager.post(f"{OWN}/ask", data={"booth_id": id}, follow_redirects=True).text for id in ids]
    assert "Hãy rút một đề nghị trước." in told[3]
    assert states() == ["requested"] * 3


def test_nobody_decides_for_another_company(
    as_steward: FlaskClient, client: FlaskClient, offered: BoothAssignment
) -> None:
    assert as_steward.post(f"{OWN}/{offered.id}/accept").status_code == 404
    assert client.post(f"{OWN}/{offered.id}/accept").status_code == 303
    assert states() == ["offered"]


def test_wishes_are_kept_and_the_organizer_reads_them(
    as_manager: FlaskClient, as_organizer: FlaskClient, exhibitor: Exhibitor, booth: Booth
) -> None:
    wish = {"category": "corner", "square_metres": "18", "needs_water": "y", "note": "Máy nặng 2 tấn", "hall_id": ""}
    assert as_manager.post(f"{OWN}/wish", data=wish).status_code == 303
    stored = db.session.get_one(BoothWish, exhibitor.id)
    assert (stored.category, stored.square_metres, stored.needs_water) == ("corner", 18, True)
    page = as_organizer.get(REQUESTS).text
    assert "Gian góc · ít nhất 18 m² · cạnh nguồn nước" in page
    assert "Máy nặng 2 tấn" in page


def test_two_are_kept_apart_once_and_let_together_again(
    as_organizer: FlaskClient, exhibitor: Exhibitor, other: Exhibitor, fair: Fair
) -> None:
    address = "/organizer/fairs/gia-lai/exhibitors/booths/apart"
    pair = {"first_id": other.id, "second_id": exhibitor.id}
    for _ in range(2):
        assert as_organizer.post(address, data=pair).status_code == 303
    assert wishes.apart_at(fair) == [(exhibitor.id, other.id)]
    assert as_organizer.post(address, data=pair | {"second_id": other.id}).status_code == 422
    as_organizer.post(f"{address}/end", data=pair)
    assert db.session.scalar(db.select(KeptApart.first_id)) is None


def test_the_pages_take_as_many_statements_with_many_booths_as_with_few(
    as_manager: FlaskClient,
    as_organizer: FlaskClient,
    request_: BoothAssignment,
    make_booth: Callable[..., Booth],
    at_most: Callable[..., Any],
) -> None:
    for number in range(2, 12):
        make_booth(f"A{number:02}", x=3 * number)
    with at_most(statements=18):
        assert as_manager.get(OWN).status_code == 200
    with at_most(statements=12):
        assert as_organizer.get(REQUESTS).status_code == 200

"""The floor plan for everyone: drawn, searched, and the same as a list."""

import gzip
import hashlib
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import insert

from techfair.accounts.models import User
from techfair.exhibitors import booths
from techfair.exhibitors.models import BoothAssignment, Company, Exhibitor
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair

PLAN = "/fairs/gia-lai/plan"


def give(exhibitor: Exhibitor, booth: Booth, organizer: User) -> None:
    booths.assign(exhibitor, booth, organizer)
    db.session.commit()


def test_the_list_says_who_stands_where(
    client: FlaskClient, exhibitor: Exhibitor, booth: Booth, organizer: User
) -> None:
    give(exhibitor, booth, organizer)
    page = client.get(PLAN).text
    assert '<li data-b="A01"' in page
    assert "Công ty Cơ khí Đại Nguyên" in page.split('class="floor-list"')[1]


def test_a_booth_s_code_says_where_the_reader_is(client: FlaskClient, booth: Booth) -> None:
    assert "Quý khách đang ở gian A01" in client.get(f"{PLAN}?here=a01").text
    assert "không có gian Z99" in client.get(f"{PLAN}?here=Z99").text


def test_words_without_accents_find_a_company_s_booths(
    client: FlaskClient, exhibitor: Exhibitor, booth: Booth, make_booth: Callable[..., Booth], organizer: User
) -> None:
    make_booth("A02", x=4)
    give(exhibitor, booth, organizer)
    page = client.get(f"{PLAN}?q=dai+nguyen").text
    assert page.count('class="found"') == 1
    assert "Tìm thấy 1 gian hàng" in page
    assert "Không tìm thấy" in client.get(f"{PLAN}?q=khong+co+ai").text


def test_a_code_means_that_booth_alone(client: FlaskClient, make_booth: Callable[..., Booth]) -> None:
    make_booth("A1"), make_booth("A12", x=4)
    assert client.get(f"{PLAN}?q=a1").text.count('class="found"') == 1


def test_an_exhibitor_s_page_leads_to_its_booth_on_the_plan(
    client: FlaskClient, exhibitor: Exhibitor, booth: Booth, organizer: User
) -> None:
    give(exhibitor, booth, organizer)
    ref = db.session.get_one(Company, exhibitor.company_id).public_ref
    assert 'href="/fairs/gia-lai/plan?q=A01"' in client.get(f"/fairs/gia-lai/exhibitors/{ref}").text


def test_an_offer_that_is_not_taken_yet_is_nobody_s_booth(
    client: FlaskClient, exhibitor: Exhibitor, booth: Booth
) -> None:
    db.session.add(BoothAssignment(booth_id=booth.id, exhibitor_id=exhibitor.id, state="requested"))
    db.session.commit()
    assert "data-b=" not in client.get(PLAN).text


def test_a_fair_without_booths_says_so(client: FlaskClient, fair: Fair) -> None:
    assert "Chưa có sơ đồ" in client.get(PLAN).text


def test_the_plan_takes_few_statements_however_many_booths(
    client: FlaskClient, make_booth: Callable[..., Booth], at_most: Callable[..., Any]
) -> None:
    for number in range(12):
        make_booth(f"A{number:02}", x=3 * number)
    with at_most(statements=4):
        assert client.get(PLAN).status_code == 200


def test_the_plan_of_five_hundred_booths_stays_below_150_kb(
    client: FlaskClient, fair: Fair, make_booth: Callable[..., Booth]
) -> None:
    first, numbers = make_booth("A000"), range(1, 501)
    names = {n: f"Công ty {hashlib.sha256(bytes([n % 256, n // 256])).hexdigest()[:24]} Cao Nguyên" for n in numbers}
    place = {"fair_id": fair.id, "hall_id": first.hall_id}
    firms = [{"id": n, "public_ref": f"c{n}", "name_vi": name, "search_key": name} for n, name in names.items()]
    there = [{"id": n, "fair_id": fair.id, "company_id": n} for n in numbers]
    stands = [{"id": first.id + n, "code": f"B{n:03}", "x": n % 25 * 2, "y": n // 25 * 2, **place} for n in numbers]
    given = [{"booth_id": first.id + n, "exhibitor_id": n} for n in numbers]
    for model, rows in ((Company, firms), (Exhibitor, there), (Booth, stands), (BoothAssignment, given)):
        db.session.execute(insert(model), rows)
    db.session.commit()
    page = client.get(PLAN, headers={"Accept-Encoding": "gzip"}).data
    assert gzip.decompress(page).count(b"<li data-b=") == 500
    assert len(page) < 150_000


def test_the_page_is_packed_for_readers_but_not_beside_the_token_of_who_is_signed_in(
    client: FlaskClient, as_manager: FlaskClient, booth: Booth
) -> None:
    packed = client.get(PLAN, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert b"A01" in gzip.decompress(packed.data)
    assert "Content-Encoding" not in as_manager.get(PLAN, headers={"Accept-Encoding": "gzip"}).headers

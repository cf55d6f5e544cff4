"""Halls from a table: each bad cell is named before anything is stored."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from techfair.core.spreadsheets import write_sheet
from techfair.extensions import db
from techfair.fairs.floor.models import Booth, BoothTerms, Hall
from techfair.fairs.models import Fair

IMPORT = "/organizer/fairs/gia-lai/halls/import"
HEADINGS = ("Nhà trưng bày", "Gian hàng", "Cột", "Hàng", "Loại gian hàng")
Send = Callable[..., Any]


@pytest.fixture
def send(as_organizer: FlaskClient, fair: Fair) -> Send:
    """Sends a table and opens its preview."""

    def sent(*rows: tuple[Any, ...], headings: tuple[str, ...] = HEADINGS) -> Any:
        file = BytesIO(write_sheet("Gian hàng", headings, rows))
        return as_organizer.post(IMPORT, data={"table": (file, "gian.xlsx")}, follow_redirects=True)

    return sent


def confirm(as_organizer: FlaskClient, preview: Any) -> None:
    assert as_organizer.post(preview.request.path).status_code == 303


def standing() -> dict[str, tuple[str, int, int]]:
    db.session.rollback()
    rows = db.select(Booth.code, Hall.code, Booth.x, Booth.y).join(Hall, Hall.id == Booth.hall_id)
    return {code: tuple(place) for code, *place in db.session.execute(rows)}


def test_good_rows_make_halls_and_booths_where_the_table_says(as_organizer: FlaskClient, send: Send) -> None:
    preview = send(("A", "A01", 1, 1, "Góc"), ("B", "B01", 3, 5, ""))
    assert standing() == {}
    confirm(as_organizer, preview)
    assert standing() == {"A01": ("A", 0, 0), "B01": ("B", 2, 4)}
    assert db.session.scalar(db.select(Booth.category).filter_by(code="A01")) == "corner"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("A", "gian số 1", 1, 1, ""), "Nhập một mã như A01."),
        (("A", "A02", 0, 1, ""), "Nhập số nguyên từ 1 đến 200."),
        (("A", "A02", "ba", 1, ""), "Nhập số nguyên từ 1 đến 200."),
        (("A", "A02", 1, 1, "Lâu đài"), "Không có loại này."),
        (("A", "A01", 9, 1, ""), "Mã này đã có ở dòng 3."),
        (("A", "A02", 2, 2, ""), "A02 chồng lên A01."),
        (("A", "A02", 200, 1, ""), "A02 nằm ngoài nhà trưng bày."),
    ],
)
def test_a_bad_row_is_named_and_left_out(
    as_organizer: FlaskClient, send: Send, row: tuple[Any, ...], told: str
) -> None:
    preview = send(("A", "A01", 1, 1, ""), row)
    assert told in preview.text
    if preview.text.count('<button class="button">'):
        confirm(as_organizer, preview)
    assert "A02" not in standing()


def test_a_table_without_the_needed_columns_is_refused_at_the_field(send: Send) -> None:
    answer = send(("A", "A01", 1, 1, ""), headings=("Nhà trưng bày", "Gian hàng", "ngang", "dọc", ""))
    assert answer.status_code == 422
    assert "Dòng đầu phải là tên các cột" in answer.text.split('id="table-error"')[1]


def test_of_two_rows_that_meet_the_first_is_good(as_organizer: FlaskClient, send: Send) -> None:
    confirm(as_organizer, send(("A", "A01", 1, 1, ""), ("A", "A02", 2, 2, "")))
    assert list(standing()) == ["A01"]


def test_a_booth_that_stands_moves_and_the_others_stay(
    as_organizer: FlaskClient, send: Send, make_booth: Callable[..., Booth]
) -> None:
    make_booth("A01"), make_booth("A02", x=4)
    confirm(as_organizer, send(("A", "A01", 11, 1, "")))
    assert standing() == {"A01": ("A", 10, 0), "A02": ("A", 4, 0)}


def test_a_code_of_another_hall_is_a_bad_row(send: Send, make_booth: Callable[..., Booth]) -> None:
    make_booth("A01")
    assert "Nhà trưng bày A đã có gian mang mã này." in send(("B", "A01", 1, 1, "")).text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_empty_table_is_a_good_one(as_organizer: FlaskClient, fair: Fair, language: str) -> None:
    file = as_organizer.get(f"{IMPORT}/table.xlsx", headers={"Accept-Language": language}).data
    answer = as_organizer.post(IMPORT, data={"table": (BytesIO(file), "t.xlsx")}, follow_redirects=True)
    confirm(as_organizer, answer)
    assert standing() == {"A01": ("A", 0, 0)}


def test_the_terms_of_a_kind_say_how_large_its_new_booths_are(as_organizer: FlaskClient, fair: Fair) -> None:
    terms = {"square_metres": "36", "width": "4", "height": "3", "price_vnd": "48 triệu", "includes_vi": "Thảm"}
    assert as_organizer.post("/organizer/fairs/gia-lai/booth-terms/island", data=terms).status_code == 303
    stored = db.session.get_one(BoothTerms, (fair.id, "island"))
    assert (stored.price_vnd, stored.includes) == (48_000_000, "Thảm")
    page = as_organizer.get("/organizer/fairs/gia-lai/booth-terms").text
    assert "48 triệu đồng" in page


def test_a_price_that_can_be_read_two_ways_is_refused(as_organizer: FlaskClient, fair: Fair) -> None:
    terms = {"square_metres": "9", "width": "2", "height": "2", "price_vnd": "12,500 triệu"}
    answer = as_organizer.post("/organizer/fairs/gia-lai/booth-terms/standard", data=terms)
    assert answer.status_code == 422
    assert 'value="12,500 triệu"' in answer.text


def test_a_kind_is_called_as_the_organizer_calls_it_on_lists_and_in_tables(
    as_organizer: FlaskClient, send: Send, client: FlaskClient
) -> None:
    terms = {"square_metres": "9", "width": "2", "height": "2", "name_vi": "Gian khung nhôm", "name_en": "Shell scheme"}
    assert as_organizer.post("/organizer/fairs/gia-lai/booth-terms/corner", data=terms).status_code == 303
    confirm(as_organizer, send(("A", "A01", 1, 1, "gian khung nhom"), ("A", "A02", 5, 1, "Shell scheme")))
    assert db.session.scalars(db.select(Booth.category)).all() == ["corner", "corner"]
    for language, name in (("vi", "Gian khung nhôm"), ("en", "Shell scheme")):
        for place in ("booth-terms", "exhibitors/booths"):
            page = as_organizer.get(f"/organizer/fairs/gia-lai/{place}?lang={language}").text
            assert name in page, place
    assert "Corner booth" not in page

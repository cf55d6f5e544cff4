"""Technologies come from a file as drafts; each bad cell says why, and the same file twice adds nothing."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db

IMPORT = "/exhibitor/technologies/import"
HEADINGS = ("Mã", "Tên tiếng Việt", "Lĩnh vực", "Mức sẵn sàng", "Hình thức chuyển giao", "Giá, hoặc từ", "Đến")
GOOD = ("", "Máy sấy lúa", "Nông nghiệp; Chế biến, bảo quản nông sản và thực phẩm", 8, "turnkey", 1_800_000_000, "2 tỷ")


def xlsx(*rows: Any, headings: Any = HEADINGS) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in (headings, *rows):
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@pytest.fixture
def send(as_manager: FlaskClient, company: Company) -> Callable[..., str]:
    """Sends a file and answers the address of its preview."""

    def sent(data: bytes, to: str = IMPORT) -> str:
        answer = as_manager.post(to, data={"file": (io.BytesIO(data), "cong-nghe.xlsx")})
        assert answer.status_code == 303, answer.text
        return answer.location

    return sent


def stored(model: Any = Technology) -> list[Any]:
    db.session.rollback()
    return list(db.session.scalars(db.select(model).order_by(model.id)))


def test_good_rows_become_drafts_and_the_same_file_again_makes_none(as_manager: FlaskClient, send: Any) -> None:
    data = xlsx(GOOD, ("", "", "food", "", "", "", ""))
    preview = send(data)
    page = as_manager.get(preview)
    assert "1/2 dòng nhập được" in page.text
    assert "Nhập tên." in page.text
    assert stored() == []
    as_manager.post(preview, data={"which": "all"})
    (made,) = stored()
    assert (made.state, made.readiness, made.transfer_forms) == ("draft", 8, ["turnkey"])
    assert (made.price_kind, made.price_low, made.price_high) == ("range", 1_800_000_000, 2_000_000_000)
    assert [row.sector for row in made.sectors] == ["agri", "food"]
    again = as_manager.post(send(data), data={"which": "all"})
    assert (again.status_code, len(stored())) == (422, 1)


def test_every_bad_cell_says_why_and_a_ticked_row_comes_alone(as_manager: FlaskClient, send: Any) -> None:
    bad = ("k-999", "Máy ép", "Thần học", 12, "thuê", "", "")
    preview = send(xlsx(GOOD, GOOD, ("", "Máy khác", "", "", "", "", ""), bad))
    page = as_manager.get(preview).text
    assert "“Thần học” không có ở đây" in page
    assert "Nhập mức từ 1 đến 9." in page
    assert "Đơn vị không có bản ghi nào mang mã này." in page
    assert "trùng với dòng 2" in page
    as_manager.post(preview, data={"which": "ticked", "row": ["4", "5"]})
    assert [one.title_vi for one in stored()] == ["Máy khác"]


def test_what_one_takes_along_comes_back_without_a_change_and_changes_are_named(
    as_manager: FlaskClient, send: Any, technology: Technology
) -> None:
    table = as_manager.get("/exhibitor/technologies/mine.xlsx").data
    taken = as_manager.get("/exhibitor/technologies/mine.json").json
    assert "0/1 dòng nhập được" in as_manager.get(send(table)).text
    assert "0/1 dòng nhập được" in as_manager.get(send(json.dumps(taken).encode())).text
    taken["technologies"][0]["readiness"] = 7
    preview = send(json.dumps(taken).encode())
    assert "Thay đổi:</b> Mức sẵn sàng" in as_manager.get(preview).text
    as_manager.post(preview, data={"which": "all"})
    (changed,) = stored()
    assert (changed.readiness, changed.state, changed.summary_vi) == (7, "published", "Sấy 6 tấn một mẻ")


def test_the_fair_s_own_exports_are_read_again(
    as_manager: FlaskClient, send: Any, exhibitor: Exhibitor, technology: Technology
) -> None:
    for ending in ("json", "xlsx"):
        data = as_manager.get(f"/fairs/gia-lai/technologies.{ending}").data
        page = as_manager.get(send(data)).text
        assert "0/1 dòng nhập được" in page
        assert "Các dòng chưa nhập được" not in page


def test_needs_come_from_json_with_their_budget_and_day(as_manager: FlaskClient, send: Any) -> None:
    told = {"title": {"vi": "Hạt mốc"}, "budget": {"low": 3, "high": 9, "currency": "USD"}, "deadline": "2027-05-01"}
    as_manager.post(send(json.dumps({"needs": [told]}).encode(), "/exhibitor/needs/import"), data={"which": "all"})
    (need,) = stored(Need)
    assert (need.budget_low, need.budget_high, need.budget_currency) == (3, 9, "USD")
    assert need.deadline_on.isoformat() == "2027-05-01"


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (80 * 2**20))
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bomb, "Tệp này quá lớn"),
        (lambda: b"PK" + b"0" * 9 * 2**20, "Tệp này quá lớn"),
        (lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "Không có dòng nào đặt tên các cột"),
        (lambda: b"[" * 50_000, "Tệp này bắt đầu như JSON"),
        (lambda: b'{"technologies": "all"}', "JSON này không có danh sách"),
        (lambda: json.dumps([{"title": {"vi": "x"}}] * 501).encode(), "hơn 500 bản ghi"),
        (lambda: b"", "Hãy chọn tệp."),
    ],
    ids=["zip bomb", "oversize", "picture", "brackets", "no list", "too many", "none"],
)
def test_a_file_that_is_no_table_is_refused_with_a_reason_beside_the_field(
    as_manager: FlaskClient, company: Company, data: Callable[[], bytes], reason: str
) -> None:
    sent = data()
    form = {"file": (io.BytesIO(sent), "x.xlsx")} if sent else {}
    answer = as_manager.post(IMPORT, data=form)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert reason in answer.text


def test_a_wrong_kind_of_value_in_json_is_marked_at_its_cell(as_manager: FlaskClient, send: Any) -> None:
    page = as_manager.get(
        send(json.dumps([{"title": {"vi": "Máy"}, "summary": [1.5], "readiness": True}]).encode())
    ).text
    assert page.count("Ở đây JSON phải chứa chữ, số hoặc danh sách chữ.") >= 2


def test_an_organizer_imports_for_exhibitors_by_name_and_changes_nothing_published(
    as_organizer: FlaskClient, exhibitor: Exhibitor, company: Company, technology: Technology
) -> None:
    address = "/organizer/fairs/gia-lai/exhibitors/import/technologies"
    told = [
        {"company": company.tax_code, "title": {"vi": "Máy mới"}},
        {"company": "Công ty không có", "title": {"vi": "Máy lạ"}},
        {"company": {"vi": company.name_vi}, "title": {"vi": technology.title_vi}, "readiness": 3},
    ]
    sent = as_organizer.post(address, data={"file": (io.BytesIO(json.dumps(told).encode()), "x.json")})
    page = as_organizer.get(sent.location).text
    assert "Không có đơn vị trưng bày nào của hội chợ mang tên" in page
    assert "chỉ đơn vị đó được sửa" in page
    as_organizer.post(sent.location, data={"which": "all"})
    assert [(one.title_vi, one.state, one.readiness) for one in stored()] == [
        (technology.title_vi, "published", 9),
        ("Máy mới", "draft", None),
    ]


def test_nobody_else_reaches_an_import(as_manager: FlaskClient, exhibitor: Exhibitor, client: FlaskClient) -> None:
    organizers = "/organizer/fairs/gia-lai/exhibitors/import/technologies"
    assert as_manager.get(organizers).status_code == 404
    assert as_manager.post(f"{organizers}/{'0' * 64}").status_code == 404

"""People from a spreadsheet: what is read, what is marked at which cell, and who is registered in the end."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from techfair.core import jobs
from techfair.core.spreadsheets import SpreadsheetRefused, read_sheet
from techfair.extensions import db
from techfair.visitors import importing
from techfair.visitors.listing import read_list
from techfair.visitors.models import Badge, Registration

IMPORT = "/organizer/fairs/gia-lai/visitors/import"
CASES = Path(__file__).parents[1] / "cases"
HEADINGS = ("Họ và tên", "Đơn vị", "Email", "Điện thoại", "Loại thẻ")


def xlsx(*rows, headings=HEADINGS):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in (headings, *rows):
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def delegation(size=30):
    return [[f"Đại biểu {n}", "Sở KH&CN", f"dai.bieu{n}@example.vn", "", "Đại biểu"] for n in range(1, size + 1)]


@pytest.fixture
def send(as_organizer, fair):
    """Sends a list and answers the address of its preview."""

    def sent(data):
        answer = as_organizer.post(IMPORT, data={"list": (io.BytesIO(data), "danh-sach.xlsx")})
        assert answer.status_code == 303, answer.text
        return answer.location

    return sent


def names():
    return set(db.session.scalars(db.select(Registration.full_name)))


def test_a_semicolon_file_of_a_vietnamese_excel_is_three_people():  # K056
    rows = read_sheet((CASES / "visitors_semicolon_bom.csv").read_bytes())
    assert (rows[0].cells[0], {len(row.cells) for row in rows}, len(rows)) == ("Họ và tên", {4}, 4)
    assert rows[2].cells[1::2] == ('Công ty "Mẫu; Hai"', "hai dòng\ntrong một ô")


def test_decomposed_names_are_composed_and_the_same_person_is_marked():  # K058
    people = read_list((CASES / "visitors_nfd.csv").read_bytes())
    assert (people[0].cells["full_name"], people[-1].same_as) == ("Trần Thị Thử", people[0].number)
    assert [person.is_good for person in people] == [True, True, True, False]


def test_an_official_table_gives_its_people_alone():  # K060
    people = read_list((CASES / "delegation_layout.xlsx").read_bytes())
    assert [person.cells["full_name"] for person in people if person.is_chosen] == [
        "Trần Thị Thử",
        "Lê Văn Thử",
        "Đỗ Thị Lập",
    ]
    assert {person.cells["organisation"] for person in people if person.is_chosen} == {"Sở KH&CN Mẫu"}
    assert [person.number for person in people if person.is_hidden and person.is_good] == [8]


def test_numbers_come_as_people_wrote_them():  # K054
    rows = read_sheet((CASES / "exhibitors_numbers.xlsx").read_bytes())
    assert [row.cells[1] for row in rows[1:4]] == ["9900001002", "9900001027", "9900001034"]
    phones = read_list(xlsx(["An", "", "", 844000531, ""], ["Bình", "", "", 84844000533.0, ""]))
    assert [person.cells["phone"] for person in phones] == ["+84844000531", "+84844000533"]


def test_every_name_of_the_world_is_taken():  # K042
    lines = (CASES / "names.csv").read_text(encoding="utf-8").splitlines()[1:]
    given = [line.split(",")[0] for line in lines]
    people = read_list(xlsx(*([name, "", f"a{n}@example.vn"] for n, name in enumerate(given))))
    assert [person.cells["full_name"] for person in people if person.problems] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", ";,\t")
def test_any_csv_reads_alike(encoding, sign):
    text = f"Họ và tên{sign}Email\r\nĐỗ Thị Lập{sign}lap@example.vn\r\n"
    assert read_list(text.encode(encoding))[0].cells["full_name"] == "Đỗ Thị Lập"


def test_a_windows_1258_file_keeps_its_accents():
    text = "Ho ten;Email\nTrâ\u0300n Thi\u0323 Thư\u0309;thu@example.vn\n"
    assert read_list(text.encode("cp1258"))[0].cells["full_name"] == "Trần Thị Thử"


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 70 * 2**20)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 no zip at all", "damaged"),
        (b"\xd0\xcf\x11\xe0 an old one", "old_excel"),
        (b"a" * (9 * 2**20), "too_large"),
        (b"An;an@example.vn\n" * 20_001, "too_many_rows"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_reason(data, reason):
    with pytest.raises(SpreadsheetRefused) as refused:
        read_sheet(data)
    assert refused.value.reason == reason


def test_a_small_file_that_unpacks_to_a_giant_is_refused():
    with pytest.raises(SpreadsheetRefused) as refused:
        read_sheet(bomb())
    assert refused.value.reason == "too_large"


def test_a_merged_area_over_the_whole_sheet_costs_nothing():
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Họ và tên"]), book.active.append(["An"])
    book.save(file)
    out = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            area = b'</sheetData><mergeCells><mergeCell ref="B1:XFD1048576"/></mergeCells>'
            new.writestr(part, old.read(part).replace(b"</sheetData>", area))
    assert [row.cells[0] for row in read_sheet(out.getvalue())] == ["Họ và tên", "An"]


def test_three_bad_cells_of_thirty_rows_are_marked_and_the_others_imported(as_organizer, send):
    rows = delegation()
    rows[3][2], rows[9][0], rows[20][4] = "không phải thư", "", "hoàng đế"
    address = send(xlsx(*rows))
    page = as_organizer.get(address).text
    assert (page.count('<span class="error">'), "27/30" in page) == (3, True)
    assert all(reason in page for reason in ("Chưa có họ tên", "Không có loại thẻ này"))
    assert as_organizer.post(address, data={"which": "all"}).status_code == 303
    jobs.run_due()
    badges = list(db.session.scalars(db.select(Badge.kind)))
    assert (len(names()), badges) == (27, ["delegate"] * 27)
    assert "Nhập danh sách" in as_organizer.get("/organizer/fairs/gia-lai/log").text


def test_only_ticked_rows_are_imported(as_organizer, send):
    address = send(xlsx(*delegation(5)))
    as_organizer.post(address, data={"which": "ticked", "row": ["3", "5"]})
    jobs.run_due()
    assert names() == {"Đại biểu 2", "Đại biểu 4"}


def test_no_ticked_row_is_said_so(as_organizer, send):
    answer = as_organizer.post(send(xlsx(*delegation(2))), data={"which": "ticked"})
    assert (answer.status_code, "Chưa chọn dòng nào" in answer.text) == (422, True)


def test_the_same_list_twice_registers_nobody_twice(as_organizer, send, fair):
    for _time in range(2):
        address = send(xlsx(*delegation(3)))
        as_organizer.post(address, data={"which": "all"})
        jobs.run_due()
    assert db.session.scalar(db.select(db.func.count(Registration.id))) == 3
    people = importing.open_list(fair, address.rpartition("/")[2])
    assert (importing.register_all(fair, people), "đã nhập trước đây" in as_organizer.get(address).text) == (0, True)


def test_who_registered_before_becomes_a_possible_duplicate(as_organizer, send, register):
    earlier = register("Đại biểu Một", email="DAI.BIEU1@example.vn").id
    as_organizer.post(send(xlsx(*delegation(2))), data={"which": "all"})
    jobs.run_due()
    twins = db.session.scalars(db.select(Registration.possible_duplicate_of_id).order_by(Registration.id))
    assert list(twins) == [None, earlier, None]


def test_a_hundred_people_take_as_many_statements_as_one(fair, at_most):
    people = read_list(xlsx(*delegation(100)))
    with at_most(statements=10):
        assert importing.register_all(fair, people) == 100


def test_a_list_without_headings_is_refused_at_the_field(as_organizer, fair):
    answer = as_organizer.post(IMPORT, data={"list": (io.BytesIO(b"An;an@example.vn"), "a.csv")})
    assert (answer.status_code, 'id="list-error"' in answer.text) == (422, True)


def test_the_empty_list_can_be_filled_in_and_sent(as_organizer, send):
    empty = as_organizer.get(f"{IMPORT}/template.csv").data
    page = as_organizer.get(send(empty + b"An;;an@example.vn;;\r\n")).text
    assert re.search("Nhập 1 dòng|Nhập cả 1", page)


def test_a_stranger_imports_nothing(make_user, sign_in, fair):
    stranger = sign_in(make_user("stranger@example.vn"))
    pages = (stranger.get(IMPORT), stranger.post(IMPORT), stranger.get(f"{IMPORT}/{'0' * 64}"))
    assert [page.status_code for page in pages] == [404] * 3


def test_an_address_of_no_list_is_no_page(as_organizer, fair):
    assert [as_organizer.get(f"{IMPORT}/{file}").status_code for file in ("0" * 64, "nothing")] == [404, 404]

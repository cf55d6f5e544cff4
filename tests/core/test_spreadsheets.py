"""Spreadsheets that people take: names that Excel opens without a repair, text that stays text."""

import io

import openpyxl
import pytest

from techfair.core.spreadsheets import sheet_name, write_sheet

LONG = "Hội nghị 24/11: kết nối cung - cầu [Gia Lai]"


def book(title, *rows):
    return openpyxl.load_workbook(io.BytesIO(write_sheet(title, ["Họ và tên"], rows))).active


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (LONG, "Hội nghị 24 11 kết nối cung - c"),
        ("'Chợ' công nghệ'", "Chợ' công nghệ"),
        ("[]:*?/\\", "1"),
        ("", "1"),
        ("Ghi\x0bchú", "Ghichú"),
    ],
)
def test_a_sheet_has_a_name_that_excel_takes(title, name):  # K066
    assert (sheet_name(title), len(sheet_name(title)) <= 31) == (name, True)


def test_the_full_title_stands_in_the_first_row(app):  # K066
    sheet = book(LONG, ["An"])
    assert [row[0].value for row in sheet.iter_rows()] == [LONG, "Họ và tên", "An"]


@pytest.mark.parametrize("text", ["=1+1", "-Mẫu-", "@mau", "+84844000531", "'Ngoặc", "0899000001"])
def test_text_stays_text(app, text):  # K062
    cell = book("Khách", [text])["A3"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_signs_that_no_file_holds_are_dropped(app):  # K064
    assert book("Khách", ["một\x0bhai\x00\nba"])["A3"].value == "mộthai\nba"

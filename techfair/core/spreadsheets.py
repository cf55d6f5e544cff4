"""Spreadsheets: those that people send, .xlsx and .csv as every program writes them, and those that they take."""

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import openpyxl
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import range_boundaries
from openpyxl.worksheet._reader import WorkSheetParser

from techfair.core.refusal import InputRefused
from techfair.core.uploads import MEGABYTE

FILE_BYTES, UNPACKED_BYTES = 8 * MEGABYTE, 64 * MEGABYTE
MOST_ROWS, MOST_COLUMNS = 20_000, 40
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # also what Excel makes of a file with a password
DELIMITERS = ";,\t"
NOT_IN_SHEET_NAMES = re.compile(r"[\\/?*:\[\]]")


class SpreadsheetRefused(InputRefused):
    """A file that is not read: empty, too_large, old_excel, damaged, too_many_rows."""


@dataclass(frozen=True)
class SheetRow:
    """One row that is not empty: its number in the file, its cells as text, whether the file hides it."""

    number: int
    cells: tuple[str, ...]
    is_hidden: bool = False


def read_sheet(data: bytes) -> list[SheetRow]:
    """The rows of a .csv, or of the first sheet of an .xlsx; raises SpreadsheetRefused.

    Which of both it is the content says. Numbers come without ".0" or exponent, formulas as the value
    that was last shown; of merged cells each holds the value, so that every row stands alone.
    """
    if not data.strip():
        raise SpreadsheetRefused("empty", _l("This file is empty. Choose another."))
    if len(data) > FILE_BYTES:
        raise _too_large()
    if data.startswith(OLD_EXCEL):
        message = _l("This is an old Excel file or one with a password. Save it as .xlsx without password.")
        raise SpreadsheetRefused("old_excel", message)
    return _limited(_xlsx(data) if data.startswith(b"PK") else _csv(_decoded(data)))


def _limited(rows: Iterator[SheetRow]) -> list[SheetRow]:
    kept: list[SheetRow] = []
    for row in rows:
        if any(cell.strip() for cell in row.cells):
            kept.append(row)
        if len(kept) > MOST_ROWS:
            message = _l("This file has more than %(most)s rows. Send it in parts.", most=MOST_ROWS)
            raise SpreadsheetRefused("too_many_rows", message)
    return kept


def _too_large() -> SpreadsheetRefused:
    size = FILE_BYTES // MEGABYTE
    return SpreadsheetRefused("too_large", _l("This file is too large. It may have up to %(size)s MB.", size=size))


def _damaged() -> SpreadsheetRefused:
    message: LazyString = _l("This file cannot be read. Open it, save it as .xlsx again and send that.")
    return SpreadsheetRefused("damaged", message)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1258", "replace")  # what a Vietnamese Excel writes as plain "CSV"


def _csv(text: str) -> Iterator[SheetRow]:
    first, _, rest = text.partition("\n")
    if first.strip().lower() in {f"sep={sign}" for sign in DELIMITERS}:  # a line for Excel alone
        delimiter, text = first.strip()[-1], rest
    else:
        heads = [line for line in text.splitlines()[:20] if line.strip()]
        delimiter = max(DELIMITERS, key=lambda sign: max((line.count(sign) for line in heads), default=0))
    try:
        for number, cells in enumerate(csv.reader(StringIO(text, newline=""), delimiter=delimiter), start=1):
            yield SheetRow(number, tuple(cells[:MOST_COLUMNS]))
    except csv.Error as error:
        raise _damaged() from error


def _xlsx(data: bytes) -> Iterator[SheetRow]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > UNPACKED_BYTES:  # a small file may unpack to gigabytes
            raise _too_large()
        rows, hidden, merged = _parsed(data)
    except InputRefused:
        raise
    except Exception as error:  # a hostile file makes the reader raise anything
        raise _damaged() from error
    for area in merged:
        _spread(rows, range_boundaries(area))
    for number in sorted(rows):
        cells = rows[number]
        last = max(cells, default=0)
        yield SheetRow(number, tuple(cells.get(column, "") for column in range(1, last + 1)), number in hidden)


def _parsed(data: bytes) -> tuple[dict[int, dict[int, str]], set[int], list[str]]:
    """Cells by row and column, hidden rows and merged areas of the first sheet.

    openpyxl's public reader of large files leaves out the last two, and its other one makes a cell of
    each of the thousands of millions that a merged area may claim; the parser below both gives all.
    """
    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
    sheet: Any = book.worksheets[0]
    formats = {"date_formats": book._date_formats, "timedelta_formats": book._timedelta_formats}  # type: ignore[attr-defined]
    with sheet._get_source() as source:
        parser: Any = WorkSheetParser(source, sheet._shared_strings, data_only=True, epoch=book.epoch, **formats)
        rows: dict[int, dict[int, str]] = {}
        for number, cells in parser.parse():
            texts = {cell["column"]: _text(cell["value"]) for cell in cells if cell["column"] <= MOST_COLUMNS}
            if any(texts.values()):
                rows[number] = texts
    hidden = {int(number) for number, row in parser.row_dimensions.items() if row.get("hidden") in {"1", "true"}}
    areas = parser.merged_cells.mergeCell if parser.merged_cells else []
    return rows, hidden, [area.ref for area in areas]


def _spread(rows: dict[int, dict[int, str]], area: tuple[Any, ...]) -> None:
    left, top, right, bottom = area
    value = rows.get(top, {}).get(left, "")
    for number in [number for number in rows if value and top < number <= bottom]:
        for column in range(left, min(right, MOST_COLUMNS) + 1):
            rows[number][column] = rows[number].get(column) or value


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return format(value, ".0f") if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y")
    return str(value)


def write_sheet(title: str, headings: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """An .xlsx of one sheet: the title in full, the headings, then the rows.

    Text stays text: no cell that begins with = + - or @ runs as a formula, and a phone number keeps its plus.
    """
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(sheet_name(title))
    sheet.append([_cell(sheet, title, is_bold=True)])
    sheet.append([_cell(sheet, heading, is_bold=True) for heading in headings])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def sheet_name(title: str) -> str:
    """A name that Excel takes: at most 31 signs, none of \\ / ? * : [ ], no apostrophe at either end."""
    plain = ILLEGAL_CHARACTERS_RE.sub("", title)
    return " ".join(NOT_IN_SHEET_NAMES.sub(" ", plain).split())[:31].strip(" '") or "1"


def _cell(sheet: Any, value: str | int, is_bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl would make a formula of what begins with =
    if is_bold:
        cell.font = Font(bold=True)
    return cell

"""What a file of records holds, row by row as text: .xlsx or .csv with headings, or JSON as we write it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from techfair.core.languages import LANGUAGES
from techfair.core.spreadsheets import FILE_BYTES, SheetRow, SpreadsheetRefused, read_sheet
from techfair.core.vietnamese import search_key
from techfair.exhibitors.importing import columns
from techfair.exhibitors.importing.columns import Column

MOST_RECORDS = 500  # of one file: each becomes a draft with its entry in the log, in one transaction
MOST_HEADING_ROWS = 20
WRONG_KIND = _l("Here JSON must hold text, a number or a list of texts.")


@dataclass
class Row:
    """One record of a file: its number there and its cells as text; at a cell that cannot be read, why."""

    number: int
    cells: dict[str, str]
    problems: dict[str, LazyString | str] = field(default_factory=dict)
    is_hidden: bool = False


def read(data: bytes, folder: str) -> list[Row]:
    """The records of a file; raises SpreadsheetRefused with a reason for what is no such file."""
    if len(data) > FILE_BYTES:
        read_sheet(data)  # says so
    rows = _json(data, folder) if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") else _sheet(data, folder)
    if not rows:
        raise SpreadsheetRefused("no_rows", _l("This file holds headings but no record."))
    if len(rows) > MOST_RECORDS:
        message = _l("This file has more than %(most)s records. Send it in parts.", most=MOST_RECORDS)
        raise SpreadsheetRefused("too_many_rows", message)
    return rows


def all_columns(folder: str) -> Sequence[Column]:
    """What a file may hold: the code by which a record is known again, the company, the record's own fields."""
    return (columns.CODE, columns.COMPANY, *columns.OF[folder])


def _sheet(data: bytes, folder: str) -> list[Row]:
    rows = read_sheet(data)
    headings = _headings(folder)
    for index, row in enumerate(rows[:MOST_HEADING_ROWS]):
        places = _places(row.cells, headings)
        if "title_vi" in places:
            return [_row(one, places) for one in rows[index + 1 :]]
    message = _l("No row names the columns: one heading must be “Title in Vietnamese”. Start from the template.")
    raise SpreadsheetRefused("no_heading", message)


def _headings(folder: str) -> dict[str, str]:
    """Which column a folded heading is, in either language."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with force_locale(language):
            found |= {search_key(str(column.label)): column.name for column in all_columns(folder)}
    return found


def _places(cells: Iterable[str], headings: Mapping[str, str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, cell in enumerate(cells):
        if name := headings.get(search_key(cell)):
            places.setdefault(name, index)
    return places


def _row(row: SheetRow, places: Mapping[str, int]) -> Row:
    cells = {name: row.cells[at].strip() if at < len(row.cells) else "" for name, at in places.items()}
    return Row(row.number, cells, is_hidden=row.is_hidden)


def _json(data: bytes, folder: str) -> list[Row]:
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # also bytes that are no UTF-8, and ten thousand brackets
        raise SpreadsheetRefused("damaged", _l("This file begins like JSON but is none. Export it again.")) from error
    records = told.get(folder) if isinstance(told, dict) else told
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        message = _l("This JSON has no list “%(folder)s” of records.", folder=folder)
        raise SpreadsheetRefused("no_records", message)
    return [_record(number, record, folder) for number, record in enumerate(records, start=1)]


def _record(number: int, record: Mapping[str, Any], folder: str) -> Row:
    row = Row(number, {})
    for column in all_columns(folder):
        value = _at(record, column.path)
        try:
            row.cells[column.name] = _cell(value)
        except TypeError:
            row.cells[column.name] = str(value)[:200].replace("\x00", "")
            row.problems[column.name] = WRONG_KIND
    return row


def _at(record: Any, path: Sequence[str]) -> Any:
    for name in path:
        if record is None:
            return None
        if not isinstance(record, dict):
            return record if name == path[-1] == "vi" else object()
        record = record.get(name)
    return record.get("vi") if path == ("company",) and isinstance(record, dict) else record


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(_cell(one) for one in value if not isinstance(one, list))
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise TypeError(type(value))
    return str(value).strip()

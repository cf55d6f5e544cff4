"""Records written into files that this program reads again: a template, a spreadsheet, JSON."""

import json
from collections.abc import Sequence
from typing import Any

from techfair.core.spreadsheets import write_sheet
from techfair.exhibitors.importing import columns
from techfair.exhibitors.importing.reading import all_columns


def template(title: str, folder: str, with_company: bool) -> bytes:
    """An empty table with the headings, the company's only where the file is of several companies."""
    names = [str(column.label) for column in all_columns(folder) if with_company or column is not columns.COMPANY]
    return write_sheet(title, names, [])


def sheet(title: str, folder: str, records: Sequence[Any]) -> bytes:
    """A company's records, one a row."""
    listed = (columns.CODE, *columns.OF[folder])
    rows = [[column.of(record) for column in listed] for record in records]
    return write_sheet(title, [str(column.label) for column in listed], rows)


def as_json(folder: str, records: Sequence[Any]) -> bytes:
    """A company's records in the shape of the fair's public JSON."""
    told = {folder: [_told(folder, record) for record in records]}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _told(folder: str, record: Any) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for column in (columns.CODE, *columns.OF[folder]):
        place = told
        for name in column.path[:-1]:
            place = place.setdefault(name, {})
        place[column.path[-1]] = column.raw(record)
    return told

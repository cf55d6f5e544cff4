"""Halls from a table: one booth a row, every bad cell named before anything is stored. Knows no database."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l
from pydantic import ValidationError

from techfair.core.refusal import InputRefused
from techfair.core.spreadsheets import SheetRow, read_sheet, write_sheet
from techfair.core.vietnamese import search_key
from techfair.fairs.floor import naming
from techfair.fairs.floor.models import BOOTH_CATEGORIES
from techfair.fairs.floor.schemas import DrawnBooth
from techfair.fairs.words import BOOTH_CATEGORIES as CATEGORY_WORDS

COLUMN_WORDS = {
    "hall": _l("Hall"),
    "code": _l("Booth"),
    "x": _l("Column on the plan"),
    "y": _l("Row on the plan"),
    "width": _l("Width"),
    "height": _l("Depth"),
    "category": _l("Kind of booth"),
    "square_metres": _l("Floor area"),
    "is_blocked": _l("Blocked"),
}
NAMES = {
    "hall": ("nha", "nha trung bay", "khu", "hall"),
    "code": ("gian", "gian hang", "ma", "ma gian", "ma gian hang", "booth", "code"),
    "x": ("cot", "x", "column", "column on the plan"),
    "y": ("hang", "y", "row", "row on the plan"),
    "width": ("rong", "chieu rong", "be rong", "width"),
    "height": ("sau", "dai", "chieu sau", "chieu dai", "depth", "height"),
    "category": ("loai", "loai gian", "loai gian hang", "kind", "kind of booth", "category"),
    "square_metres": ("dien tich", "dien tich m2", "m2", "area", "floor area"),
    "is_blocked": ("khoa", "tam khoa", "blocked"),
}
NEEDED = ("hall", "code", "x", "y")
HEAD_ROWS = 10  # among which the headings stand
HALL = re.compile(r"\S{1,12}")
YES = {"x", "co", "yes", "1", "true", "khoa", "blocked"}
CATEGORY_NAMES = {
    "standard": ("tieu chuan", "gian tieu chuan", "standard"),
    "corner": ("goc", "gian goc", "corner"),
    "island": ("dao", "dao doc lap", "gian dao", "island"),
    "outdoor": ("ngoai troi", "gian ngoai troi", "outdoor"),
}
EXAMPLE = ("A", "A01", 1, 1, 2, 2, "standard", 9, "")


class NotATable(InputRefused):
    """The file's first rows hold no headings that are known: no_heading."""


@dataclass
class ListedBooth:
    """One row: what it says, and what is wrong with it by column (an empty key: with the row as a whole)."""

    number: int
    cells: dict[str, str]
    hall: str = ""
    booth: DrawnBooth | None = None
    errors: dict[str, Any] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        return not self.errors


def read_booths(data: bytes, sizes: dict[str, dict[str, int]]) -> list[ListedBooth]:
    """The booths of an .xlsx or .csv; raises SpreadsheetRefused, NotATable. ``sizes`` are those of the categories."""
    rows = read_sheet(data)
    head, columns = _heading(rows)
    listed = [_listed(row, columns, sizes) for row in rows if row.number > head]
    _mark_doubles(listed)
    return listed


def template() -> bytes:
    """An .xlsx with the headings and one booth as an example."""
    return write_sheet(str(_l("Booths")), [str(word) for word in COLUMN_WORDS.values()], [EXAMPLE])


def needed() -> list[str]:
    """The columns without which a table says nothing."""
    return [str(COLUMN_WORDS[name]) for name in NEEDED]


def _heading(rows: Sequence[SheetRow]) -> tuple[int, dict[int, str]]:
    """The number of the row that holds the headings, and which column each place is."""
    for row in rows[:HEAD_ROWS]:
        columns = dict(_known(row.cells))
        if set(NEEDED) <= set(columns.values()):
            return row.number, columns
    message = _l("The first row must name the columns, among them: %(needed)s.", needed=", ".join(needed()))
    raise NotATable("no_heading", message)


def _known(cells: Sequence[str]) -> Iterator[tuple[int, str]]:
    for place, cell in enumerate(cells):
        said = re.sub(r"\s+", " ", re.sub(r"[^0-9a-z ]", " ", search_key(cell))).strip()
        for name, names in NAMES.items():
            if said in names:
                yield place, name


def _listed(row: SheetRow, columns: dict[int, str], sizes: dict[str, dict[str, int]]) -> ListedBooth:
    cells = {name: row.cells[place].strip() if place < len(row.cells) else "" for place, name in columns.items()}
    listed = ListedBooth(row.number, cells, hall=cells["hall"].upper())
    if not HALL.fullmatch(listed.hall):
        listed.errors["hall"] = _l("Type a short code such as A.")
    category = _category(cells.get("category", ""))
    if category is None:
        listed.errors["category"] = _l("No such kind. Known are: %(kinds)s.", kinds=", ".join(map(str, _kinds())))
    values: dict[str, Any] = {"code": cells["code"], "category": category or BOOTH_CATEGORIES[0]}
    values["is_blocked"] = search_key(cells.get("is_blocked", "")) in YES
    values |= sizes[values["category"]]
    values |= {name: cells[name] for name in ("width", "height", "square_metres") if cells.get(name)}
    try:
        listed.booth = DrawnBooth(x=_started(cells["x"]), y=_started(cells["y"]), **values)
    except ValidationError as error:
        listed.errors |= {str(one["loc"][0]): _why(str(one["loc"][0])) for one in error.errors()}
    return listed


def _kinds() -> list[Any]:
    return list(CATEGORY_WORDS.values())


def _started(cell: str) -> Any:
    """People count columns and rows from 1."""
    return int(cell) - 1 if cell.isdecimal() else cell


def _category(cell: str) -> str | None:
    said = search_key(cell).strip()
    if not said:
        return BOOTH_CATEGORIES[0]
    own = {search_key(name): key for key in CATEGORY_NAMES for name in naming.both(key)}
    return own.get(said) or next((key for key, names in CATEGORY_NAMES.items() if said in names), None)


def _why(column: str) -> Any:
    if column == "code":
        return _l("Type a code such as A01.")
    if column in {"x", "y"}:
        return _l("Type a whole number from 1 to 200.")
    return _l("Type a whole number above 0.")


def _mark_doubles(listed: Sequence[ListedBooth]) -> None:
    """A code stands once in a fair, so once in a table."""
    first: dict[str, int] = {}
    for one in listed:
        if one.booth is not None and (before := first.setdefault(one.booth.code, one.number)) != one.number:
            one.errors["code"] = _l("This code stands in row %(number)s already.", number=before)

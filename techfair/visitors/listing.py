"""A list of people from a spreadsheet: which column is what, and what is wrong in which cell."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from techfair.core.mail_addresses import parse_mail_address
from techfair.core.phones import parse_phone
from techfair.core.refusal import InputRefused
from techfair.core.spreadsheets import SheetRow, SpreadsheetRefused, read_sheet, write_sheet
from techfair.core.vietnamese import clean_line, search_key
from techfair.visitors.registering import RegistrationInput
from techfair.visitors.words import KIND_WORDS

COLUMN_WORDS: dict[str, LazyString] = {
    "full_name": _l("Full name"),
    "organisation": _l("Organisation"),
    "email": _l("E-mail address"),
    "phone": _l("Telephone number"),
    "kind": _l("Kind"),
}
HEADINGS = {  # folded, as people write them in either language
    "full_name": {"ho va ten", "ho ten", "ten", "ten dai bieu", "ho va ten dai bieu", "full name", "name"},
    "organisation": {
        "don vi",
        "co quan",
        "to chuc",
        "don vi cong tac",
        "co quan don vi",
        "organisation",
        "organization",
    },
    "email": {"email", "e mail", "thu dien tu", "dia chi email", "dia chi thu dien tu", "e mail address"},
    "phone": {"dien thoai", "so dien thoai", "sdt", "di dong", "phone", "telephone", "telephone number", "mobile"},
    "kind": {"loai", "loai the", "loai khach", "kind"},
}
SIGNATURES = ("nguoi lap", "thu truong", "ky ten", "prepared by")  # what closes an official table
KINDS = {
    "visitor": {"khach tham quan", "khach", "visitor"},
    "delegate": {"dai bieu", "delegate"},
    "exhibitor_staff": {"don vi trung bay", "trung bay", "exhibitor", "exhibitor staff"},
    "speaker": {"dien gia", "bao cao vien", "speaker"},
    "press": {"bao chi", "phong vien", "press"},
    "guest": {"khach moi", "guest"},
    "organizer": {"ban to chuc", "organizer"},
    "vip": {"vip"},
}
KIND_OF = {search_key(word): kind for kind, words in KINDS.items() for word in words}
LONGEST = {"full_name": 120, "organisation": 200}
MOST_HEADING_ROWS = 20


@dataclass
class ListedPerson:
    """One row of a list: its cells as they will be stored, and at each bad cell what is wrong."""

    number: int
    cells: dict[str, str]
    is_hidden: bool
    problems: dict[str, LazyString | str] = field(default_factory=dict)
    same_as: int | None = None  # the row on which this person stood before
    is_known: bool = False  # imported before

    @property
    def is_good(self) -> bool:
        return not self.problems and self.same_as is None and not self.is_known

    @property
    def is_chosen(self) -> bool:
        """Whether importing all good rows takes it: a row that the file hides waits to be chosen by hand."""
        return self.is_good and not self.is_hidden

    def registration(self, fair_id: int, organisation: str = "", **common: Any) -> RegistrationInput:
        """What to register. The form token makes the same person of one fair a single registration."""
        told: dict[str, Any] = {name: text for name, text in self.cells.items() if text}
        values = {"organisation": organisation} | told | common
        return RegistrationInput(**values, form_token=self.token(fair_id))

    def token(self, fair_id: int) -> str:
        who = "\n".join([str(fair_id), *_identity(self.cells)])
        return "list-" + hashlib.sha256(who.encode()).hexdigest()[:48]


def read_list(data: bytes, needs_contact: bool = True) -> list[ListedPerson]:
    """Everyone in a file, judged cell by cell; raises SpreadsheetRefused where no heading names a person."""
    rows = read_sheet(data)
    start, columns = _heading(rows, needs_contact)
    people = [_judged(row, columns, needs_contact) for row in _until_signature(rows[start:])]
    seen: dict[tuple[str, ...], int] = {}
    for person in people:
        first = seen.setdefault(_identity(person.cells), person.number)
        person.same_as = first if first != person.number else None
    return [person for person in people if any(person.cells.values())]


def _heading(rows: list[SheetRow], needs_contact: bool) -> tuple[int, dict[str, int]]:
    for index, row in enumerate(rows[:MOST_HEADING_ROWS]):
        columns = _columns(row.cells)
        if "full_name" in columns and (len(columns) > 1 or not needs_contact):
            return index + 1, columns
    message = _l("No row names the columns. One heading must be “Full name”, another an e-mail or telephone number.")
    raise SpreadsheetRefused("no_heading", message)


def _columns(cells: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        folded = search_key(cell)
        for name, headings in HEADINGS.items():
            if folded in headings:
                found.setdefault(name, index)
    return found


def _until_signature(rows: list[SheetRow]) -> Iterable[SheetRow]:
    for row in rows:
        if any(search_key(cell).startswith(SIGNATURES) for cell in row.cells):
            return
        yield row


def _judged(row: SheetRow, columns: dict[str, int], needs_contact: bool) -> ListedPerson:
    person = ListedPerson(row.number, {}, row.is_hidden)
    for name in COLUMN_WORDS:
        at = columns.get(name)
        typed = row.cells[at] if at is not None and at < len(row.cells) else ""
        try:
            person.cells[name] = JUDGES[name](clean_line(typed))
        except InputRefused as refused:
            person.cells[name] = typed.replace("\x00", "")[:200]
            person.problems[name] = refused.message
    if not person.cells["full_name"]:
        person.problems["full_name"] = _l("The name is missing.")
    if needs_contact and not (person.cells["email"] or person.cells["phone"]):
        person.problems.setdefault("email", _l("Type an e-mail address or a telephone number."))
    return person


def _short(name: str) -> Callable[[str], str]:
    def judge(text: str) -> str:
        if len(text) > LONGEST[name]:
            raise InputRefused("too_long", _l("This is longer than %(max)d characters.", max=LONGEST[name]))
        return text

    return judge


def _kind(text: str) -> str:
    if text and search_key(text) not in KIND_OF:
        known = ", ".join(str(word) for word in KIND_WORDS.values())
        raise InputRefused("unknown_kind", _l("There is no such kind. Known are: %(kinds)s.", kinds=known))
    return KIND_OF[search_key(text)] if text else "visitor"


JUDGES: dict[str, Callable[[str], str]] = {
    "full_name": _short("full_name"),
    "organisation": _short("organisation"),
    "email": lambda text: parse_mail_address(text, allow_test=True).shown if text else "",
    "phone": lambda text: parse_phone(text) if text else "",
    "kind": _kind,
}


def _identity(cells: dict[str, str]) -> tuple[str, ...]:
    name, organisation = search_key(cells["full_name"]), search_key(cells["organisation"])
    return name, organisation, cells["email"].casefold(), cells["phone"]


def template() -> bytes:
    """An empty list to fill in: a .csv that Excel opens with its accents, headings in the reader's language."""
    return ("\ufeff" + ";".join(str(word) for word in COLUMN_WORDS.values()) + "\r\n").encode()


def as_template(columns: Mapping[str, LazyString]) -> bytes:
    """The same as a spreadsheet, with these columns alone."""
    return write_sheet(str(_l("list")), [str(word) for word in columns.values()], [])

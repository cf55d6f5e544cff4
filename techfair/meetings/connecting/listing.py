"""A file of connections, also of those made outside the fair, judged row by row against what is known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import select

from techfair.core.languages import LANGUAGES
from techfair.core.refusal import InputRefused
from techfair.core.spreadsheets import SheetRow, SpreadsheetRefused, read_sheet
from techfair.core.vietnamese import clean_line, clean_text, search_key
from techfair.exhibitors import words
from techfair.exhibitors.importing.columns import key_named, sector_names
from techfair.exhibitors.models import Company
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.connections import HOME
from techfair.meetings.models import Connection
from techfair.meetings.words import SOURCES

MOST_ROWS = 1_000  # of one file: each is two entries in the log, in one transaction
MOST_HEADING_ROWS = 20
LONGEST = {"one": 300, "other": 300, "subject": 300, "evidence": 1_000}
COLUMNS: dict[str, LazyString] = {
    "one": _l("First company"),
    "other": _l("Second company"),
    "subject": _l("Subject"),
    "source": _l("How it came about"),
    "sector": _l("Sector"),
    "partner_country": _l("Partner’s country"),
    "arose_on": _l("Date"),
    "evidence": _l("What proves it"),
}
NEEDED: dict[str, LazyString] = {
    "one": _l("Name the company."),
    "other": _l("Name the company."),
    "subject": _l("Say what the connection is about."),
    "evidence": _l("Say what proves the connection."),
}


@dataclass
class ListedConnection:
    """A row of the file: its cells, what is wrong in which, and what it names."""

    number: int
    cells: dict[str, str]
    is_hidden: bool = False
    problems: dict[str, LazyString | str] = field(default_factory=dict)
    companies: dict[str, Company | None] = field(default_factory=dict)  # "one", "other"; none: not known yet
    source: str = "other"
    sector: str | None = None
    partner_country: str | None = None
    arose_on: date | None = None
    same_as: int | None = None  # the row in which this connection stood before
    is_known: bool = False

    @property
    def is_good(self) -> bool:
        return not self.problems and self.same_as is None and not self.is_known

    @property
    def is_chosen(self) -> bool:
        """Whether it is imported with all good rows."""
        return self.is_good and not self.is_hidden

    @property
    def subject_key(self) -> str:
        return search_key(self.cells["subject"])

    @property
    def pair(self) -> tuple[str, ...]:
        """The two companies in one order, those that are not known yet by their folded names."""
        sides = ((self.companies.get(side), self.cells[side]) for side in ("one", "other"))
        return tuple(sorted(f"{company.id:012}" if company else search_key(name) for company, name in sides))

    def is_new(self, side: str) -> bool:
        """Whether importing it notes a company that nobody knew."""
        return side in self.companies and self.companies[side] is None


def judged(fair: Fair, data: bytes) -> list[ListedConnection]:
    """The rows of a file, each set against companies and connections known here; raises SpreadsheetRefused.

    Three statements, however many rows there are.
    """
    listed = [ListedConnection(row.number, cells, row.is_hidden) for row, cells in _read(data)]
    known = companies_by_name()
    for one in listed:
        _judge(one, known, fair.today)
    _mark_known(fair, listed)
    _mark_same(listed)
    return listed


def _read(data: bytes) -> list[tuple[SheetRow, dict[str, str]]]:
    rows, headings = read_sheet(data), _headings()
    for index, row in enumerate(rows[:MOST_HEADING_ROWS]):
        places = {headings[search_key(cell)]: at for at, cell in enumerate(row.cells) if search_key(cell) in headings}
        if NEEDED.keys() <= places.keys():
            return _limited([(one, _cells(one, places)) for one in rows[index + 1 :]])
    message = _l("No row names the columns %(needed)s. Start from the empty table.", needed=_named(NEEDED))
    raise SpreadsheetRefused("no_heading", message)


def _limited(rows: list[tuple[SheetRow, dict[str, str]]]) -> list[tuple[SheetRow, dict[str, str]]]:
    if not rows:
        raise SpreadsheetRefused("no_rows", _l("This file holds headings but no row."))
    if len(rows) > MOST_ROWS:
        message = _l("This file has more than %(most)s rows. Send it in parts.", most=MOST_ROWS)
        raise SpreadsheetRefused("too_many_rows", message)
    return rows


def _named(names: Iterable[str]) -> str:
    return ", ".join(f"“{COLUMNS[name]}”" for name in names)


def _headings() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with force_locale(language):
            found |= {search_key(str(label)): name for name, label in COLUMNS.items()}
    return found


def _cells(row: SheetRow, places: Mapping[str, int]) -> dict[str, str]:
    texts = {name: row.cells[at].strip() if at < len(row.cells) else "" for name, at in places.items()}
    cleaned = {name: clean_text(text) if name == "evidence" else clean_line(text) for name, text in texts.items()}
    return dict.fromkeys(COLUMNS, "") | cleaned


def companies_by_name() -> dict[str, Company]:
    """Every company by its folded names and its tax code; of two that share a name the one noted first."""
    found: dict[str, Company] = {}
    for company in db.session.scalars(select(Company).order_by(Company.id)):
        for name in (company.name_vi, company.name_en, company.short_name, company.tax_code):
            if name:
                found.setdefault(search_key(name), company)
    return found


def _judge(one: ListedConnection, known: Mapping[str, Company], today: date) -> None:
    for name, message in NEEDED.items():
        if not one.cells[name]:
            one.problems[name] = message
    for name, most in LONGEST.items():
        if len(one.cells[name]) > most:
            one.problems[name] = _l("At most %(most)s characters fit here.", most=most)
    one.companies = {side: known.get(search_key(one.cells[side])) for side in ("one", "other") if one.cells[side]}
    if len(one.companies) == 2 and len(set(one.pair)) == 1:
        one.problems["other"] = _l("Choose two different companies.")
    _read_key(one, "source", lambda: SOURCES)
    _read_key(one, "sector", sector_names)
    _read_country(one)
    _read_day(one, today)


def _read_key(one: ListedConnection, name: str, names: Any) -> None:
    if one.cells[name]:
        try:
            setattr(one, name, key_named(one.cells[name], names))
        except InputRefused as refused:
            one.problems[name] = refused.message


def _read_country(one: ListedConnection) -> None:
    if one.cells["partner_country"]:
        try:
            one.partner_country = key_named(one.cells["partner_country"], _countries)
        except InputRefused:
            one.problems["partner_country"] = _l("No country is called so. Write its name or its two letters.")


def _countries() -> Mapping[str, Any]:
    return dict(words.countries())


def _read_day(one: ListedConnection, today: date) -> None:
    text = one.cells["arose_on"]
    if not text:
        return
    try:
        one.arose_on = _day(text)
    except ValueError:
        one.problems["arose_on"] = _l("Write the day as 24/11/2019.")
        return
    if one.arose_on > today:
        one.problems["arose_on"] = _l("This day has not come yet.")


def _day(text: str) -> date:
    """24/11/2019 as people here write it, or 2019-11-24 as programs do; raises ValueError."""
    if "/" in text:
        day, month, year = text.split("/")
        return date(int(year), int(month), int(day))
    return date.fromisoformat(text)


def _mark_known(fair: Fair, listed: Sequence[ListedConnection]) -> None:
    rows = select(Connection.first_id, Connection.second_id, Connection.subject_key).filter_by(fair_id=fair.id)
    known = {(f"{first:012}", f"{second:012}", subject) for first, second, subject in db.session.execute(rows)}
    for one in listed:
        one.is_known = (*one.pair, one.subject_key) in known


def _mark_same(listed: Sequence[ListedConnection]) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for one in listed:
        if not one.problems:
            first = seen.setdefault((*one.pair, one.subject_key), one.number)
            one.same_as = first if first != one.number else None


def country_of_new(one: ListedConnection, side: str) -> str:
    """The country of a company that is only named: the second is the partner, the first is at home."""
    return (one.partner_country or HOME) if side == "other" else HOME

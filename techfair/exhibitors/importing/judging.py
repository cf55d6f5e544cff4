"""Each record of a file judged by the rules of its form, and set against what the company has already."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from werkzeug.datastructures import MultiDict

from techfair.core.refusal import InputRefused
from techfair.core.vietnamese import search_key
from techfair.exhibitors import queries
from techfair.exhibitors.disclosure import parts
from techfair.exhibitors.importing import columns
from techfair.exhibitors.importing.reading import Row, read
from techfair.exhibitors.models import Company
from techfair.exhibitors.record_forms import NeedForm, RecordForm, TechnologyForm
from techfair.exhibitors.record_models import Need, Technology

FORMS: dict[str, type[RecordForm]] = {"technologies": TechnologyForm, "needs": NeedForm}
MODELS: dict[str, Any] = {"technologies": Technology, "needs": Need}


@dataclass
class Listed:
    """One record of a file: what is wrong in which cell, and what importing it would do."""

    number: int
    cells: dict[str, str]
    problems: dict[str, LazyString | str]
    is_hidden: bool = False
    company: Company | None = None
    record: Any = None  # the one that it would change
    stored: Any = None  # the same with what it keeps back, to compare with
    values: dict[str, Any] = field(default_factory=dict)
    sectors: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same_as: int | None = None  # the row in which this record stood before

    @property
    def deed(self) -> str:
        """``create``, ``update``, or ``skip`` where nothing differs; ``refuse`` where a cell is wrong."""
        if self.problems or self.same_as is not None:
            return "refuse"
        if self.record is None:
            return "create"
        return "update" if self.changed else "skip"

    @property
    def is_good(self) -> bool:
        return self.deed in {"create", "update"}

    @property
    def is_chosen(self) -> bool:
        """Whether importing all takes it: a row that the file hides waits to be ticked."""
        return self.is_good and not self.is_hidden


class Known:
    """A company's records, found again by their code or by their Vietnamese title."""

    def __init__(self, company: Company, folder: str) -> None:
        records = queries.records_of(MODELS[folder], company.id)
        self.by_code = {record.public_ref: record for record in records}
        self.by_title = {search_key(record.title_vi): record for record in reversed(records)}
        self.whole = dict(zip([record.id for record in records], parts.wholes(records), strict=True))


def of_company(data: bytes, folder: str, company: Company) -> list[Listed]:
    """The records of a company's own file; raises SpreadsheetRefused."""
    known = Known(company, folder)
    return _without_doubles([_judged(row, folder, company, known) for row in read(data, folder)])


def of_companies(data: bytes, folder: str, exhibitors: Sequence[Company]) -> list[Listed]:
    """The records of an organizer's file, each of a company that it names; raises SpreadsheetRefused.

    What a company has published itself stays as it is.
    """
    named = _names(exhibitors)
    known: dict[int, Known] = {}
    listed = []
    for row in read(data, folder):
        company = named.get(search_key(row.cells.get("company", "")))
        if company is None:
            problem = _l("No exhibitor of this fair has this name, code or tax code.")
            listed.append(Listed(row.number, row.cells, row.problems | {"company": problem}, row.is_hidden))
            continue
        if company.id not in known:
            known[company.id] = Known(company, folder)
        one = _judged(row, folder, company, known[company.id])
        if one.record is not None and one.record.state != "draft" and one.changed:
            one.problems["title_vi"] = _l("The company has published this record; only the company changes it.")
        listed.append(one)
    return _without_doubles(listed)


def _names(exhibitors: Sequence[Company]) -> dict[str, Company]:
    """Companies by whatever names exactly one of them."""
    found: dict[str, list[Company]] = {}
    for company in exhibitors:
        names = (company.public_ref, company.tax_code, company.name_vi, company.name_en, company.short_name)
        for key in {search_key(name) for name in names if name}:
            found.setdefault(key, []).append(company)
    return {key: those[0] for key, those in found.items() if key and len(those) == 1}


def _judged(row: Row, folder: str, company: Company, known: Known) -> Listed:
    listed = Listed(row.number, row.cells, dict(row.problems), row.is_hidden, company)
    listed.record = _record(listed, known)
    listed.stored = known.whole[listed.record.id] if listed.record is not None else None
    form = FORMS[folder](
        listed.record,
        publishing=listed.record is not None and listed.record.state == "published",
        formdata=_typed(listed, folder),
        meta={"csrf": False},
    )
    if not form.validate():
        fields = [(name, errors[0]) for name, errors in form.errors.items() if name and errors]
        listed.problems = dict(fields) | listed.problems
    if not listed.problems:
        listed.values, listed.sectors = form.values(), form.sectors.data or []
        listed.changed = _changes(listed)
    return listed


def _record(listed: Listed, known: Known) -> Any:
    """What the company has already under this code; without a code, under this title."""
    code = listed.cells.get("public_ref", "")
    if not code:
        return known.by_title.get(search_key(listed.cells.get("title_vi", "")))
    if code not in known.by_code:
        listed.problems["public_ref"] = _l("No record of the company has this code. Leave it empty for a new one.")
    return known.by_code.get(code)


def _typed(listed: Listed, folder: str) -> MultiDict[str, str]:
    """The cells as the form would be filled in; an empty cell leaves what is stored."""
    typed: MultiDict[str, str] = MultiDict()
    for column in columns.OF[folder]:
        cell = listed.cells.get(column.name, "")
        if column.name == "price_kind" and columns.is_on_request(cell):
            cell = ""  # an export does not tell it, so the file says nothing of it
        if not cell and listed.record is not None:
            cell = column.of(listed.stored)
        try:
            typed.setlist(column.name, column.read(cell) if cell else _empty(column, listed))
        except InputRefused as refused:
            listed.problems.setdefault(column.name, refused.message)
    return typed


def _empty(column: columns.Column, listed: Listed) -> list[str]:
    """What a form starts from where nothing is written."""
    if column.name == "price_kind" and listed.cells.get("price_low"):
        return ["range" if listed.cells.get("price_high") else "fixed"]
    first = {"price_kind": ["by_agreement"], "price_currency": ["VND"], "budget_currency": ["VND"]}
    several = column.name in {"sectors", "transfer_forms"}
    return [] if several else first.get(column.name, [""])


def _changes(listed: Listed) -> list[str]:
    record = listed.stored
    if record is None:
        return []
    told, before = listed.values["further"], record.further or {}
    changed = [name for name, value in listed.values.items() if name != "further" and getattr(record, name) != value]
    changed += [name for name, value in told.items() if (before.get(name) or None) != (value or None)]
    return changed + (["sectors"] if {row.sector for row in record.sectors} != set(listed.sectors) else [])


def _without_doubles(listed: list[Listed]) -> list[Listed]:
    """Mark what stands in the file twice."""
    seen: dict[tuple[int, str], int] = {}
    for one in listed:
        if one.company is None:
            continue
        title = one.record.public_ref if one.record is not None else search_key(one.cells.get("title_vi", ""))
        first = seen.setdefault((one.company.id, title), one.number)
        one.same_as = first if first != one.number else None
    return listed

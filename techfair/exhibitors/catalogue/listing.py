"""A list of the catalogue as a page: what the address asks for, the records of one page, and links that narrow it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from techfair.core.languages import pick
from techfair.exhibitors import addresses, words
from techfair.exhibitors.catalogue import facets, finding, reasons
from techfair.exhibitors.catalogue.finding import Found, Wanted
from techfair.exhibitors.catalogue.reasons import Reason
from techfair.exhibitors.experts.models import Expert
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db
from techfair.fairs import sectors
from techfair.fairs.models import Fair

SIZES = (24, 48, 96)
KINDS: Mapping[str, LazyString] = {
    "technology": _l("Technologies"),
    "need": _l("Technology needs"),
    "exhibitor": _l("Exhibitors"),
    "expert": _l("Experts and innovative firms"),
}
FACETS: Mapping[str, LazyString] = {
    "sector": _l("Sector"),
    "readiness": _l("Readiness"),
    "transfer": _l("Form of transfer"),
    "province": _l("Province"),
    "country": _l("Country"),
    "year": _l("Year"),
    "fair": _l("Fair"),
}
SORTS: Mapping[str, LazyString] = {
    "best": _l("Best match first"),
    "newest": _l("Newest first"),
    "title": _l("By name"),
    "ready": _l("Most ready first"),
}


@dataclass(frozen=True)
class Choice:
    """A link that narrows the list to a value, or takes that back."""

    label: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Tab:
    """The same question asked of another kind of entries."""

    label: LazyString
    url: str
    is_current: bool
    count: int


@dataclass(frozen=True)
class Listing:
    """All that a list's template shows."""

    wanted: Wanted
    page: "Hits"
    reasons: Mapping[int, Sequence[Reason]]  # by the record's id
    facets: Sequence[tuple[LazyString, Sequence[Choice]]]
    tabs: Sequence[Tab]
    sorts: Sequence[tuple[str, LazyString]]
    kept: Mapping[str, str]  # of the address, when one searches anew

    @property
    def chosen(self) -> list[Choice]:
        return [choice for _name, choices in self.facets for choice in choices if choice.is_chosen]

    @property
    def is_asked(self) -> bool:
        """Whether anything was asked for, so that an empty list means that nothing fits."""
        return bool(self.wanted.text or any(self.wanted.chosen.values()))


class Hits(Pagination):
    """One page of hits, as db.paginate would give it."""

    def _query_items(self) -> list[Any]:
        rows = self._query_args["rows"][self._query_offset : self._query_offset + self.per_page]
        read = RECORDS[self._query_args["kind"]]
        found = read([row.record_id for row in rows], self._query_args["fair"])
        return [found[row.record_id] for row in rows if row.record_id in found]

    def _query_count(self) -> int:
        return len(self._query_args["rows"])


def of(fair: Fair | None, kind: str) -> Listing:
    """What this request asks of the entries of a kind at a fair, or over all fairs."""
    chosen = {name: value for name in facets.FACETS if (value := request.args.get(name, ""))}
    sort = request.args.get("sort", "")
    text = request.args.get("q", "")
    wanted = Wanted(text, kind, chosen, sort if sort in SORTS else _usual(kind, text))
    found = finding.find(wanted, fair)
    size = request.args.get("size", SIZES[0], int)
    size = size if size in SIZES else SIZES[0]
    page = Hits(per_page=size, max_per_page=SIZES[-1], error_out=False, rows=found.rows, kind=kind, fair=fair)
    return Listing(
        wanted,
        page,
        _reasons(found, page),
        _facets(found, wanted, fair),
        _tabs(found, wanted, fair),
        [(key, label) for key, label in SORTS.items() if key != "best" or text],
        {**chosen, **({"size": str(size)} if size != SIZES[0] else {})},
    )


def _usual(kind: str, text: str) -> str:
    if text:
        return "best"
    return "title" if kind in {"exhibitor", "expert"} else "newest"


def _reasons(found: Found, page: Hits) -> dict[int, list[Reason]]:
    rows = {row.record_id: row for row in found.rows[page._query_offset : page._query_offset + page.per_page]}
    told = {_record_id(item): item for item in page.items}
    return {id: reasons.of_hit(found, rows[id], _teller(item)) for id, item in told.items() if id in rows}


def _record_id(item: Any) -> int:
    return int(item.company_id if isinstance(item, Exhibitor) else item.id)


def _teller(item: Any) -> Any:
    return item.company if isinstance(item, Exhibitor) else item


def _tabs(found: Found, wanted: Wanted, fair: Fair | None) -> list[Tab]:
    asked = {"q": wanted.text, **wanted.chosen}
    return [
        Tab(label, addresses.list_at(fair, kind, **asked), kind == wanted.kind, found.kinds.get(kind, 0))
        for kind, label in KINDS.items()
    ]


def _facets(found: Found, wanted: Wanted, fair: Fair | None) -> list[tuple[LazyString, list[Choice]]]:
    """The facets that tell hits apart; one with a single value does so only where it was chosen."""
    named = {name: found.facets.get(name, ()) for name in FACETS}
    telling = {name: values for name, values in named.items() if len(values) > 1 or name in wanted.chosen}
    fairs = _fair_names() if "fair" in telling else {}
    return [
        (FACETS[name], [_choice(name, value, wanted, fair, fairs) for value in values])
        for name, values in telling.items()
        if values
    ]


def _choice(name: str, value: facets.Value, wanted: Wanted, fair: Fair | None, fairs: Mapping[str, str]) -> Choice:
    is_chosen = wanted.chosen.get(name) == value.key
    asked = {"q": wanted.text, "sort": request.args.get("sort", ""), "size": request.args.get("size", "")}
    changed = {**asked, **wanted.chosen, name: "" if is_chosen else value.key}
    url = addresses.list_at(fair, wanted.kind, **changed)
    return Choice(fairs.get(value.key, "") or _label(name, value.key), value.count, url, is_chosen)


def _label(name: str, key: str) -> str:
    if name == "sector":
        return sectors.label(key)
    if name == "country":
        return words.country(key)
    if name == "transfer":
        return str(words.TRANSFER_FORMS.get(key, key))
    if name == "readiness":
        return str(_("Level %(level)s of 9", level=key))
    return key


def _fair_names() -> dict[str, str]:
    named = select(Fair.slug, Fair.name_vi, Fair.name_en).where(Fair.state != "draft")
    return {slug: pick(vi, en) for slug, vi, en in db.session.execute(named)}


def _technologies(ids: Sequence[int], fair: Fair | None) -> dict[int, Any]:
    those = select(Technology).where(Technology.id.in_(ids))
    those = those.options(joinedload(Technology.company), selectinload(Technology.sectors))
    return {row.id: row for row in db.session.scalars(those)}


def _needs(ids: Sequence[int], fair: Fair | None) -> dict[int, Any]:
    those = select(Need).where(Need.id.in_(ids)).options(joinedload(Need.company), selectinload(Need.sectors))
    return {row.id: row for row in db.session.scalars(those)}


def _exhibitors(ids: Sequence[int], fair: Fair | None) -> dict[int, Any]:
    if fair is None:
        companies = select(Company).where(Company.id.in_(ids)).options(selectinload(Company.sectors))
        return {row.id: row for row in db.session.scalars(companies)}
    those = select(Exhibitor).join(Exhibitor.company).where(Exhibitor.fair_id == fair.id, Company.id.in_(ids))
    company = contains_eager(Exhibitor.company).selectinload(Company.sectors)
    return {row.company_id: row for row in db.session.scalars(those.options(company, selectinload(Exhibitor.booths)))}


def _experts(ids: Sequence[int], fair: Fair | None) -> dict[int, Any]:
    those = select(Expert).where(Expert.id.in_(ids)).options(joinedload(Expert.company), selectinload(Expert.sectors))
    return {row.id: row for row in db.session.scalars(those)}


RECORDS = {"technology": _technologies, "need": _needs, "exhibitor": _exhibitors, "expert": _experts}

"""Which parts of a technology can be kept back, and the one place that puts them together with the rest."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import select

from techfair.accounts.models import User
from techfair.core import audit
from techfair.exhibitors import companies
from techfair.exhibitors.catalogue import keeping
from techfair.exhibitors.disclosure.models import LEVELS, KeptBack
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db

Values = dict[str, Any]
PARTS: Mapping[str, tuple[str, ...]] = {
    "description": ("description_vi", "description_en"),
    "advantages": ("advantages_vi", "advantages_en"),
    "innovation": ("innovation_vi", "innovation_en"),
    "references": ("references_vi", "references_en"),
    "support": ("support_vi", "support_en"),
    "investment": ("investment_vi", "investment_en"),
    "property": ("property_number", "property_office", "property_owner"),
    "price": ("price_kind", "price_low", "price_high"),
    "video": ("video",),
}
LABELS: Mapping[str, LazyString] = {
    "description": _l("Description"),
    "advantages": _l("Advantages"),
    "innovation": _l("What is new about it"),
    "references": _l("References of use"),
    "support": _l("Support offered"),
    "investment": _l("Investment and return"),
    "property": _l("Number, office and owner of the title"),
    "price": _l("Price"),
    "video": _l("Video"),
}
COLUMNS = {column.key for column in Technology.__table__.columns}
NOTHING: Values = {"price_kind": "by_agreement", "price_low": None, "price_high": None}


class Held(NamedTuple):
    """Something that is not public, as a page names it."""

    part: str
    name: str
    level: str


class Whole:
    """A technology with (some of) what it keeps back, read like the record itself and never stored."""

    def __init__(self, technology: Technology, kept: Values) -> None:
        self._technology, self._kept = technology, kept

    def __getattr__(self, name: str) -> Any:
        if name in self._kept:
            return self._kept[name]
        if name == "further":
            beside = {name: value for name, value in self._kept.items() if name not in COLUMNS}
            return {**(self._technology.further or {}), **beside}
        stored = getattr(Technology, name, None)
        if isinstance(stored, property) and stored.fget:  # the text in the reader's language, of these values
            return stored.fget(self)
        return getattr(self._technology, name)


def row_of(technology: Technology) -> KeptBack | None:
    """What a technology keeps back; a new one nothing."""
    return db.session.get(KeptBack, technology.id) if technology.id else None


def whole(technology: Any) -> Any:
    """The record with all that it keeps back, for its own company; what keeps nothing back as it is."""
    if not isinstance(technology, Technology):
        return technology
    row = row_of(technology)
    return Whole(technology, row.kept) if row and row.kept else technology


def wholes(records: Sequence[Any]) -> list[Any]:
    """The same for a company's list, in one statement."""
    ids = [record.id for record in records if isinstance(record, Technology)]
    rows = db.session.scalars(select(KeptBack).where(KeptBack.technology_id.in_(ids))) if ids else ()
    kept = {row.technology_id: row.kept for row in rows}
    is_kept = [isinstance(record, Technology) and bool(kept.get(record.id)) for record in records]
    return [Whole(one, kept[one.id]) if some else one for one, some in zip(records, is_kept, strict=True)]


def opened(technology: Technology, levels: Collection[str]) -> Whole:
    """The record with what it keeps back up to these levels."""
    row = row_of(technology)
    names = {name for part, level in (row.levels if row else {}).items() if level in levels for name in PARTS[part]}
    return Whole(technology, {name: value for name, value in (row.kept if row else {}).items() if name in names})


def levels_of(technology: Technology) -> dict[str, str]:
    """Each part that is kept back, with its level."""
    row = row_of(technology)
    return dict(row.levels) if row else {}


def closed(ids: Sequence[int]) -> dict[int, list[str]]:
    """Which parts technologies keep back, by their ids."""
    rows = db.session.scalars(select(KeptBack).where(KeptBack.technology_id.in_(ids))) if ids else ()
    return {row.technology_id: list(row.levels) for row in rows}


def with_price_kept(ids: Sequence[int]) -> set[int]:
    """Those of the technologies that tell their price on request: of them "by agreement" would be untrue."""
    rows = db.session.scalars(select(KeptBack).where(KeptBack.technology_id.in_(ids))) if ids else ()
    return {row.technology_id for row in rows if "price" in row.levels and _is_said("price", row.kept)}


def names_of(record: Any) -> list[str]:
    """The parts that a company keeps back of a record, by name."""
    kept = levels_of(record) if isinstance(record, Technology) else {}
    return [str(label) for part, label in LABELS.items() if part in kept]


def saying(technology: Technology) -> dict[str, str]:
    """The same, without parts that say nothing: there is no use in asking for them."""
    row = row_of(technology)
    if row is None:
        return {}
    return {part: row.levels[part] for part in PARTS if part in row.levels and _is_said(part, row.kept)}


def held(technology: Technology, files: Sequence[Any]) -> list[Held]:
    """What is not public of a technology: each part and document by name, with its level."""
    kept = [Held(part, str(LABELS[part]), level) for part, level in saying(technology).items()]
    return kept + [Held("document", one.title, one.level) for one in files if one.level != "public"]


def divided(technology: Technology, values: Values) -> tuple[Values, list[str]]:
    """What of new ``values`` may stand in the record; the rest goes to where it is kept back.

    Answers those values, and the names of what changed among the others.
    """
    row = row_of(technology)
    if row is None or not row.levels:
        return values, []
    hidden = _names(row.levels)
    public, told = dict(values), dict(values)
    if "further" in values:
        further = values["further"] or {}
        public["further"] = {name: value for name, value in further.items() if name not in hidden}
        told |= {name: further.get(name) for name in hidden if name not in COLUMNS}
    kept = {name: told[name] for name in hidden if name in told}
    public |= {name: NOTHING.get(name, "") for name in hidden if name in public}
    changed = [name for name, value in kept.items() if (row.kept.get(name) or None) != (value or None)]
    row.kept = {**row.kept, **kept}
    return public, changed


def keep_back(technology: Technology, by: User, levels: Mapping[str, str]) -> None:
    """Say which parts are for whom from now on; a part that is not named is public. Raises ChangedMeanwhile."""
    wanted = {part: level for part, level in levels.items() if part in PARTS and level in LEVELS}
    row = row_of(technology)
    if wanted == (row.levels if row else {}):
        return
    values = {name: _value(whole(technology), name) for name in _names(PARTS)}
    if row is None:
        row = KeptBack(technology_id=technology.id, levels={}, kept={})
        db.session.add(row)
    hidden = _names(wanted)
    row.levels, row.kept = wanted, {name: values[name] for name in hidden}
    _write(technology, {name: NOTHING.get(name, "") if name in hidden else value for name, value in values.items()})
    technology.version += 1  # who edits it now is told
    companies.flush_or_tell()
    keeping.keep(technology)
    audit.record("technology.kept_back", technology, by=by, fields=[f"{part}: {wanted[part]}" for part in wanted])


def _write(technology: Technology, values: Values) -> None:
    further = dict(technology.further or {})
    for name, value in values.items():
        if name in COLUMNS:
            setattr(technology, name, value)
        elif value:
            further[name] = value
        else:
            further.pop(name, None)
    technology.further = further


def _value(record: Any, name: str) -> Any:
    return getattr(record, name) if name in COLUMNS else (record.further or {}).get(name)


def _names(parts: Collection[str]) -> list[str]:
    return [name for part in parts for name in PARTS[part]]


def _is_said(part: str, kept: Values) -> bool:
    return any(kept.get(name) not in (None, "", "by_agreement") for name in PARTS[part])

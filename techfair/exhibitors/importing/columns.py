"""The columns of a table of technologies or needs: how each is called, written, and read again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from techfair.core.languages import LANGUAGES
from techfair.core.refusal import InputRefused
from techfair.core.vietnamese import clean_line, search_key
from techfair.exhibitors import words
from techfair.fairs import sectors

ON_REQUEST = "on_request"  # the kind of a price that is kept back

Written = Callable[[Any], str]
Reading = Callable[[str], list[str]]


def _as_typed(text: str) -> list[str]:
    return [text]


def _text(value: Any) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Column:
    """A column: the field it fills, its heading, where JSON holds it, how a cell is written and what a form reads.

    ``read`` answers the values of the form's field and raises InputRefused for a cell that names nothing known.
    """

    name: str
    label: LazyString
    path: tuple[str, ...]
    write: Written = _text
    read: Reading = _as_typed

    def of(self, record: Any) -> str:
        """The cell of a record, in the reader's language."""
        return self.write(self._value(record))

    def raw(self, record: Any) -> Any:
        """The value of a record as JSON holds it."""
        value = self._value(record)
        return value.isoformat() if isinstance(value, date) else value

    def _value(self, record: Any) -> Any:
        if self.path[0] == "further":
            return (record.further or {}).get(self.name)
        value = getattr(record, self.name)
        return [row.sector for row in value] if self.name == "sectors" else value


def _known(names: Callable[[], Mapping[str, Any]]) -> tuple[Written, Reading]:
    """One of known keys, by its name in the reader's language."""

    def write(key: Any) -> str:
        return _text(names().get(key, key)) if key else ""

    def read(text: str) -> list[str]:
        return [key_named(text, names)] if text else [""]

    return write, read


def _several(names: Callable[[], Mapping[str, Any]]) -> tuple[Written, Reading]:
    """Several of known keys, by name; names hold commas themselves, so a semicolon stands between them."""

    def write(keys: Any) -> str:
        return "; ".join(_text(names().get(key, key)) for key in keys or ())

    def read(text: str) -> list[str]:
        parts = [part for part in text.replace("\n", ";").split(";") if part.strip()]
        return list(dict.fromkeys(key for part in parts for key in _keys(part, names)))

    return write, read


@cache
def _spellings(names: Callable[[], Mapping[str, Any]]) -> dict[str, str]:
    """Every known key by its folded names in both languages and by itself."""
    found = {search_key(key.replace("_", " ")): key for key in names()}
    for other in LANGUAGES:
        with force_locale(other):
            found |= {search_key(str(name)): key for key, name in names().items()}
    return found


@cache
def _on_request() -> set[str]:
    found = {search_key(ON_REQUEST.replace("_", " "))}
    for spoken in LANGUAGES:
        with force_locale(spoken):
            found.add(search_key(str(_l("on request"))))
    return found


def is_on_request(cell: str) -> bool:
    """Whether a cell of the price says that it is told on request, as an export does in either language."""
    return search_key(cell.replace("_", " ")) in _on_request()


def key_named(text: str, names: Callable[[], Mapping[str, Any]]) -> str:
    """The key that a cell names, in either language or by itself; raises InputRefused with what is known."""
    folded, spellings = search_key(text.replace("_", " ")), _spellings(names)
    if folded not in spellings:
        known = "; ".join(str(name) for name in names().values())
        raise InputRefused(
            "unknown", _l("“%(text)s” is not known here. Known are: %(known)s.", text=text[:80], known=known)
        )
    return spellings[folded]


def _keys(part: str, names: Callable[[], Mapping[str, Any]]) -> list[str]:
    """The keys that a part names: the longest runs of what stands between its commas."""
    spellings = _spellings(names)
    pieces, found = [piece for piece in part.split(",") if piece.strip()], []
    while pieces:
        runs = range(len(pieces), 0, -1)
        length = next((n for n in runs if search_key(",".join(pieces[:n]).replace("_", " ")) in spellings), 1)
        found.append(key_named(clean_line(",".join(pieces[:length])), names))
        pieces = pieces[length:]
    return found


def sector_names() -> Mapping[str, Any]:
    """All sectors by key."""
    return {sector.key: _SectorName(sector) for sector in sectors.all_sectors()}


@dataclass(frozen=True)
class _SectorName:
    """A sector that reads as its name in whichever language is spoken."""

    sector: sectors.Sector

    def __str__(self) -> str:
        return self.sector.label


def _words(value: Any) -> str:
    return ", ".join(value or ())


def _day(value: date | None) -> str:
    return value.strftime("%d/%m/%Y") if value else ""


def _read_day(text: str) -> list[str]:
    for sign in "/.":
        parts = text.split(sign)
        if len(parts) == 3 and all(part.strip().isdecimal() for part in parts):
            day, month, year = (int(part) for part in parts)
            return [f"{year:04}-{month:02}-{day:02}"]
    return [text]


def _level(text: str) -> list[str]:
    if text and text not in set("123456789"):
        raise InputRefused("no_level", _l("Type a level from 1 to 9."))
    return [text]


def _currency(text: str) -> list[str]:
    return [text.upper() or "VND"]


CODE = Column("public_ref", _l("Code"), ("id",))
COMPANY = Column("company", _l("Company"), ("company",))
_sectors = Column("sectors", _l("Sectors"), ("sectors",), *_several(sector_names))
_forms = Column("transfer_forms", _l("Forms of transfer"), ("transfer_forms",), *_several(lambda: words.TRANSFER_FORMS))


def _further(name: str, label: LazyString, *ways: Any) -> Column:
    return Column(name, label, ("further", name), *ways)


FURTHER_TECHNOLOGY: Sequence[Column] = (
    _further("innovation_vi", _l("What is new about it, in Vietnamese")),
    _further("innovation_en", _l("What is new about it, in English")),
    _further("stage_year", _l("In use since")),
    _further("references_vi", _l("References of use, in Vietnamese")),
    _further("references_en", _l("References of use, in English")),
    _further("property_state", _l("State of the title"), *_known(lambda: words.PROPERTY_STATES)),
    _further("property_office", _l("Office that granted it")),
    _further("property_owner", _l("Owner of the title")),
    _further("partner_sought_vi", _l("Partner sought, in Vietnamese")),
    _further("partner_sought_en", _l("Partner sought, in English")),
    _further("support_vi", _l("Support offered, in Vietnamese")),
    _further("support_en", _l("Support offered, in English")),
    _further("investment_vi", _l("Investment and return, in Vietnamese")),
    _further("investment_en", _l("Investment and return, in English")),
    _further("video", _l("Video")),
)
FURTHER_NEED: Sequence[Column] = (
    _further("present_technology_vi", _l("Present technology, in Vietnamese")),
    _further("present_technology_en", _l("Present technology, in English")),
    _further("constraints_vi", _l("Constraints, in Vietnamese")),
    _further("constraints_en", _l("Constraints, in English")),
    _further("partner_sought_vi", _l("Partner sought, in Vietnamese")),
    _further("partner_sought_en", _l("Partner sought, in English")),
)
TECHNOLOGY: Sequence[Column] = (
    Column("title_vi", _l("Title in Vietnamese"), ("title", "vi")),
    Column("title_en", _l("Title in English"), ("title", "en")),
    Column("summary_vi", _l("Summary in Vietnamese"), ("summary", "vi")),
    Column("summary_en", _l("Summary in English"), ("summary", "en")),
    _sectors,
    Column("readiness", _l("Readiness"), ("readiness",), _text, _level),
    Column("stage", _l("Stage of use"), ("stage",), *_known(lambda: words.STAGES)),
    _forms,
    Column(
        "property_kind",
        _l("Intellectual property"),
        ("intellectual_property", "kind"),
        *_known(lambda: words.PROPERTY_KINDS),
    ),
    Column("property_number", _l("Number of the title"), ("intellectual_property", "number")),
    Column("price_kind", _l("Price"), ("price", "kind"), *_known(lambda: words.PRICE_KINDS)),
    Column("price_low", _l("Price, or from"), ("price", "low")),
    Column("price_high", _l("Up to"), ("price", "high")),
    Column("price_currency", _l("Currency"), ("price", "currency"), _text, _currency),
    Column("keywords_vi", _l("Keywords in Vietnamese"), ("keywords", "vi"), _words),
    Column("keywords_en", _l("Keywords in English"), ("keywords", "en"), _words),
    Column("advantages_vi", _l("Advantages in Vietnamese"), ("advantages", "vi")),
    Column("advantages_en", _l("Advantages in English"), ("advantages", "en")),
    Column("description_vi", _l("Description in Vietnamese"), ("description", "vi")),
    Column("description_en", _l("Description in English"), ("description", "en")),
    *FURTHER_TECHNOLOGY,
)
NEED: Sequence[Column] = (
    Column("title_vi", _l("Title in Vietnamese"), ("title", "vi")),
    Column("title_en", _l("Title in English"), ("title", "en")),
    Column("problem_vi", _l("The problem, in Vietnamese"), ("problem", "vi")),
    Column("problem_en", _l("The problem, in English"), ("problem", "en")),
    Column("wanted_result_vi", _l("The result wanted, in Vietnamese"), ("wanted_result", "vi")),
    Column("wanted_result_en", _l("The result wanted, in English"), ("wanted_result", "en")),
    _sectors,
    Column("lowest_readiness", _l("Lowest readiness that you take"), ("lowest_readiness",), _text, _level),
    _forms,
    Column("budget_low", _l("Budget from"), ("budget", "low")),
    Column("budget_high", _l("Up to"), ("budget", "high")),
    Column("budget_currency", _l("Currency"), ("budget", "currency"), _text, _currency),
    Column("deadline_on", _l("Wanted by"), ("deadline",), _day, _read_day),
    *FURTHER_NEED,
)
OF: Mapping[str, Sequence[Column]] = {"technologies": TECHNOLOGY, "needs": NEED}

"""The report's tables: the same rows as its figures, counted by kind, province, sector, country or hour."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, case, func, or_, select

from techfair.core.formats import format_date
from techfair.core.languages import language
from techfair.core.vietnamese import search_key
from techfair.exhibitors.displays import queries as displays
from techfair.exhibitors.models import BoothAssignment, Company, CompanySector, Exhibitor
from techfair.exhibitors.record_models import Technology, TechnologySector
from techfair.exhibitors.words import country
from techfair.extensions import db
from techfair.fairs import provinces, sectors
from techfair.fairs.models import Fair
from techfair.visitors.gate_models import Gate, Scan
from techfair.visitors.models import COUNTED_KINDS, Delegation, Registration
from techfair.visitors.queries import people_scanned
from techfair.visitors.tallies import figures
from techfair.visitors.words import KIND_WORDS


@dataclass(frozen=True)
class Row:
    """A line of a table: its name and what is counted, in the order of the table's columns."""

    name: str
    counts: tuple[int, ...]


def visitors_by_kind(fair: Fair) -> list[Row]:
    """Confirmed registrations of every kind, and how many of them came in."""
    rows = db.session.execute(_registered(fair, Registration.kind))
    found = {kind: Row(str(KIND_WORDS[kind]), (registered, came)) for kind, registered, came in rows}
    return [found[kind] for kind in KIND_WORDS if kind in found]


def _registered(fair: Fair, key: Any) -> Select[Any]:
    entrances = select(Gate.id).where(Gate.fair_id == fair.id, Gate.place == "entrance")
    is_entry = (Scan.verdict == "admitted", Scan.direction == "entry", Scan.gate_id.in_(entrances))
    came = people_scanned(fair, *is_entry)
    counted = select(key, func.count(), func.count(case((Registration.id.in_(came), 1))))
    return counted.where(Registration.fair_id == fair.id, Registration.state == "confirmed").group_by(key)


def visitors_by_day(counts: dict[str, int]) -> list[Row]:
    """The report's figures by day, named."""
    return [Row(format_date(date.fromisoformat(day), language()), (count,)) for day, count in counts.items()]


def entries_by_hour(fair: Fair, days: Iterable[date]) -> list[Row]:
    """A line for each hour in which somebody came, a column for each day."""
    passed = figures.of(fair)
    of_days = [passed.by_hour(day) for day in days]
    hours = sorted({hour for entries in of_days for hour in entries})
    return [Row(f"{hour:02}:00", tuple(entries[hour] for entries in of_days)) for hour in hours]


def coverage(fair: Fair) -> list[Row]:
    """Who came from each province: exhibitors, visitors registered, visitors who came, delegates who came.

    The list is the one in force on the first day; who named no province, and central bodies, stand last.
    """
    exhibitors, visitors, delegates = _exhibitors_of(fair), _visitors_of(fair), _delegates_of(fair)
    codes = {*exhibitors, *visitors, *delegates}
    rows = [
        Row(_province(code, fair), (exhibitors[code], *visitors.get(code, (0, 0)), delegates[code])) for code in codes
    ]
    return sorted(rows, key=lambda row: (row.name == _province(None, fair), -row.counts[2], search_key(row.name)))


def _province(code: str | None, fair: Fair) -> str:
    return provinces.name_of(code, fair.starts_on) if code else _("without a province")


def _exhibitors_of(fair: Fair) -> Counter[str | None]:
    counted = select(Company.province_code, func.count()).where(Company.id.in_(_exhibiting(fair)))
    at_home = counted.where(Company.country == "VN").group_by(Company.province_code)
    return Counter({row[0]: row[1] for row in db.session.execute(at_home)})


def _visitors_of(fair: Fair) -> dict[str | None, tuple[int, int]]:
    those = _registered(fair, Registration.province_code).where(Registration.kind.in_(COUNTED_KINDS))
    return {code: (registered, came) for code, registered, came in db.session.execute(those)}


def _delegates_of(fair: Fair) -> Counter[str | None]:
    came = people_scanned(fair, Scan.verdict == "admitted")
    counted = (
        select(Delegation.province_code, func.count())
        .select_from(Registration)
        .outerjoin(Delegation, Delegation.id == Registration.delegation_id)
        .where(Registration.fair_id == fair.id, Registration.kind == "delegate", Registration.state == "confirmed")
        .where(or_(Registration.is_present, Registration.id.in_(came)))
        .group_by(Delegation.province_code)
    )
    return Counter({row[0]: row[1] for row in db.session.execute(counted)})


def exhibitors_by_sector(fair: Fair) -> list[Row]:
    """Exhibitors with a booth by sector; one that works in several counts in each."""
    exhibiting = _exhibiting(fair)
    counted = select(CompanySector.sector, func.count()).where(CompanySector.company_id.in_(exhibiting))
    return _named(counted.group_by(CompanySector.sector), sectors.label)


def exhibitors_by_country(fair: Fair) -> list[Row]:
    counted = select(Company.country, func.count()).where(Company.id.in_(_exhibiting(fair)))
    return _named(counted.group_by(Company.country), country)


def technologies_by_sector(fair: Fair) -> list[Row]:
    """Published technologies by sector; one that belongs to several counts in each."""
    counted = select(TechnologySector.sector, func.count()).join(Technology)
    those = counted.where(Technology.company_id.in_(_exhibiting(fair)), Technology.state == "published")
    those = those.where(displays.is_shown(Technology, fair))
    return _named(those.group_by(TechnologySector.sector), sectors.label)


def _exhibiting(fair: Fair) -> Select[int]:
    """The companies of approved exhibitors with a booth."""
    held = select(Exhibitor.company_id).join(BoothAssignment, BoothAssignment.exhibitor_id == Exhibitor.id)
    return held.where(Exhibitor.fair_id == fair.id, Exhibitor.is_active, BoothAssignment.state == "assigned")


def _named(counted: Select[str, int], name: Callable[[str], str]) -> list[Row]:
    """Lines by their count, the most first."""
    rows = [Row(name(key), (count,)) for key, count in db.session.execute(counted)]
    return sorted(rows, key=lambda row: (-row.counts[0], search_key(row.name)))


def connections_by_source(counts: dict[str, int]) -> list[Row]:
    """The report's figures by source and country, named."""
    return [Row(_source(key), (count,)) for key, count in counts.items()]


def _source(key: str) -> str:
    source, _slash, code = key.rpartition("/")
    return _("Connection points, %(country)s", country=country(code)) if source else country(code)


def connections_by_sector(counts: dict[str, int]) -> list[Row]:
    return [
        Row(_("Other sectors") if key == "other" else sectors.label(key), (count,)) for key, count in counts.items()
    ]

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
from techfair.exhibitors.models import BoothAssignment, Company, CompanySector, Exhibitor, Technology, TechnologySector
from techfair.exhibitors.words import country
from techfair.extensions import db
from techfair.fairs import provinces, sectors
from techfair.fairs.models import Fair
from techfair.organizers import queries
from techfair.visitors.models import COUNTED_KINDS, Delegation, Gate, Registration, Scan
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


def visitors_by_province(fair: Fair) -> list[Row]:
    """Visitors by the province they gave, the most first; who gave none stands last."""
    those = _registered(fair, Registration.province_code).where(Registration.kind.in_(COUNTED_KINDS))
    counts = {code: (registered, came) for code, registered, came in db.session.execute(those)}
    nowhere = counts.pop(None, (0, 0))
    named = Counter({code: counts[code][1] for code in counts})
    rows = [Row(provinces.name_of(code, fair.starts_on), counts[code]) for code, _came in named.most_common()]
    return [*rows, Row(_("not stated"), nowhere)] if any(nowhere) else rows


def _registered(fair: Fair, key: Any) -> Select[Any]:
    entrances = select(Gate.id).where(Gate.fair_id == fair.id, Gate.place == "entrance")
    came = select(Scan.registration_id).where(
        Scan.fair_id == fair.id,
        Scan.verdict == "admitted",
        Scan.direction == "entry",
        Scan.gate_id.in_(entrances),
    )
    counted = select(key, func.count(), func.count(case((Registration.id.in_(came), 1))))
    return counted.where(Registration.fair_id == fair.id, Registration.state == "confirmed").group_by(key)


def visitors_by_day(counts: dict[str, int]) -> list[Row]:
    """The report's figures by day, named."""
    return [Row(format_date(date.fromisoformat(day), language()), (count,)) for day, count in counts.items()]


def entries_by_hour(fair: Fair, days: Iterable[date]) -> list[Row]:
    """A line for each hour in which somebody came, a column for each day."""
    of_days = queries.entries_by_hour(fair, list(days))
    hours = sorted({hour for entries in of_days.values() for hour in entries})
    return [Row(f"{hour:02}:00", tuple(entries[hour] for entries in of_days.values())) for hour in hours]


def delegates_by_province(fair: Fair) -> list[Row]:
    """Delegates who came, by the province whose body sent them; central bodies stand last."""
    came = select(Scan.registration_id).where(Scan.fair_id == fair.id, Scan.verdict == "admitted")
    present = case((or_(Registration.is_present, Registration.id.in_(came)), 1))
    counted = (
        select(Delegation.province_code, func.count(Registration.id), func.count(present))
        .join(Registration, Registration.delegation_id == Delegation.id)
        .where(Delegation.fair_id == fair.id, Registration.kind == "delegate", Registration.state == "confirmed")
        .group_by(Delegation.province_code)
    )
    rows = [(code, (sent, came)) for code, sent, came in db.session.execute(counted)]
    central = [Row(_("ministries and central bodies"), counts) for code, counts in rows if code is None]
    named = [Row(provinces.name_of(code, fair.starts_on), counts) for code, counts in rows if code is not None]
    return sorted(named, key=lambda row: -row.counts[-1]) + central


def exhibitors_by_sector(fair: Fair) -> list[Row]:
    """Exhibitors with a booth by sector; one that works in several counts in each."""
    exhibiting = _exhibiting(fair)
    counted = select(CompanySector.sector, func.count()).where(CompanySector.company_id.in_(exhibiting))
    return _named(counted.group_by(CompanySector.sector), sectors.label)


def exhibitors_by_country(fair: Fair) -> list[Row]:
    counted = select(Company.country, func.count()).where(Company.id.in_(_exhibiting(fair)))
    return _named(counted.group_by(Company.country), country)


def exhibitors_by_province(fair: Fair) -> list[Row]:
    """Exhibitors of Viet Nam by province."""
    counted = select(Company.province_code, func.count()).where(Company.id.in_(_exhibiting(fair)))
    of_provinces = counted.where(Company.province_code.is_not(None)).group_by(Company.province_code)
    return _named(of_provinces, lambda code: provinces.name_of(code, fair.starts_on))


def technologies_by_sector(fair: Fair) -> list[Row]:
    """Published technologies by sector; one that belongs to several counts in each."""
    counted = select(TechnologySector.sector, func.count()).join(Technology)
    those = counted.where(Technology.company_id.in_(_exhibiting(fair)), Technology.state == "published")
    return _named(those.group_by(TechnologySector.sector), sectors.label)


def _exhibiting(fair: Fair) -> Select[int]:
    """The companies of approved exhibitors with a booth."""
    held = select(Exhibitor.company_id).join(BoothAssignment, BoothAssignment.exhibitor_id == Exhibitor.id)
    return held.where(Exhibitor.fair_id == fair.id, Exhibitor.is_active, BoothAssignment.state == "assigned")


def _named(counted: Select[str, int] | Select[str | None, int], name: Callable[[str], str]) -> list[Row]:
    """Lines by their count, the most first."""
    rows = [Row(name(str(key)), (count,)) for key, count in db.session.execute(counted)]
    return sorted(rows, key=lambda row: (-row.counts[0], row.name))


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

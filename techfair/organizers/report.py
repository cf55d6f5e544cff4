"""The figures a fair is known by, each counted from rows and carrying its own definition.

The keys are nested by dots; see ``as_json``. Where somebody declared another figure, both are told.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import current_app
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from techfair.agreements import counting as agreements
from techfair.core import clock
from techfair.exhibitors import counting as exhibitors
from techfair.extensions import db
from techfair.fairs import counting as fairs
from techfair.fairs.models import Fair
from techfair.meetings import counting as meetings
from techfair.organizers.models import DeclaredFigure
from techfair.visitors import counting as visitors

MEASURED, DECLARED = "measured", "declared"

DEFINITIONS = {
    "activities": _l("Activities of the fair that took place; cancelled ones are not counted."),
    "exhibitors": _l("Approved exhibitors with a booth."),
    "booths": _l("Booths given to approved exhibitors."),
    "technologies": _l("Published technologies offered by approved exhibitors with a booth."),
    "needs": _l("Published technology needs of companies taking part."),
    "visitors.registered": _l("Confirmed registrations of visitors, delegates, guests, press and VIP."),
    "visitors.unique": _l("Different people let in at least once at an entrance."),
    "visitors.person_days": _l("Different people of each day, added up over the days."),
    "visitors.entries": _l("Admitted entries at entrances; a person may enter several times."),
    "visitors.head_count": _l("People counted by clicker, without names; shown beside the scans, never added."),
    "visitors.by_day": _l("Different people let in at an entrance on this day, by the fair's own time."),
    "delegates.count": _l("Delegates scanned or marked as present."),
    "delegates.provinces": _l("Different provinces whose delegates came, by the list in force on the first day."),
    "delegates.provinces_total": _l("Provinces and centrally run cities on the first day of the fair."),
    "meetings.requested": _l("Meetings that somebody asked for."),
    "meetings.accepted": _l("Meetings that the other side accepted."),
    "meetings.scheduled": _l("Meetings that were given a time."),
    "meetings.held": _l("Meetings that took place."),
    "connections.total": _l("Confirmed connections, one for each pair of parties and subject."),
    "connections.by_source_country": _l("Confirmed connections by connection point, else by the partner's country."),
    "connections.by_sector": _l("Confirmed connections by sector."),
    "agreements.count": _l("Completed memoranda, transfer cooperation agreements and transfer contracts."),
    "agreements.value_vnd": _l(
        "Their known values in đồng at the rate of the signing day; a range counts its lower end,"
        " a confidential value is not added."
    ),
    "investments.count": _l("Investment decisions and memoranda handed over; never added to the agreements."),
    "investments.value_vnd": _l("Capital of these investment projects in đồng."),
    "unit_contracts.count": _l("Contracts of local centres in the year, as declared; not of the fair alone."),
    "unit_contracts.value_vnd": _l("Their value in đồng, as declared."),
}
LABELS = {
    "activities": _l("activities"),
    "exhibitors": _l("exhibitors"),
    "booths": _l("booths given"),
    "technologies": _l("technologies on offer"),
    "needs": _l("technology needs"),
    "visitors.registered": _l("registered"),
    "visitors.unique": _l("different visitors"),
    "visitors.person_days": _l("visitor days"),
    "visitors.entries": _l("entries"),
    "visitors.head_count": _l("counted by clicker"),
    "delegates.count": _l("delegates"),
    "delegates.provinces": _l("provinces that sent delegates"),
    "delegates.provinces_total": _l("provinces of the country"),
    "meetings.requested": _l("meetings asked for"),
    "meetings.accepted": _l("meetings agreed"),
    "meetings.scheduled": _l("meetings with a time"),
    "meetings.held": _l("meetings held"),
    "connections.total": _l("connections"),
    "agreements.count": _l("agreements signed"),
    "agreements.value_vnd": _l("value of the agreements"),
    "investments.count": _l("investment projects"),
    "investments.value_vnd": _l("capital of the investment projects"),
    "unit_contracts.count": _l("contracts of local centres"),
    "unit_contracts.value_vnd": _l("value of these contracts"),
}
MAPS = ("visitors.by_day", "connections.by_source_country", "connections.by_sector")  # of a key to a figure
CONSOLE, PUBLIC = "/organizer/fairs/{slug}/", "/fairs/{slug}/"
PAGES = {
    "activities": PUBLIC + "programme",
    "exhibitors": PUBLIC + "exhibitors",
    "booths": CONSOLE + "exhibitors/booths",
    "technologies": PUBLIC + "technologies",
    "needs": PUBLIC + "needs",
    "visitors": CONSOLE + "visitors",
    "delegates": CONSOLE + "visitors?kind=delegate",
    "meetings": CONSOLE + "meetings",
    "connections": CONSOLE + "connections",
    "agreements": CONSOLE + "agreements",
    "investments": CONSOLE + "agreements?register=investments",
}
DECLARED_ROWS = CONSOLE + "report"  # where everything declared is listed with who said it


@dataclass(frozen=True)
class Figure:
    """A figure with what it counts, how it is known, and the address of the rows behind it."""

    key: str
    value: int
    unit: str
    basis: str
    definition: str
    rows: str


def figures(fair: Fair) -> dict[str, Figure]:
    """All figures of a fair by their keys, in the order of the report."""
    counted = [*_of_rooms(fair), *_declared_of_units(fair)]
    return {figure.key: figure for figure in counted}


def digest(fair: Fair, figures: dict[str, Figure]) -> str:
    """SHA-256 over keys, values and bases: two prints that carry the same digest tell the same figures."""
    told = {key: [figure.value, figure.basis] for key, figure in figures.items()}
    canonical = json.dumps({"fair": fair.slug, "figures": told}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def within(figures: dict[str, Figure], key: str) -> dict[str, int]:
    """The values of a map such as ``visitors.by_day`` by the last part of their keys."""
    prefix = f"{key}."
    return {one.removeprefix(prefix): figures[one].value for one in figures if one.startswith(prefix)}


def contradictions(fair: Fair) -> list[DeclaredFigure]:
    """What others said that differs from what was counted."""
    return [row for row in declared(fair) if row.is_contradiction]


def declared(fair: Fair) -> list[DeclaredFigure]:
    """All that somebody said, with who said it."""
    return list(db.session.scalars(select(DeclaredFigure).filter_by(fair_id=fair.id).order_by(DeclaredFigure.id)))


def as_json(fair: Fair, language: str) -> dict[str, Any]:
    """The report for machines: figures nested by the dots of their keys."""
    with force_locale(language):
        nested: dict[str, Any] = {}
        for key in MAPS:  # an empty map is there too, so that no reader stumbles over a fair that begins
            _folder(nested, key.split("."))
        for figure in figures(fair).values():
            _place(nested, figure)
        said = [{"key": row.key, "words": row.words, "source": row.source} for row in contradictions(fair)]
    at = clock.now().replace(microsecond=0).isoformat().replace("+00:00", "Z")
    return {"fair": fair.slug, "at": at, "language": language, "figures": nested, "contradictions": said}


def _place(nested: dict[str, Any], figure: Figure) -> None:
    *path, last = figure.key.split(".")
    _folder(nested, path)[last] = {
        name: getattr(figure, name) for name in ("value", "unit", "basis", "definition", "rows")
    }


def _folder(nested: dict[str, Any], path: Iterable[str]) -> dict[str, Any]:
    for name in path:
        nested = nested.setdefault(name, {})
    return nested


def _of_rooms(fair: Fair) -> Iterator[Figure]:
    market, people = exhibitors.market(fair), visitors.visitors(fair)
    delegates, talks = visitors.delegates(fair), meetings.meetings(fair)
    signed, invested = agreements.agreements(fair), agreements.investments(fair)
    values = {
        "activities": fairs.activities_held(fair),
        **{name: getattr(market, name) for name in ("exhibitors", "booths", "technologies", "needs")},
        **_named("visitors", people, ("registered", "unique", "person_days", "entries", "head_count")),
        **{f"visitors.by_day.{day}": count for day, count in visitors.visitors_by_day(fair).items()},
        **_named("delegates", delegates, ("count", "provinces", "provinces_total")),
        **_named("meetings", talks, ("requested", "accepted", "scheduled", "held")),
        **_connections(fair),
        **_named("agreements", signed, ("count", "value_vnd")),
        **_named("investments", invested, ("count", "value_vnd")),
    }
    for key, value in values.items():
        yield _figure(fair, key, value, MEASURED)


def _named(room: str, counts: object, names: Iterable[str]) -> dict[str, int]:
    return {f"{room}.{name}": getattr(counts, name) for name in names}


def _connections(fair: Fair) -> dict[str, int]:
    by_source = meetings.connections_by_source_country(fair)
    by_sector = meetings.connections_by_sector(fair)
    return {
        "connections.total": sum(by_source.values()),
        **{f"connections.by_source_country.{source}": count for source, count in by_source.items()},
        **{f"connections.by_sector.{sector}": count for sector, count in by_sector.items()},
    }


def _declared_of_units(fair: Fair) -> Iterator[Figure]:
    said = select(DeclaredFigure).filter_by(fair_id=fair.id, is_contradiction=False).order_by(DeclaredFigure.id)
    for row in db.session.scalars(said):
        yield _figure(fair, row.key, row.value, DECLARED)


def _figure(fair: Fair, key: str, value: int, basis: str) -> Figure:
    known = key if key in DEFINITIONS else key.rpartition(".")[0]
    page = DECLARED_ROWS if basis == DECLARED else PAGES[key.partition(".")[0]]
    rows = current_app.config["BASE_URL"] + page.format(slug=fair.slug) + (_narrowed(key) if basis != DECLARED else "")
    return Figure(key, value, _unit(key), basis, str(DEFINITIONS.get(known, "")), rows)


def _narrowed(key: str) -> str:
    """What narrows the list of connections to those that a figure counts."""
    if not key.startswith("connections."):
        return ""
    by, value = key.removeprefix("connections.").partition(".")[::2]
    narrower = {"by_source_country": "origin", "by_sector": "sector"}.get(by)
    return "?" + urlencode({"state": "confirmed"} | ({narrower: value} if narrower else {}))


def _unit(key: str) -> str:
    """What is counted, as a word for machines."""
    if key.endswith(".value_vnd"):
        return "VND"
    room, _, rest = key.partition(".")
    if room == "visitors" or key == "delegates.count":
        return {"entries": "entries", "person_days": "person-days"}.get(rest, "people")
    return "provinces" if rest.startswith("provinces") else room

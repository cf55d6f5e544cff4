"""Provinces of Viet Nam by date: a code may name another province before and after a merger."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "provinces.json"


@dataclass(frozen=True)
class Province:
    """A province or centrally run city, as the list of one period has it."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True)
class Period:
    """The list that held from its first day to its last; the present one has no last day."""

    first: date
    last: date | None
    provinces: dict[str, Province]


@cache
def periods() -> tuple[Period, ...]:
    told = json.loads(FILE.read_text(encoding="utf-8"))["periods"]
    return tuple(sorted((_period(period) for period in told), key=lambda period: period.first))


def _period(told: dict[str, Any]) -> Period:
    listed = [Province(row["code"], row["name"], row["kind"]) for row in told["provinces"]]
    last = date.fromisoformat(told["to"]) if told["to"] else None
    return Period(date.fromisoformat(told["from"]), last, {province.code: province for province in listed})


def _on(day: date) -> Period:
    """The period of a day; the first list also serves the days before it."""
    return next((period for period in reversed(periods()) if period.first <= day), periods()[0])


def in_force(day: date) -> list[Province]:
    """The provinces of a day, in the order of their codes."""
    return list(_on(day).provinces.values())


def name_of(code: str, day: date) -> str:
    """The name that a code had on a day; the code itself where the list of that day has none."""
    province = _on(day).provinces.get(code)
    return province.name if province else code


def codes_of(name: str) -> list[tuple[str, date | None, date | None]]:
    """The codes that a province of this name had: from the first day on, until before the other; None: no bound."""
    listed = periods()
    ends = [period.first for period in listed[1:]] + [None]
    return [
        (province.code, period.first if number else None, end)
        for number, (period, end) in enumerate(zip(listed, ends, strict=True))
        for province in period.provinces.values()
        if province.name == name
    ]

"""The visitors' figures taken apart: by day, hour, gate, kind, province and country, of the fair or one day.

Entries and people come from ``visitors/tallies``; registrations and the clicker stand beside them, never added.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext as _

from techfair.core.formats import format_date
from techfair.core.languages import language
from techfair.core.vietnamese import search_key
from techfair.exhibitors.words import country
from techfair.fairs import provinces
from techfair.fairs.models import Fair
from techfair.organizers.breakdowns import Row
from techfair.visitors import counting, head_counts, queries
from techfair.visitors.counting import Registered
from techfair.visitors.head_counts import Clicked
from techfair.visitors.models import COUNTED_KINDS
from techfair.visitors.tallies import figures
from techfair.visitors.tallies.figures import Figures
from techfair.visitors.words import KIND_WORDS

MOST_DAYS = 31


@dataclass(frozen=True)
class Counted:
    """Everything that is known of a fair's visitors at one moment, and the day to be told; none: the whole fair."""

    fair: Fair
    passed: Figures
    clicked: list[Clicked]
    registered: list[Registered]
    registered_on: Counter[date]
    day: date | None = None

    @property
    def days(self) -> list[date]:
        """The days that have figures."""
        return sorted({*self.passed.days, *(one.day for one in self.clicked)})[-MOST_DAYS:]

    @property
    def shown_days(self) -> list[date]:
        return [self.day] if self.day else self.days

    def figures(self) -> dict[str, int]:
        """The five figures by the report's keys; of a day those that a day has."""
        passed, clicked = self.passed.of(self.day), sum(one.people for one in self._clicked())
        if self.day:
            return {"unique": passed.people, "entries": passed.entries, "head_count": clicked}
        return {
            "registered": sum(one.people for one in self.registered if one.kind in COUNTED_KINDS),
            "unique": passed.people,
            "person_days": self.passed.person_days(),
            "entries": passed.entries,
            "head_count": clicked,
        }

    def by_day(self) -> list[Row]:
        """Different visitors, entries, and heads by the clicker."""
        clicked = Counter[date]()
        for one in self.clicked:
            clicked[one.day] += one.people
        of_days = [(day, self.passed.of(day)) for day in self.days]
        return [
            Row(format_date(day, language()), (passed.people, passed.entries, clicked[day])) for day, passed in of_days
        ]

    def by_day_of_registering(self) -> list[Row]:
        """The visitors registered on each of the last days on which anybody was."""
        days = sorted(self.registered_on)[-MOST_DAYS:]
        return [Row(format_date(day, language()), (self.registered_on[day],)) for day in days]

    def by_hour(self) -> list[Row]:
        """Entries, and heads by the clicker, by the hour of the fair's clock."""
        entries, clicked = Counter[int](), Counter[int]()
        for day in self.shown_days:
            entries.update(self.passed.by_hour(day))
        for one in self._clicked():
            clicked[one.hour] += one.people
        known = {*entries, *clicked}
        hours = range(min(known), max(known) + 1) if known else ()
        return [Row(f"{hour:02}", (entries[hour], clicked[hour])) for hour in hours]

    def by_gate(self) -> list[Row]:
        """At each entrance: different visitors, their days, entries, and heads by the clicker."""
        clicked = Counter[int]()
        for one in self._clicked():
            clicked[one.gate_id] += one.people
        gates = [gate for gate in queries.gates(self.fair) if gate.place == "entrance"]
        return [
            Row(f"{gate.code} · {gate.name}", (*self._passed("gate", str(gate.id)), clicked[gate.id])) for gate in gates
        ]

    def by_kind(self, *, is_visitor: bool) -> list[Row]:
        """By the kind of the badge; kinds that are no visitors stand in no other figure."""
        registered = self._registered(lambda one: one.kind)
        kinds = [kind for kind in KIND_WORDS if (kind in COUNTED_KINDS) == is_visitor]
        rows = [Row(str(KIND_WORDS[kind]), self._line("kind", kind, registered[kind])) for kind in kinds]
        return [row for row in rows if any(row.counts)]

    def by_province(self) -> list[Row]:
        """By the province that people named, by the list in force on the first day; none named stands last."""
        registered = self._registered(lambda one: one.province, of_visitors=True)
        return self._named("province", registered, self._province)

    def by_country(self) -> list[Row]:
        return self._named("country", self._registered(lambda one: one.country, of_visitors=True), country)

    def _province(self, code: str) -> str:
        return provinces.name_of(code, self.fair.starts_on) if code else _("without a province")

    def _named(self, by: str, registered: Counter[str], name: Callable[[str], str]) -> list[Row]:
        """Lines by the people who came, the most first."""
        keys = {*self.passed.keys(by), *registered}
        rows = [(key, Row(name(key), self._line(by, key, registered[key]))) for key in keys]
        known = [(key, row) for key, row in rows if any(row.counts)]
        first = -2 if self.day else -3  # different people
        return [row for key, row in sorted(known, key=lambda one: (not one[0], -one[1].counts[first], _sorted(one[1])))]

    def _line(self, by: str, key: str, registered: int) -> tuple[int, ...]:
        passed = self._passed(by, key)
        return passed if self.day else (registered, *passed)

    def _passed(self, by: str, key: str) -> tuple[int, ...]:
        """Different people, their days where more than one is told, and entries."""
        passed = self.passed.of(self.day, by, key)
        days = () if self.day else (self.passed.person_days(by, key),)
        return (passed.people, *days, passed.entries)

    def _registered(self, key: Callable[[Registered], str], of_visitors: bool = False) -> Counter[str]:
        found = Counter[str]()
        for one in self.registered:
            if not of_visitors or one.kind in COUNTED_KINDS:
                found[key(one)] += one.people
        return found

    def _clicked(self) -> Iterable[Clicked]:
        return [one for one in self.clicked if self.day in (None, one.day)]


def _sorted(row: Row) -> str:
    return search_key(row.name)


def of(fair: Fair, day: date | None) -> Counted:
    """The figures of this moment, in four statements; a day without figures is the whole fair."""
    told = Counted(
        fair,
        figures.of(fair),
        head_counts.of_entrances(fair),
        counting.registered(fair),
        counting.registered_by_day(fair),
    )
    return replace(told, day=day if day in told.days else None)

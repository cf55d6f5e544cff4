"""What pages ask: entries and people of a fair or a day, whole or by gate, kind, province, country or hour.

One statement reads what was counted ahead and adds the scans since, so it never counts the whole fair, and
answers what counting every row would.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select, union_all

from techfair.fairs.models import Fair
from techfair.visitors.tallies import folding, growth
from techfair.visitors.tallies.models import ScanTally, TallyMark


@dataclass(frozen=True)
class Passed:
    """Visitors let in at entrances. ``inside``: everyone whose last passage of the day was an entry.

    ``gone``: how many were scanned going out; where nobody was, nobody knows who is inside.
    """

    entries: int = 0
    people: int = 0
    inside: int = 0
    gone: int = 0


@dataclass(frozen=True)
class Figures:
    """The sums of a fair, read once."""

    fair: Fair
    sums: folding.Sums

    def of(self, day: date | None = None, by: str = "all", key: str = "") -> Passed:
        """A day's figures, or the fair's, in which a person of several days is one."""
        return Passed(*self.sums.get((day, by, key), ()))

    @property
    def days(self) -> list[date]:
        """The days on which somebody was let in."""
        return sorted(day for (day, by, _key), counts in self.sums.items() if day and by == "all" and counts[0])

    def keys(self, by: str) -> list[str]:
        return sorted({key for (_day, one, key) in self.sums if one == by})

    def person_days(self, by: str = "all", key: str = "") -> int:
        """Different people of each day, added up over the days."""
        return sum(self.of(day, by, key).people for day in self.days_of(by, key))

    def days_of(self, by: str, key: str) -> list[date]:
        return [day for (day, one, other) in self.sums if day and (one, other) == (by, key)]

    def by_hour(self, day: date) -> Counter[int]:
        """Entries of a day by the hour of the fair's clock."""
        found: Counter[int] = Counter()
        for (of_day, by, key), counts in self.sums.items():
            if of_day == day and by == "quarter":
                found[hour_at(self.fair, day, int(key))] += counts[0]
        return found


def hour_at(fair: Fair, day: date, minutes: int) -> int:
    """The hour of the fair's clock so many minutes after midnight UTC, with the offset that holds at the day's noon."""
    offset = datetime.combine(day, time(12), fair.zone).utcoffset() or timedelta()
    return (minutes + int(offset.total_seconds()) // 60) // 60 % 24


def _statement() -> Any:
    fair_id: Any = bindparam("fair_id")
    until = select(TallyMark.folded_until).where(TallyMark.fair_id == fair_id).scalar_subquery()
    since = func.coalesce(until, growth.BEGINNING, type_=TallyMark.folded_until.type)
    ahead = [getattr(ScanTally, name) for name in folding.SUMS]
    counted = select(ScanTally.day, ScanTally.dimension, ScanTally.key, *ahead).where(ScanTally.fair_id == fair_id)
    return union_all(counted, *growth.of_span(fair_id, since))


LIVE = _statement()  # made once: it is long; one statement, so that both parts are of one moment


def of(fair: Fair) -> Figures:
    """The figures of this moment."""
    return Figures(fair, folding.read(LIVE.params(fair_id=fair.id)))


def plainly(fair: Fair) -> Figures:
    """The same by counting every scan: what the others are checked against."""
    return Figures(fair, folding.read(union_all(*growth.of_everyone(fair.id, growth.END))))

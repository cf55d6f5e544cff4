"""Which days each kind is let in: asked and chosen."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, select

from techfair.core import audit
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.kind_days.models import KindDays
from techfair.visitors.models import KINDS


def days_of(fair: Fair) -> list[date]:
    """The fair's days; the first of them is number 1."""
    return [fair.starts_on + timedelta(days=number) for number in range((fair.ends_on - fair.starts_on).days + 1)]


def chosen(fair_id: int) -> dict[str, list[int]]:
    """The days of the kinds that are not let in on all."""
    rows = db.session.scalars(select(KindDays).filter_by(fair_id=fair_id).order_by(KindDays.kind))
    return {row.kind: row.days for row in rows}


def dates(fair: Fair, kind: str, own: list[int] | None = None) -> list[date]:
    """On which days of the fair a kind, or somebody with days of their ``own``, is let in, where not on all."""
    days = own or db.session.scalar(select(KindDays.days).filter_by(fair_id=fair.id, kind=kind))
    return [fair.starts_on + timedelta(days=number - 1) for number in days or ()]


def choose(fair: Fair, wanted: Mapping[str, list[int]], by: Any) -> None:
    """Let each kind in on its ``wanted`` days alone; on all of the fair is kept as no choice. Wants a day for each.

    Scans judged before keep their verdicts; devices learn it with their next manifest.
    """
    everyday = list(range(1, len(days_of(fair)) + 1))
    kept = {kind: sorted(days) for kind, days in wanted.items() if kind in KINDS and sorted(days) != everyday}
    if kept == chosen(fair.id):
        return
    db.session.execute(delete(KindDays).filter_by(fair_id=fair.id))
    db.session.add_all(KindDays(fair_id=fair.id, kind=kind, days=days) for kind, days in kept.items())
    db.session.flush()
    told = [f"{kind}: {', '.join(map(str, days))}" for kind, days in kept.items()]
    audit.record("kinds.days_chosen", fair, by=by, kinds=told)

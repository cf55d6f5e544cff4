"""What fits a record, as its public page shows it: the other side's records, each with the reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from techfair.exhibitors.catalogue import matching, reasons
from techfair.exhibitors.catalogue.matching import Match
from techfair.exhibitors.catalogue.reasons import Reason
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db
from techfair.fairs.models import Fair

SHOWN = 4


@dataclass(frozen=True)
class Related:
    """A record that fits, and why."""

    record: Technology | Need
    reasons: Sequence[Reason]


def technologies_for(need: Need, fair: Fair | None = None) -> list[Related]:
    """The offers at a fair, or at any, that fit a need best."""
    found = _records(Technology, matching.offers_for(need.id, SHOWN, fair))
    return [Related(offer, reasons.of_match(match, need, offer, told=offer)) for match, offer in found]


def needs_for(technology: Technology, fair: Fair | None = None) -> list[Related]:
    """The needs at a fair, or at any, that an offer fits best."""
    found = _records(Need, matching.needs_for(technology.id, SHOWN, fair))
    return [Related(need, reasons.of_match(match, need, technology, told=need)) for match, need in found]


def _records(model: Any, matches: Sequence[Match]) -> list[tuple[Match, Any]]:
    """Only what shares words is shown: a common sector alone fits half the fair."""
    those = select(model).where(model.id.in_([match.record_id for match in matches]))
    records = {row.id: row for row in db.session.scalars(those.options(joinedload(model.company)))}
    return [(match, records[match.record_id]) for match in matches if match.fit.terms]

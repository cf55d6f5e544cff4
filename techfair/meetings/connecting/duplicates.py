"""Connections that may be one: the same two companies, subjects that share their words. A person decides."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, joinedload

from techfair.core import audit, clock
from techfair.core.database import insert_new
from techfair.core.errors import StepSkipped
from techfair.core.vietnamese import clean_text
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.connecting.models import ConnectionsApart
from techfair.meetings.models import Connection

COUNTED = ("confirmed", "proposed")
SHARED = 0.6  # of the words of the shorter subject


@dataclass(frozen=True)
class Twins:
    """Two connections of one pair of companies, the earlier noted first."""

    earlier: Connection
    later: Connection

    @property
    def kept(self) -> Connection:
        """The one that stays: what is confirmed, else what was noted first."""
        return min((self.earlier, self.later), key=lambda one: (COUNTED.index(one.state), one.id))

    @property
    def ended(self) -> Connection:
        return self.later if self.kept is self.earlier else self.earlier


def possible(fair: Fair) -> list[Twins]:
    """The pairs that an organizer should look at, the newest first; one statement."""
    earlier, later = aliased(Connection), aliased(Connection)
    one_pair = (earlier.first_id == later.first_id) & (earlier.second_id == later.second_id)
    apart = exists().where(ConnectionsApart.first_id == earlier.id, ConnectionsApart.second_id == later.id)
    both = select(earlier, later).join(later, one_pair & (earlier.fair_id == later.fair_id) & (earlier.id < later.id))
    both = both.options(joinedload(earlier.first), joinedload(earlier.second)).where(
        earlier.fair_id == fair.id, earlier.state.in_(COUNTED), later.state.in_(COUNTED), ~apart
    )
    rows = db.session.execute(both.order_by(later.id.desc(), earlier.id))
    return [Twins(*row) for row in rows if _is_alike(row[0].subject_key, row[1].subject_key)]


def _is_alike(one: str, other: str) -> bool:
    words, others = set(one.split()), set(other.split())
    return len(words & others) >= SHARED * max(1, min(len(words), len(others)))


def merge(twins: Twins, by: Any) -> Connection:
    """Let one of the two stand for both: it takes what the other adds, which counts no more. Raises StepSkipped."""
    _hold(twins)
    kept, ended = twins.kept, twins.ended
    kept.sector = kept.sector or ended.sector
    kept.meeting_id = kept.meeting_id or ended.meeting_id
    kept.technology_id = kept.technology_id or ended.technology_id
    kept.arose_on = min(kept.arose_on, ended.arose_on)
    kept.first_agreed_at = kept.first_agreed_at or ended.first_agreed_at
    kept.second_agreed_at = kept.second_agreed_at or ended.second_agreed_at
    kept.evidence = clean_text("\n".join(dict.fromkeys(text for text in (kept.evidence, ended.evidence) if text)))
    if kept.state == "proposed" and kept.first_agreed_at and kept.second_agreed_at:
        kept.move_to("confirmed")
        kept.confirmed_at = clock.now()
    ended.move_to("merged")
    ended.merged_into_id = kept.id
    audit.record("connection.merged", ended, by=by, subject=kept.subject_vi)
    return kept


def keep_apart(twins: Twins, by: Any) -> None:
    """Say that the two are two; they are not proposed again."""
    row = {"first_id": twins.earlier.id, "second_id": twins.later.id}
    if insert_new(ConnectionsApart, [row], returning=ConnectionsApart.first_id):
        audit.record("connection.kept_apart", twins.earlier, by=by, subject=twins.later.subject_vi)


def _hold(twins: Twins) -> None:
    """Let nobody else decide on the two meanwhile, and see what they did before."""
    for one in (twins.earlier, twins.later):
        db.session.refresh(one, ["state"], with_for_update=True)
        if one.state not in COUNTED:
            raise StepSkipped

"""Participants say when they can meet, and when they would rather."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import delete, select

from techfair.core import audit
from techfair.extensions import db
from techfair.meetings.models import Participant, Slot, Unavailability
from techfair.meetings.times.models import PreferredTime


def block(participant: Participant, slot_ids: Iterable[int], by: Any, rather: Collection[int] = ()) -> None:
    """Say in which slots the participant cannot meet, and of the others which it would rather have: no others."""
    fair_slots = set(db.session.scalars(select(Slot.id).filter_by(fair_id=participant.fair_id)))
    cannot = fair_slots & set(slot_ids)
    preferred = (fair_slots & set(rather)) - cannot
    db.session.execute(delete(Unavailability).filter_by(participant_id=participant.id))
    db.session.execute(delete(PreferredTime).filter_by(participant_id=participant.id))
    db.session.add_all(Unavailability(participant_id=participant.id, slot_id=slot) for slot in sorted(cannot))
    db.session.add_all(PreferredTime(participant_id=participant.id, slot_id=slot) for slot in sorted(preferred))
    audit.record("participant.availability", participant, by=by, blocked=len(cannot), preferred=len(preferred))


def blocked_slots(participant: Participant) -> set[int]:
    return set(db.session.scalars(select(Unavailability.slot_id).filter_by(participant_id=participant.id)))


def preferred_slots(participant: Participant) -> set[int]:
    return set(db.session.scalars(select(PreferredTime.slot_id).filter_by(participant_id=participant.id)))


def preferred(participants: Collection[int], slot_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Which of these slots each of the participants would rather have; nobody who named none."""
    rows = select(PreferredTime).where(PreferredTime.participant_id.in_(participants))
    found: dict[int, frozenset[int]] = {}
    for row in db.session.scalars(rows.where(PreferredTime.slot_id.in_(slot_ids))):
        found[row.participant_id] = found.get(row.participant_id, frozenset()) | {row.slot_id}
    return found

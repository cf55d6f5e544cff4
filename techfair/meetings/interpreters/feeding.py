"""What interpreters tell the schedule, and whom the schedule gave them."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import scheduler
from techfair.meetings.interpreters.models import Interpreter, MeetingInterpreter
from techfair.meetings.models import Slot


def of_fair(fair: Fair, coming: Iterable[Slot]) -> tuple[scheduler.Interpreter, ...]:
    """The interpreters of a fair as the scheduler takes them; outside their shifts they are not there."""
    those = select(Interpreter).filter_by(fair_id=fair.id, is_active=True).order_by(Interpreter.id)
    found = db.session.scalars(those.options(selectinload(Interpreter.shifts))).all()
    slots = list(coming)
    return tuple(
        scheduler.Interpreter(
            str(one.id),
            tuple(_pair(pair) for pair in one.pairs),
            frozenset(slot.id for slot in slots if not is_there(one, slot)),
        )
        for one in found
    )


def free(fair: Fair, those: Sequence[Slot]) -> dict[int, list[scheduler.Interpreter]]:
    """By slot those who are there and interpret at no meeting then."""
    given = select(MeetingInterpreter.slot_id, MeetingInterpreter.interpreter_id)
    rows = db.session.execute(given.where(MeetingInterpreter.slot_id.in_([slot.id for slot in those])))
    taken = {(row.slot_id, str(row.interpreter_id)) for row in rows}
    helpers = of_fair(fair, those)
    return {
        slot.id: [one for one in helpers if slot.id not in one.unavailable and (slot.id, one.id) not in taken]
        for slot in those
    }


def _pair(pair: str) -> tuple[str, str]:
    one, _, other = pair.partition("-")
    return one, other


def is_there(interpreter: Interpreter, slot: Slot) -> bool:
    """Whether one shift covers the whole of a meeting at that time."""
    return any(shift.starts_at <= slot.starts_at and slot.ends_at <= shift.ends_at for shift in interpreter.shifts)


def of_meetings(ids: Iterable[int]) -> dict[int, int]:
    """The interpreter of each of these meetings that has one."""
    given = select(MeetingInterpreter.meeting_id, MeetingInterpreter.interpreter_id)
    rows = db.session.execute(given.where(MeetingInterpreter.meeting_id.in_(list(ids))))
    return {row.meeting_id: row.interpreter_id for row in rows}


def assign(given: Mapping[int, tuple[int, int] | None]) -> None:
    """Give meetings their interpreters: by meeting the interpreter and the slot, or None for none.

    The database refuses one interpreter at two meetings of the same time.
    """
    db.session.execute(delete(MeetingInterpreter).where(MeetingInterpreter.meeting_id.in_(list(given))))
    db.session.add_all(
        MeetingInterpreter(meeting_id=meeting, interpreter_id=who[0], slot_id=who[1])
        for meeting, who in given.items()
        if who is not None
    )
    db.session.flush()

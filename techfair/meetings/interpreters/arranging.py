"""Interpreters are noted with their shifts and get a link to their own page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from techfair.core import audit, links, mail
from techfair.core.database import insert_new
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import queries
from techfair.meetings.interpreters.models import Interpreter, MeetingInterpreter, Shift
from techfair.meetings.models import Meeting, Slot

PURPOSE, LINK_DAYS = "interpreter", 200


class ShiftWrong(TechfairError):
    code, status, message = "shift_wrong", 422, _l("The shift must end after it begins, and begin when no other does.")


class NoAddress(TechfairError):
    code, status, message = "interpreter_no_address", 409, _l("No e-mail address is known. Copy the link instead.")


def keep(fair: Fair, interpreter: Interpreter | None, by: Any, **values: Any) -> Interpreter:
    """Note an interpreter, or what changed of them."""
    kept = interpreter or Interpreter(fair_id=fair.id, shifts=[])
    for name, value in values.items():
        setattr(kept, name, value)
    db.session.add(kept)
    audit.record("interpreter.kept", kept, by=by, name=kept.full_name)
    return kept


def add_shift(interpreter: Interpreter, begins: datetime, ends: datetime, by: Any) -> None:
    """Note when they are there. Raises ShiftWrong."""
    row = {"interpreter_id": interpreter.id, "starts_at": begins, "ends_at": ends}
    if ends <= begins or not insert_new(Shift, [row], returning=Shift.id):
        raise ShiftWrong
    audit.record("interpreter.shift_added", interpreter, by=by, day=begins.isoformat())


def drop_shift(interpreter: Interpreter, id: int, by: Any) -> None:
    """Take a shift away; meetings that stand in it are repaired from the timetable."""
    shift = db.session.scalars(select(Shift).filter_by(interpreter_id=interpreter.id, id=id)).one_or_none()
    if shift is not None:
        audit.record("interpreter.shift_dropped", interpreter, by=by, day=shift.starts_at.isoformat())
        db.session.delete(shift)


def end_link(interpreter: Interpreter, by: Any) -> None:
    """Let the links handed out so far open nothing any more."""
    interpreter.link_epoch += 1
    audit.record("interpreter.link_ended", interpreter, by=by)


def address(interpreter: Interpreter) -> str:
    """The absolute address of their own page, for them alone."""
    token = links.sign(PURPOSE, [interpreter.id, interpreter.link_epoch])
    return f"{current_app.config['BASE_URL']}/interpreters/{token}"


def send_link(interpreter: Interpreter, fair: Fair, by: Any) -> None:
    """Write them the address of their own page. Raises NoAddress."""
    if not interpreter.email:
        raise NoAddress
    mail.queue(
        "interpreter_link",
        to=interpreter.email,
        name=interpreter.full_name,
        language="vi",
        fair=fair,
        link=address(interpreter),
    )
    audit.record("interpreter.link_sent", interpreter, by=by)


def of_link(token: str) -> Interpreter:
    """The interpreter of a link. Raises LinkExpired, LinkBroken."""
    id, epoch = links.read(PURPOSE, token, days=LINK_DAYS)
    mine = select(Interpreter).filter_by(id=id, link_epoch=epoch, is_active=True)
    mine = mine.options(joinedload(Interpreter.fair), selectinload(Interpreter.shifts))
    found = db.session.scalars(mine).one_or_none()
    if found is None:
        raise links.LinkExpired
    return found


def meetings_of(interpreter: Interpreter) -> Sequence[Meeting]:
    """The meetings at which they interpret, in the order of time."""
    those = select(Meeting).join(MeetingInterpreter, MeetingInterpreter.meeting_id == Meeting.id)
    those = those.join(Slot, Slot.id == Meeting.slot_id).where(MeetingInterpreter.interpreter_id == interpreter.id)
    those = those.options(joinedload(Meeting.slot), *queries.WHOLE_MEETING).order_by(Slot.starts_at)
    return db.session.scalars(those).unique().all()


def of_fair(fair: Fair) -> Sequence[Any]:
    """The interpreters of a fair with the number of their meetings, by name."""
    given = select(func.count()).where(MeetingInterpreter.interpreter_id == Interpreter.id).scalar_subquery()
    those = select(Interpreter, given.label("meetings")).filter_by(fair_id=fair.id)
    those = those.options(selectinload(Interpreter.shifts))
    return db.session.execute(those.order_by(Interpreter.is_active.desc(), Interpreter.full_name)).all()

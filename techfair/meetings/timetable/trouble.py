"""What happens to a timetable: tables are lost, people come late or not at all. A repair then mends it."""

from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from techfair.core import audit
from techfair.core.database import insert_new
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import slots
from techfair.meetings.models import Participant, Table, Unavailability
from techfair.meetings.staff import naming
from techfair.meetings.timetable.models import ClosedTable


class WrongWayRound(TechfairError):
    code, status, message = "absence_wrong_way_round", 422, _l("The last time lies before the first.")


def closed_tables(fair: Fair) -> set[int]:
    mine = select(ClosedTable.table_id).join(Table, Table.id == ClosedTable.table_id).where(Table.fair_id == fair.id)
    return set(db.session.scalars(mine))


def close_tables(fair: Fair, ids: Collection[int], by: Any) -> None:
    """Let these tables, and no others, be closed: nothing new is planned there."""
    known = {table.id: table.code for table in slots.tables(fair)}
    wanted, present = known.keys() & set(ids), closed_tables(fair)
    db.session.execute(delete(ClosedTable).where(ClosedTable.table_id.in_(present - wanted)))
    db.session.add_all(ClosedTable(table_id=id) for id in sorted(wanted - present))
    audit.record("meeting_tables.closed", fair, by=by, tables=", ".join(known[id] for id in sorted(wanted)))


def absent(participant: Participant, fair: Fair, first: int, last: int, by: Any) -> int:
    """Note that nobody of a participant's can from one slot to another, both included; answer how many that are.

    Raises WrongWayRound.
    """
    coming = slots.ahead(fair)
    order = [slot.id for slot in coming]
    if first not in order or last not in order or order.index(last) < order.index(first):
        raise WrongWayRound
    gone = order[order.index(first) : order.index(last) + 1]
    insert_new(
        Unavailability,
        [{"participant_id": participant.id, "slot_id": id} for id in gone],
        returning=Unavailability.slot_id,
    )
    naming.are_away(participant, gone)
    times = {slot.id: slot.starts_at.isoformat() for slot in coming}
    audit.record("participant.absent", participant, by=by, since=times[first], until=times[last])
    return len(gone)

"""Choosing what a company shows at a fair."""

from collections.abc import Collection

from sqlalchemy import delete as remove
from sqlalchemy import select, tuple_

from techfair.accounts.models import User
from techfair.core import audit
from techfair.core.database import insert_new, upsert
from techfair.exhibitors.displays.models import KINDS, ExhibitorDisplay, RecordLeftOut
from techfair.exhibitors.displays.queries import Key, left_out, takes_new
from techfair.exhibitors.models import Exhibitor
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db
from techfair.fairs.models import Fair


def choose(exhibitor: Exhibitor, by: User, *, show: Collection[Key], leave_out: Collection[Key], new: bool) -> None:
    """Show these and leave those out at the exhibitor's fair; of others nothing is said.

    So of two people who choose at once each one's ticks are kept. ``new``: whether what is published later is shown.
    """
    before, took_new = left_out(exhibitor), takes_new(exhibitor)
    back, out = before & set(show), set(leave_out) - before
    if not back and not out and new == took_new:
        return
    if back:
        these = tuple_(RecordLeftOut.kind, RecordLeftOut.record_id).in_(sorted(back))
        db.session.execute(remove(RecordLeftOut).where(RecordLeftOut.exhibitor_id == exhibitor.id, these))
    _leave_out(exhibitor.id, out)
    upsert(ExhibitorDisplay, [{"exhibitor_id": exhibitor.id, "takes_new": new}], by=("exhibitor_id",))
    audit.record("exhibitor.display_chosen", exhibitor, by=by, shown=len(back), left_out=len(out), new=new)


def leave_out_new(record: Technology | Need) -> None:
    """A record published for the first time is left out where its company wants to choose each one.

    So it is at fairs that are over: what they showed stays what it was, unless the company adds to it itself.
    """
    there = select(Exhibitor.id, ExhibitorDisplay.takes_new, Fair).join(Exhibitor.fair)
    there = there.outerjoin(ExhibitorDisplay, ExhibitorDisplay.exhibitor_id == Exhibitor.id)
    for id, takes, fair in db.session.execute(there.where(Exhibitor.company_id == record.company_id)):
        if takes is False or fair.is_over:
            _leave_out(id, [(KINDS[type(record)], record.id)])


def _leave_out(exhibitor_id: int, keys: Collection[Key]) -> None:
    rows = [{"exhibitor_id": exhibitor_id, "kind": kind, "record_id": id} for kind, id in sorted(keys)]
    insert_new(RecordLeftOut, rows, returning=RecordLeftOut.record_id)

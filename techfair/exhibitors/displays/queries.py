"""Reads of what is shown at which fair; every list of a fair's technologies or needs asks here."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import joinedload

from techfair.exhibitors.displays.models import KINDS, ExhibitorDisplay, RecordLeftOut
from techfair.exhibitors.models import Exhibitor
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db
from techfair.fairs.models import Fair

Key = tuple[str, int]


def is_shown(model: type[Technology | Need], fair: Fair) -> ColumnElement[bool]:
    """That a record of a fair's exhibitor is not left out there."""
    return is_shown_as(KINDS[model], model.id, fair)


def is_shown_as(kind: Any, record_id: Any, fair: Fair) -> ColumnElement[bool]:
    """The same for columns that hold kind and id."""
    out = exists().where(RecordLeftOut.kind == kind, RecordLeftOut.record_id == record_id)
    return ~out.where(RecordLeftOut.exhibitor_id == Exhibitor.id, Exhibitor.fair_id == fair.id)


def is_left_out(exhibitor: Exhibitor, record: Technology | Need) -> bool:
    return db.session.get(RecordLeftOut, (exhibitor.id, KINDS[type(record)], record.id)) is not None


def left_out(exhibitor: Exhibitor) -> set[Key]:
    """The kind and id of each record that an exhibitor leaves out."""
    rows = select(RecordLeftOut.kind, RecordLeftOut.record_id).filter_by(exhibitor_id=exhibitor.id)
    return {(row.kind, row.record_id) for row in db.session.execute(rows)}


def takes_new(exhibitor: Exhibitor) -> bool:
    said = db.session.get(ExhibitorDisplay, exhibitor.id)
    return said is None or said.takes_new


def exhibitors_of(company_id: int) -> Sequence[Exhibitor]:
    """A company at each of its fairs, the newest first."""
    mine = select(Exhibitor).join(Exhibitor.fair).filter(Exhibitor.company_id == company_id, Exhibitor.is_active)
    mine = mine.options(joinedload(Exhibitor.fair)).order_by(Fair.starts_on.desc(), Exhibitor.id.desc())
    return db.session.scalars(mine).all()

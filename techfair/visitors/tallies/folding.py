"""Counting ahead: scans that have settled go into the sums, and stay right whatever happens to the people later.

The sums are made without holding up any gate, and kept only if nothing changed meanwhile.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Executable, delete, func, insert, select, union_all

from techfair.core import clock
from techfair.core.database import insert_new, looking
from techfair.extensions import db
from techfair.visitors.gate_models import Scan
from techfair.visitors.tallies import growth
from techfair.visitors.tallies.models import ScanTally, TallyMark

log = logging.getLogger(__name__)

SETTLED = timedelta(minutes=2)  # by then whatever was received is committed: no statement may take so long
MOST = 20_000  # scans at once, so that the first count of a great fair takes many short statements
SUMS = ("entries", "people", "inside", "gone")

Key = tuple[Any, ...]  # day, dimension, key
Sums = dict[Key, tuple[int, ...]]


def fold(fair_id: int) -> bool:
    """Count ahead what has settled since the last time; commits, and answers whether anything was kept.

    What it read it keeps only if the mark stands where it stood: else the next run does it.
    """
    with looking():
        mark = db.session.get(TallyMark, fair_id)
        span = _settled(fair_id, mark.folded_until if mark else None)
        if span is None:
            return False
        more = read(union_all(*growth.of_span(fair_id, *span))) if mark else {}
    if mark is None:
        _begin(fair_id)  # and count once it is there, so that whoever changes people meanwhile has it to move
        return fold(fair_id)
    return _keep(mark, span[1], more)


def check(fair_id: int) -> bool:
    """Count everything anew and keep that where the sums are not the same; commits, and answers whether they were.

    They always should be; a scan that took minutes to be committed would be missing.
    """
    with looking():
        mark = db.session.get(TallyMark, fair_id)
        if mark is None or mark.folded_until is None:
            return True
        found, wanted = kept(fair_id), read(union_all(*growth.of_everyone(fair_id, mark.folded_until)))
    if found == wanted:
        return True
    log.warning("tally differs from its scans", extra={"fair": fair_id})
    _keep(mark, mark.folded_until, _less(wanted, found))
    return False


@contextmanager
def counted_anew(fair_id: int, ids: Iterable[int]) -> Iterator[None]:
    """Let what the block changes in some registrations hold for what was counted of them before."""
    ids = list(ids)
    mark = _hold(fair_id)
    mark.version += 1
    before = _of_people(ids, mark.folded_until)
    yield
    db.session.flush()
    _add(fair_id, _less(_of_people(ids, mark.folded_until), before))


def start_anew(fair_id: int) -> None:
    """Forget what was counted ahead: for whoever stores scans that were received long ago."""
    mark = _hold(fair_id)
    db.session.execute(delete(ScanTally).filter_by(fair_id=fair_id))
    mark.folded_until = None
    mark.version += 1
    db.session.flush()


def read(sums: Executable) -> Sums:
    """Sums by day, dimension and key, without those that are nothing."""
    told: dict[Key, list[int]] = {}
    for day, by, key, *counts in db.session.execute(sums):
        before = told.setdefault((day, by, key), [0] * len(SUMS))
        told[day, by, key] = [int(one) + int(other) for one, other in zip(before, counts, strict=True)]
    return {key: tuple(counts) for key, counts in told.items() if any(counts)}


def kept(fair_id: int) -> Sums:
    """What was counted ahead."""
    columns = [func.sum(getattr(ScanTally, name)) for name in SUMS]
    key = (ScanTally.day, ScanTally.dimension, ScanTally.key)
    return read(select(*key, *columns).where(ScanTally.fair_id == fair_id).group_by(*key))


def _begin(fair_id: int) -> None:
    insert_new(TallyMark, [{"fair_id": fair_id, "version": 0}], returning=TallyMark.fair_id)
    db.session.commit()


def _settled(fair_id: int, folded_until: datetime | None) -> tuple[datetime, datetime] | None:
    """From when until when scans can be counted ahead, at most about ``MOST`` of them; None where there are none."""
    since, until = folded_until or growth.BEGINNING, clock.now() - SETTLED
    those = (Scan.fair_id + 0 == fair_id, Scan.received_at >= since, Scan.received_at < until)
    received = select(Scan.received_at).where(*those).order_by(Scan.received_at)
    if db.session.scalar(received.limit(1)) is None:
        return None
    return since, db.session.scalar(received.where(Scan.received_at > since).offset(MOST).limit(1)) or until


def _keep(seen: TallyMark, until: datetime, more: Sums) -> bool:
    """Add to the sums and move the mark, unless somebody changed them since they were ``seen``."""
    mark = _hold(seen.fair_id)
    if mark.version != seen.version:
        db.session.rollback()
        return False
    mark.folded_until = until
    mark.version += 1
    sums = _sum(kept(mark.fair_id), more)
    db.session.execute(delete(ScanTally).filter_by(fair_id=mark.fair_id))  # so that rows never pile up
    _add(mark.fair_id, sums)
    db.session.commit()
    return True


def _hold(fair_id: int) -> TallyMark:
    """The mark, which nobody else moves until the commit."""
    insert_new(TallyMark, [{"fair_id": fair_id, "version": 0}], returning=TallyMark.fair_id)
    row = select(TallyMark).filter_by(fair_id=fair_id).with_for_update()
    return db.session.scalars(row.execution_options(populate_existing=True)).one()


def _of_people(ids: list[int], until: datetime | None) -> Sums:
    return read(union_all(*growth.of_people(ids, until))) if until else {}


def _add(fair_id: int, sums: Sums) -> None:
    rows = [
        {"fair_id": fair_id, "day": day, "dimension": by, "key": key} | dict(zip(SUMS, counts, strict=True))
        for (day, by, key), counts in sums.items()
        if any(counts)
    ]
    if rows:
        db.session.execute(insert(ScanTally), rows)


def _sum(one: Sums, other: Sums) -> Sums:
    nothing = (0,) * len(SUMS)
    keys = {**one, **other}
    return {
        key: tuple(a + b for a, b in zip(one.get(key, nothing), other.get(key, nothing), strict=True)) for key in keys
    }


def _less(one: Sums, other: Sums) -> Sums:
    return _sum(one, {key: tuple(-count for count in counts) for key, counts in other.items()})

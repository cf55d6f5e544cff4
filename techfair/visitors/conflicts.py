"""Conflicts: somebody was let in by a device without network, and the server would not have.

Nothing is changed by it: the server's verdict stands, and so do the counts. The organizer sees both gates and both
times, finds out what happened, and writes it down.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from techfair.core import audit, clock
from techfair.core.database import insert_new
from techfair.core.errors import StepSkipped
from techfair.core.vietnamese import clean_text
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.gate_models import ConflictDecision, Device, Gate, Scan
from techfair.visitors.models import Badge, Registration

LOST = and_(Scan.device_verdict == "admitted", Scan.verdict != "admitted")


def decide(scan: Scan, finding: str, note: str, by: Any) -> None:
    """Write down what was found; raises StepSkipped where somebody has decided already."""
    row = {
        "scan_id": scan.id,
        "finding": finding,
        "note": clean_text(note),
        "decided_by_id": getattr(by, "id", None),
        "decided_at": clock.now(),
    }
    if not insert_new(ConflictDecision, [row], returning=ConflictDecision.scan_id):
        raise StepSkipped
    audit.record("scan.conflict_decided", scan, by=by, finding=finding, note=row["note"])


def is_undecided() -> Any:
    """That a scan is a conflict on which nobody has decided."""
    return and_(LOST, Scan.id.not_in(select(ConflictDecision.scan_id)))


def count_undecided(fair: Fair) -> int:
    counted = select(func.count()).select_from(Scan).where(Scan.fair_id == fair.id, is_undecided())
    return db.session.scalar(counted) or 0


def listing(fair: Fair, page: int) -> Pagination:
    """The fair's conflicts, those to decide on first, then the newest; each a mapping of what is told about it."""
    return db.paginate(_conflicts(fair), page=page, per_page=25, max_per_page=25)


def details(scans: list[Scan]) -> Mapping[UUID, Any]:
    """Of each scan: its gate and device, the entry that it met with gate and time, the person, the decision."""
    first, first_gate = aliased(Scan), aliased(Gate)
    told = (
        select(Scan.id, Gate, Device, first, first_gate, Badge, Registration, ConflictDecision)
        .join(Device, Device.id == Scan.device_id)
        .outerjoin(Gate, Gate.id == Scan.gate_id)
        .outerjoin(first, first.id == Scan.first_scan_id)
        .outerjoin(first_gate, first_gate.id == first.gate_id)
        .outerjoin(Badge, Badge.id == Scan.badge_id)
        .outerjoin(Registration, Registration.id == Scan.registration_id)
        .outerjoin(ConflictDecision, ConflictDecision.scan_id == Scan.id)
        .where(Scan.id.in_([scan.id for scan in scans]))
    )
    return {row[0]: row[1:] for row in db.session.execute(told)}


def _conflicts(fair: Fair) -> Select[Scan]:
    decided = ConflictDecision.scan_id.is_not(None)
    lost = select(Scan).outerjoin(ConflictDecision, ConflictDecision.scan_id == Scan.id)
    return lost.where(Scan.fair_id == fair.id, LOST).order_by(decided, Scan.scanned_at.desc())

"""Devices, scans and head counts between two servers of a fair, each stored once however often it comes."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import joinedload, selectinload

from techfair.core import clock
from techfair.core.database import insert_new
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import badges, devices, rules, scanning
from techfair.visitors.gate_models import Device, DeviceGate, Gate, HeadCount, Scan
from techfair.visitors.hall.cursors import Cursor
from techfair.visitors.hall.schemas import CountTold, DeviceTold, ScanTold
from techfair.visitors.models import Badge
from techfair.visitors.rules import CodeFound, KnownBadge

Row = dict[str, Any]


def devices_told(fair: Fair) -> list[DeviceTold]:
    """The fair's devices that have joined. One that stands for a steward's sign-in counts only where that is."""
    joined = select(Device).where(Device.fair_id == fair.id, Device.join_digest.is_(None)).order_by(Device.id)
    return [
        DeviceTold(
            digest=device.token_digest.hex(),
            name=device.name,
            gates=[gate.id for gate in device.gates],
            created_at=device.created_at,
            revoked_at=device.revoked_at or (device.created_at if device.user_id else None),
        )
        for device in db.session.scalars(joined.options(selectinload(Device.gates)))
    ]


def take_devices(fair: Fair, told: Sequence[DeviceTold], *, may_regrant: bool) -> None:
    """Add devices that are new here and end those that ended; with ``may_regrant`` their gates follow, too."""
    known = {
        device.token_digest.hex(): device
        for device in db.session.scalars(select(Device).where(Device.fair_id == fair.id))
    }
    for one in told:
        device = known.get(one.digest)
        is_new = device is None
        if device is None:
            device = Device(
                fair_id=fair.id, name=one.name, token_digest=bytes.fromhex(one.digest), created_at=one.created_at
            )
            db.session.add(device)
            db.session.flush()
        if one.revoked_at and not device.user_id:
            device.revoked_at = device.revoked_at or one.revoked_at
        if is_new or may_regrant:
            _grant(device, one.gates)
    db.session.flush()


def scans(fair: Fair, after: Cursor, limit: int, *, only_own: bool) -> tuple[list[ScanTold], Cursor]:
    """The fair's scans stored here after the cursor, oldest first, and the next cursor; ``only_own``: by gates here."""
    read = _scans_after(fair, after, only_own).order_by(Scan.received_at, Scan.id).limit(limit)
    rows = list(db.session.execute(read))
    told = [_scan_told(scan, digest, number) for scan, digest, number in rows]
    return told, Cursor(rows[-1][0].received_at, rows[-1][0].id.hex) if rows else after


def count_scans(fair: Fair, after: Cursor) -> int:
    """How many scans by gates here came after the cursor."""
    return db.session.scalar(select(func.count()).select_from(_scans_after(fair, after, True).subquery())) or 0


def take_scans(fair: Fair, told: Sequence[ScanTold], ahead: timedelta) -> None:
    """Judge and store scans of the other server, in their order; ``ahead`` is by how much its clock is before ours.

    Whom it let in is judged once more: one whom this server would not have let in, because somebody with the badge
    is in already or the badge has ended, is a conflict, as if the other server were a device without network.
    Raises DeviceUnknown for a scan by a device that was never told of.
    """
    if not told:
        return
    gates = {gate.id: gate for gate in db.session.scalars(_gates(fair)).unique()}
    doors = [gate.sign_up_activity_id for gate in gates.values()]
    known = badges.known(fair, (scan.badge for scan in told if scan.badge), doors)
    by = dict(db.session.execute(select(Device.token_digest, Device.id).where(Device.fair_id == fair.id)).all())
    received_at, late = clock.now(), _if_noticeable(ahead)
    if any(bytes.fromhex(scan.device) not in by for scan in told):
        raise devices.DeviceUnknown
    drafts = [_draft(fair, scan, gates, known, by, received_at, late) for scan in told]
    scanning.store(gates.values(), [draft for draft in drafts if draft["verdict"] != "repeated"])
    _store_repeated([draft for draft in drafts if draft["verdict"] == "repeated"])


def counts(fair: Fair, after: Cursor, limit: int) -> tuple[list[CountTold], Cursor]:
    """Presses of the clicker stored here after the cursor, and the next cursor."""
    read = select(HeadCount).join(Gate, Gate.id == HeadCount.gate_id).where(Gate.fair_id == fair.id)
    newer = read.where(after.before(HeadCount.received_at, HeadCount.id, UUID))
    rows = list(db.session.scalars(newer.order_by(HeadCount.received_at, HeadCount.id).limit(limit)))
    told = [CountTold.model_validate(row, from_attributes=True) for row in rows]
    return told, Cursor(rows[-1].received_at, rows[-1].id.hex) if rows else after


def take_counts(fair: Fair, told: Sequence[CountTold], ahead: timedelta) -> None:
    gates = set(db.session.scalars(select(Gate.id).filter_by(fair_id=fair.id)))
    rows = [
        one.model_dump() | {"counted_at": counted_at, "counted_on": clock.local_day(counted_at, fair.timezone)}
        for one in told
        if one.gate_id in gates and (counted_at := one.counted_at - _if_noticeable(ahead))
    ]
    insert_new(HeadCount, rows, returning=HeadCount.id)


def _grant(device: Device, gate_ids: Iterable[int]) -> None:
    db.session.execute(delete(DeviceGate).where(DeviceGate.device_id == device.id))
    db.session.add_all(DeviceGate(device_id=device.id, gate_id=id) for id in gate_ids)


def _scans_after(fair: Fair, after: Cursor, only_own: bool) -> Any:
    read = select(Scan, Device.token_digest, Badge.number).join(Device, Device.id == Scan.device_id)
    of_fair = read.outerjoin(Badge, Badge.id == Scan.badge_id).where(
        Scan.fair_id == fair.id, after.before(Scan.received_at, Scan.id, UUID)
    )
    return of_fair.where(Scan.is_exchanged.is_(False)) if only_own else of_fair


def _scan_told(scan: Scan, digest: bytes, number: int | None) -> ScanTold:
    told = {name: getattr(scan, name) for name in ScanTold.model_fields if name not in {"device", "badge"}}
    return ScanTold(**told, device=digest.hex(), badge=number)


def _gates(fair: Fair) -> Any:
    return select(Gate).where(Gate.fair_id == fair.id).options(joinedload(Gate.openings), devices.DOOR_OF_GATE)


def _draft(
    fair: Fair,
    scan: ScanTold,
    gates: dict[int, Gate],
    known: dict[int, KnownBadge],
    by: dict[bytes, int],
    received_at: datetime,
    late: timedelta,
) -> Row:
    """The row of a scan as if nobody had been there before, by this server's rules where somebody was let in."""
    gate, badge = gates.get(scan.gate_id or 0), known.get(scan.badge or 0)
    scanned_at = min(scan.scanned_at - late, received_at)
    day = clock.local_day(scanned_at, fair.timezone)
    was_let_in = scan.verdict == "admitted"
    reason = rules.refusal(CodeFound(badge), gate, fair, scanned_at) if was_let_in else scan.reason
    is_entry = was_let_in and reason is None and scan.direction == "entry"
    return {
        "id": scan.id,
        "fair_id": fair.id,
        "gate_id": gate and gate.id,
        "device_id": by[bytes.fromhex(scan.device)],
        "badge_id": badge and badge.id,
        "registration_id": badge and badge.registration_id,
        "direction": scan.direction,
        "scanned_at": scanned_at,
        "device_time": scan.device_time,
        "received_at": received_at,
        "scanned_on": day,
        "is_offline": scan.is_offline,
        "has_wrong_clock": scan.has_wrong_clock or bool(late),
        "verdict": "refused" if was_let_in and reason else scan.verdict,
        "device_verdict": "admitted" if was_let_in else scan.device_verdict,
        "reason": reason,
        "first_scan_id": None if was_let_in else scan.first_scan_id,
        "claim": rules.claim(gate, badge.registration_id, day) if is_entry and gate and badge else None,
        "is_exchanged": True,
    }


def _store_repeated(drafts: Sequence[Row]) -> None:
    """Store who was already in there; the entry that they met is named where it is known here."""
    met = {draft["first_scan_id"] for draft in drafts}
    here = set(db.session.scalars(select(Scan.id).where(Scan.id.in_(met))))
    for draft in drafts:
        draft["first_scan_id"] = draft["first_scan_id"] if draft["first_scan_id"] in here else None
    insert_new(Scan, list(drafts), returning=Scan.id)


def _if_noticeable(ahead: timedelta) -> timedelta:
    """By how much to correct times: a clock that is about right is left alone."""
    return ahead if abs(ahead) > rules.SMALL_OFFSET else timedelta()

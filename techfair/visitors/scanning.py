"""Scanning: what comes from the gates is judged and stored, each scan once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, or_, update

from techfair.core import clock
from techfair.core.database import insert_new
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.visitors import badges, devices, queries, rules
from techfair.visitors.gate_models import Device, Gate, Scan
from techfair.visitors.known_devices import KnownDevice, KnownGate
from techfair.visitors.queries import StoredScan
from techfair.visitors.rules import CodeFound, EarlierScan, Verdict
from techfair.visitors.schemas import ScanInput

Row = dict[str, Any]
AnyDevice: TypeAlias = Device | KnownDevice
AnyGate: TypeAlias = Gate | KnownGate


class ScanIdTaken(TechfairError):
    code, status, message = "scan_id_taken", 409, _l("Another fair has a scan with this id already.")


def admit(
    device: AnyDevice,
    scans: Sequence[ScanInput],
    sent_at: datetime | None = None,
    found: Mapping[str, CodeFound] | None = None,
) -> list[Verdict]:
    """Decide and store a batch of scans from one gate device; idempotent by scan id, answers in order.

    Each scan is judged at its own ``scanned_at``, corrected by the device's offset at ``sent_at``; the day
    turns at the fair's local midnight. A bad code is a refused scan, never an error. ``device`` comes with
    its fair, gates and their openings; ``found`` is what ``badges.find`` answered, if the caller asked it before,
    while it held no lock. Raises DeviceRevoked, ScanIdTaken.
    """
    if device.is_revoked:
        raise devices.DeviceRevoked
    received_at = clock.now()
    if found is None:
        found = badges.find(device.fair, [scan.code for scan in scans], device.sign_up_activities)
    drafts: dict[UUID, Row] = {}
    for scan in scans:
        drafts.setdefault(scan.id, _draft(device, scan, found[scan.code], sent_at, received_at))
    stored = store(device.gates, drafts.values())
    return [_verdict(device, scan, stored[scan.id], found[scan.code]) for scan in scans]


def store(gates: Iterable[AnyGate], drafts: Iterable[Row]) -> dict[UUID, StoredScan]:
    """Settle and insert the rows of scans at these gates, in their order, each id once; answer them as they stand."""
    reentry = {gate.id: gate for gate in gates if gate.rule == "reentry"}
    stored: dict[UUID, StoredScan] = {}
    for turn in _turns(reentry, drafts):
        stored |= _store(reentry, turn)
    return stored


def _store(reentry: Mapping[int, AnyGate], drafts: Sequence[Row]) -> dict[UUID, StoredScan]:
    """Settle and insert scans of which none decides another's.

    One that comes alone is inserted without asking first: most people were not here before, and where someone was,
    or where its id is stored already, the database lets it not in, and it asks then.
    """
    stored: dict[UUID, StoredScan] = {}
    is_alone = len(drafts) == 1
    while waiting := [draft for draft in drafts if draft["id"] not in stored]:
        seen, holders = ({}, {}) if is_alone else queries.scans_before(waiting)
        is_alone = False
        stored |= seen  # the first verdict on an id stands
        fresh = [rules.settle(draft, holders) for draft in waiting if draft["id"] not in seen]
        new = _insert(_one_a_claim(fresh), holders)  # who lost a race is not in here, and meets the winner next
        _let_go(reentry, [row for row in fresh if row["id"] in new])
        stored |= new
    return stored


def _turns(reentry: Mapping[int, AnyGate], drafts: Iterable[Row]) -> Iterator[list[Row]]:
    """The scans in parts of which none lets anybody both in and out where going out opens the gate again.

    So order decides, and a batch of five hundred people going out is still one part.
    """
    turn: list[Row] = []
    ways: dict[int | None, str] = {}
    for draft in drafts:
        if draft["gate_id"] in reentry:
            if ways.get(draft["registration_id"], draft["direction"]) != draft["direction"]:
                yield turn
                turn, ways = [], {}
            ways[draft["registration_id"]] = draft["direction"]
        turn.append(draft)
    yield turn


def _draft(
    device: AnyDevice, scan: ScanInput, found: CodeFound, sent_at: datetime | None, received_at: datetime
) -> Row:
    """The row of a scan as if nobody had been there before."""
    gate, badge = device.gate(scan.gate), found.badge
    scanned_at, has_wrong_clock = rules.corrected(scan.scanned_at, sent_at, received_at)
    day = clock.local_day(scanned_at, device.fair.timezone)
    reason = rules.refusal(found, gate, device.fair, scanned_at)
    is_entry = reason is None and scan.direction == "entry"
    return {
        "id": scan.id,
        "fair_id": device.fair_id,
        "gate_id": gate and gate.id,
        "device_id": device.id,
        "badge_id": badge and badge.id,
        "registration_id": badge and badge.registration_id,
        "direction": scan.direction,
        "scanned_at": scanned_at,
        "device_time": scan.scanned_at,
        "received_at": received_at,
        "scanned_on": day,
        "is_offline": scan.offline,
        "has_wrong_clock": has_wrong_clock,
        "verdict": "refused" if reason else "admitted",
        "device_verdict": scan.device_verdict,
        "reason": reason,
        "first_scan_id": None,
        "claim": rules.claim(gate, badge.registration_id, day) if is_entry and gate and badge else None,
    }


def _let_go(reentry: Mapping[int, AnyGate], rows: Iterable[Row]) -> None:
    """Whoever was scanned going out may come in again: they hold no place inside any more.

    One that arrives late lets go only of what was held before it, never of an entry after it.
    """
    went = [row for row in rows if row["direction"] == "exit" and row["verdict"] == "admitted"]
    known = [(reentry[row["gate_id"]], row) for row in went if row["gate_id"] in reentry]
    held = [
        and_(
            Scan.claim == rules.claim(gate, row["registration_id"], row["scanned_on"]),
            Scan.scanned_at <= row["scanned_at"],
        )
        for gate, row in known
    ]
    if held:
        db.session.execute(update(Scan).where(or_(*held)).values(claim=None))


def _one_a_claim(rows: Iterable[Row]) -> list[Row]:
    """The rows of which no two want the same claim, in one order for everybody, so that no two batches deadlock."""
    wanted: dict[str, Row] = {}
    for row in rows:
        wanted.setdefault(row["claim"] or f"none {row['id']}", row)
    return [wanted[claim] for claim in sorted(wanted)]


def _insert(rows: list[Row], holders: Mapping[str, EarlierScan]) -> dict[UUID, StoredScan]:
    first = {holder.id: holder for holder in holders.values()}
    new = set(insert_new(Scan, rows, returning=Scan.id))
    return {
        row["id"]: StoredScan(
            row["fair_id"],
            row["verdict"],
            row["reason"],
            row["scanned_at"],
            row["registration_id"],
            first.get(row["first_scan_id"]),
        )
        for row in rows
        if row["id"] in new
    }


def _verdict(device: AnyDevice, scan: ScanInput, stored: StoredScan, found: CodeFound) -> Verdict:
    """What the device is told; a badge's name only with the code that proves it."""
    if stored.fair_id != device.fair_id:
        raise ScanIdTaken
    gate, badge = device.gate(scan.gate), found.badge
    is_shut = stored.reason in {"closed", "not_open_yet"}
    return Verdict(
        id=scan.id,
        verdict=stored.verdict,
        reason=stored.reason,
        opens_at=rules.doors(gate, device.fair, stored.scanned_at).opens_at if gate and is_shut else None,
        first=stored.first,
        badge=badge if badge and badge.registration_id == stored.registration_id else None,
    )

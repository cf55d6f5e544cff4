"""Reads of the visitors' room that pages, deeds and commands share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from techfair.core.many_rows import among
from techfair.core.vietnamese import nfc, search_key
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.finding import queries as finding
from techfair.visitors.gate_models import Gate, Scan
from techfair.visitors.models import Badge, Registration
from techfair.visitors.rules import EarlierScan

MOST_WORDS = 8  # of what was typed


@dataclass(frozen=True)
class StoredScan:
    """A scan as it was decided, with the entry that it met."""

    fair_id: int
    verdict: str
    reason: str | None
    scanned_at: datetime
    registration_id: int | None
    first: EarlierScan | None


@cache
def _scans_of_ids_and_claims(dialect: str) -> Select[*tuple[Any, ...]]:
    """Made once: at a gate, making it anew costs more than running it."""
    first, gate, first_gate = aliased(Scan), aliased(Gate), aliased(Gate)
    own = (Scan.id, Scan.claim, Scan.fair_id, Scan.verdict, Scan.reason, Scan.scanned_at, Scan.registration_id)
    met = (first.id.label("met"), first.scanned_at.label("met_at"), first_gate.code.label("met_gate"))
    wanted = or_(among(Scan.id, "ids", dialect), among(Scan.claim, "claims", dialect))
    return (
        select(*own, gate.code.label("gate"), *met)
        .outerjoin(gate, gate.id == Scan.gate_id)
        .outerjoin(first, first.id == Scan.first_scan_id)
        .outerjoin(first_gate, first_gate.id == first.gate_id)
        .where(wanted)
    )


def scans_before(drafts: Iterable[dict[str, Any]]) -> tuple[dict[UUID, StoredScan], dict[str, EarlierScan]]:
    """The scans that have the drafts' ids already, and the holders of the claims they want; one statement."""
    wanted = {draft["id"] for draft in drafts}
    claims = [draft["claim"] for draft in drafts if draft["claim"]]
    asked = _scans_of_ids_and_claims(db.engine.dialect.name)
    rows = db.session.connection().execute(asked, {"ids": list(wanted), "claims": claims}).all()
    seen = {row.id: _stored(row) for row in rows if row.id in wanted}
    holders = {row.claim: EarlierScan(row.id, row.gate, row.scanned_at) for row in rows if row.claim}
    return seen, holders


def _stored(row: Row[*tuple[Any, ...]]) -> StoredScan:
    first = EarlierScan(row.met, row.met_gate or "", row.met_at) if row.met else None
    return StoredScan(row.fair_id, row.verdict, row.reason, row.scanned_at, row.registration_id, first)


def gates(fair: Fair) -> list[Gate]:
    """The fair's gates, entrances first."""
    order = (Gate.place != "entrance", Gate.place, Gate.code)
    return list(db.session.scalars(select(Gate).filter_by(fair_id=fair.id).order_by(*order)))


def find_people(fair: Fair, text: str, limit: int = 10) -> list[Row[Registration, Badge]]:
    """Confirmed people with valid badges of whom some word begins with each word typed, exact accents first."""
    words = search_key(text).split()[:MOST_WORDS]
    if not words:
        return []
    people = (
        select(Registration, Badge)
        .join(Badge, (Badge.registration_id == Registration.id) & (Badge.state == "issued"))
        .where(Registration.fair_id == fair.id, Registration.state == "confirmed")
        .where(*finding.begins(fair.id, words, names_only=True))
        .order_by(Registration.sort_key, Registration.id)
        .limit(5 * limit)
    )
    typed = nfc(text).casefold().strip()
    rows = db.session.execute(people).all()
    return sorted(rows, key=lambda row: typed not in row.Registration.full_name.casefold())[:limit]


def codes_of_valid_badges(fair: Fair, limit: int) -> list[Badge]:
    """Valid badges of confirmed people, lowest number first."""
    valid = select(Badge).join(Registration, Registration.id == Badge.registration_id)
    confirmed = valid.where(Badge.fair_id == fair.id, Badge.state == "issued", Registration.state == "confirmed")
    return list(db.session.scalars(confirmed.order_by(Badge.number).limit(limit)))


@dataclass(frozen=True)
class Wanted:
    """Which registrations a list shows."""

    text: str = ""
    kind: str = ""
    only_duplicates: bool = False


def registrations(fair: Fair, wanted: Wanted) -> Select[Registration]:
    """The fair's registrations in the order of Vietnamese names, with their badges; badge numbers are found too."""
    people = select(Registration).where(Registration.fair_id == fair.id).options(selectinload(Registration.badges))
    words = search_key(wanted.text).split()[:MOST_WORDS]
    people = people.where(*finding.begins(fair.id, words, names_only=False))
    if wanted.kind:
        people = people.where(Registration.kind == wanted.kind)
    if wanted.only_duplicates:
        people = people.where(Registration.possible_duplicate_of_id.is_not(None), Registration.state != "cancelled")
    return people.order_by(Registration.sort_key, Registration.id)


def count_registrations(fair: Fair, *conditions: Any) -> int:
    """Registrations of the fair that are not cancelled."""
    counted = select(func.count(Registration.id)).where(
        Registration.fair_id == fair.id, Registration.state != "cancelled"
    )
    return db.session.scalar(counted.where(*conditions)) or 0


def scans_of(registration: Registration, limit: int = 20) -> list[Row[Scan, Gate | None]]:
    """The newest scans of a person, with those of registrations merged into this one; each with its gate."""
    is_of_person = or_(Registration.id == registration.id, Registration.merged_into_id == registration.id)
    of_person = select(Registration.id).where(is_of_person)
    newest = select(Scan, Gate).outerjoin(Gate, Gate.id == Scan.gate_id).where(Scan.registration_id.in_(of_person))
    return list(db.session.execute(newest.order_by(Scan.scanned_at.desc()).limit(limit)))


def count_entries(registration: Registration) -> int:
    """How often a registration's badges were let in."""
    entries = select(func.count()).select_from(Scan)
    let_in = entries.filter_by(registration_id=registration.id, verdict="admitted", direction="entry")
    return db.session.scalar(let_in) or 0


def people_scanned(fair: Fair, *conditions: ColumnElement[bool]) -> Select[int]:
    """Whose badges were read, by the registration that stands for the person."""
    joined = select(Registration.person_id).join(Scan, Scan.registration_id == Registration.id)
    return joined.where(Scan.fair_id == fair.id, *conditions)


def entries_by_gate(fair: Fair, day: date) -> dict[int, int]:
    """Admitted entries of a day, by the gate's id."""
    entries = select(Scan.gate_id, func.count()).filter_by(
        fair_id=fair.id, scanned_on=day, verdict="admitted", direction="entry"
    )
    return {gate_id: count for gate_id, count in db.session.execute(entries.group_by(Scan.gate_id)) if gate_id}

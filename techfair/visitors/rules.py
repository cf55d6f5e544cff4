"""What a gate decides, as plain functions: no request, no database.

Every gate, online and offline, follows these rules; a refusal always has one reason of REASONS.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from techfair.core import clock

SMALL_OFFSET = timedelta(minutes=2)  # a clock that is further off is flagged
UNSEATED = {"waiting": "activity_full", None: "not_registered"}  # at the door of an activity with sign-up
UNCONFIRMED = {"pending": "not_approved", "cancelled": "revoked"}


class Fair(Protocol):
    """What the rules ask of a fair: when it is open, and where its day turns."""

    @property
    def timezone(self) -> str: ...
    @property
    def zone(self) -> ZoneInfo: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...
    @property
    def open_outside_dates(self) -> bool: ...


class Opening(Protocol):
    """One of a gate's own times."""

    @property
    def opens_at(self) -> datetime: ...
    @property
    def closes_at(self) -> datetime: ...


class Gate(Protocol):
    """What the rules ask of a gate."""

    @property
    def id(self) -> int: ...
    @property
    def fair_id(self) -> int: ...
    @property
    def place(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def scope(self) -> str: ...
    @property
    def is_closed(self) -> bool: ...
    @property
    def allowed_kinds(self) -> list[str]: ...
    @property
    def sign_up_activity_id(self) -> int | None: ...
    @property
    def openings(self) -> Sequence[Opening]: ...


@dataclass(frozen=True)
class KnownBadge:
    """What a gate needs to know of a badge."""

    id: int
    registration_id: int
    number: int
    kind: str
    state: str
    registration_state: str
    name: str
    organisation: str
    own_days: Sequence[int] | None = None  # on which the wearer is let in, whatever the kind; the fair's first is 1
    days: Sequence[int] | None = None  # on which the kind is let in; none: all
    seats: Mapping[int, str] = field(default_factory=dict)  # by activity: seated or waiting


@dataclass(frozen=True)
class CodeFound:
    """The badge that a code belongs to, or the reason why it belongs to none here."""

    badge: KnownBadge | None = None
    reason: str | None = None


@dataclass(frozen=True)
class EarlierScan:
    """The scan that holds a claim: whom a repeated one meets."""

    id: UUID
    gate: str
    at: datetime


@dataclass(frozen=True)
class Verdict:
    """What was decided on a scan, with what a steward is told."""

    id: UUID
    verdict: str
    reason: str | None = None
    opens_at: datetime | None = None
    first: EarlierScan | None = None
    badge: KnownBadge | None = None


@dataclass(frozen=True)
class Doors:
    """Whether a gate is open at a moment; if not, why, and when it opens next."""

    reason: str | None = None
    opens_at: datetime | None = None


def corrected(device_time: datetime, sent_at: datetime | None, received_at: datetime) -> tuple[datetime, bool]:
    """A scan's real time by the device's offset when it sent, and whether that clock is wrong.

    Nothing is scanned after it was received, whatever a clock says.
    """
    if sent_at is None:
        return min(device_time, received_at), device_time - received_at > SMALL_OFFSET
    offset = received_at - sent_at
    try:
        return min(device_time + offset, received_at), abs(offset) > SMALL_OFFSET
    except OverflowError:  # a clock at the end of time
        return received_at, True


def scope(gate: Gate) -> str:
    """Within what a gate's rule counts: all entrances of a fair, or this door alone."""
    return f"{gate.fair_id}" if gate.place == "entrance" else f"{gate.fair_id}/{gate.id}"


def claim(gate: Gate, registration_id: int, day: date) -> str | None:
    """What at most one scan may hold under the gate's rule; None where every entry counts.

    Under ``reentry`` it is held by whoever is inside, and an exit lets it go.
    """
    holder = f"{gate.scope}/{registration_id}"  # all entrances share a scope
    return {"once": holder, "daily": f"{holder}/{day}", "reentry": f"{holder}/inside"}.get(gate.rule)


def doors(gate: Gate, fair: Fair, moment: datetime) -> Doors:
    """Whether the gate is open at ``moment``: by its own times, else on the days of the fair."""
    if gate.is_closed:
        return Doors("closed")
    day = clock.local_day(moment, fair.timezone)
    if fair.open_outside_dates and not fair.starts_on <= day <= fair.ends_on:
        return Doors()
    times = opening_times(gate, fair)
    if any(opens <= moment < closes for opens, closes in times):
        return Doors()
    coming = min((opens for opens, _ in times if opens > moment), default=None)
    was_open = any(closes <= moment and clock.local_day(closes, fair.timezone) == day for _, closes in times)
    return Doors("not_open_yet" if coming and not was_open else "closed", coming)


def opening_times(gate: Gate, fair: Fair) -> list[tuple[datetime, datetime]]:
    """The gate's own times, else the days of the fair."""
    return [(opening.opens_at, opening.closes_at) for opening in gate.openings] or [_days_of(fair)]


def refusal(found: CodeFound, gate: Gate | None, fair: Fair, moment: datetime) -> str | None:
    """Why this code opens this gate to nobody at this moment: the first reason that holds, or None."""
    if gate is None:
        return "gate_not_granted"
    badge = found.badge
    if badge is None:
        return found.reason or "unknown_code"
    if badge.state != "issued":
        return badge.state
    if badge.registration_state in UNCONFIRMED:
        return UNCONFIRMED[badge.registration_state]
    if gate.allowed_kinds and badge.kind not in gate.allowed_kinds:
        return "kind_not_allowed"
    return doors(gate, fair, moment).reason or wrong_day(badge, fair, moment) or unseated(gate, badge)


def wrong_day(badge: KnownBadge, fair: Fair, moment: datetime) -> str | None:
    """Why a badge that is let in on some days opens nothing on another; the day turns as the fair's does."""
    days = badge.own_days or badge.days
    if days is None:
        return None
    number = (clock.local_day(moment, fair.timezone) - fair.starts_on).days + 1
    return None if number in days else "wrong_day"


def unseated(gate: Gate, badge: KnownBadge) -> str | None:
    """Why the door of an activity that one signs up for stays shut: who waits for a seat finds it full."""
    activity_id = gate.sign_up_activity_id
    return UNSEATED.get(badge.seats.get(activity_id)) if activity_id else None


def settle(draft: dict[str, Any], holders: Mapping[str, EarlierScan]) -> dict[str, Any]:
    """The scan as it is stored: one whose claim is held already is repeated, and says by whom."""
    first = holders.get(draft["claim"]) if draft["claim"] else None
    if first is None:
        return draft
    return draft | {"verdict": "repeated", "claim": None, "first_scan_id": first.id}


def _days_of(fair: Fair) -> tuple[datetime, datetime]:
    """From the first day's midnight to the midnight after the last, where the fair is."""
    first, after = (datetime.combine(day, datetime.min.time(), fair.zone) for day in (fair.starts_on, fair.ends_on))
    return first, after + timedelta(days=1)

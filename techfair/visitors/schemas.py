"""What deeds and the API take and give."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, PlainSerializer

from techfair.visitors.gate_models import REASONS
from techfair.visitors.rules import Verdict

Moment = Annotated[datetime, PlainSerializer(lambda moment: moment.astimezone(UTC).isoformat().replace("+00:00", "Z"))]
Word = Literal["admitted", "repeated", "refused"]


class ScanInput(BaseModel):
    """One reading of a code, as the device saw it."""

    id: UUID = Field(description="Made by the device; the same id again gets the same answer.")
    code: str = Field(max_length=1000, description="The QR code's text, or the token alone.")
    gate: str = Field(max_length=40, description="Code of the gate chosen on the device.")
    direction: Literal["entry", "exit"] = "entry"
    scanned_at: AwareDatetime = Field(description="By the device's clock.")
    offline: bool = Field(False, description="Decided by the device, because the server did not answer in time.")
    device_verdict: Word | None = Field(None, description="What the device showed, where it decided.")


class ScanBatch(BaseModel):
    """Scans of one device, oldest first."""

    scans: list[ScanInput] = Field(min_length=1, max_length=500)
    sent_at: AwareDatetime | None = Field(None, description="The device's clock at sending: corrects scanned_at.")


class FirstScan(BaseModel):
    gate: str
    at: Moment


class BadgeShown(BaseModel):
    name: str
    organisation: str
    kind: str


class ScanResult(BaseModel):
    """What the server decided; it never changes."""

    id: UUID
    verdict: Word
    reason: str | None = Field(None, description="Why it was refused: " + ", ".join(REASONS) + ".")
    opens_at: Moment | None = Field(None, description="When a closed gate opens next.")
    first_scan: FirstScan | None = Field(None, description="The entry that a repeated scan met.")
    badge: BadgeShown | None = None


class ScanResults(BaseModel):
    results: list[ScanResult]

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> "ScanResults":
        return cls(results=[_result(verdict) for verdict in verdicts])


def _result(verdict: Verdict) -> ScanResult:
    badge, first = verdict.badge, verdict.first
    return ScanResult(
        id=verdict.id,
        verdict=verdict.verdict,
        reason=verdict.reason,
        opens_at=verdict.opens_at,
        first_scan=FirstScan(gate=first.gate, at=first.at) if first else None,
        badge=badge and BadgeShown(name=badge.name, organisation=badge.organisation, kind=badge.kind),
    )

"""What two servers of a fair send each other."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from techfair.visitors.gate_models import REASONS
from techfair.visitors.hall.cursors import Cursor
from techfair.visitors.models import KINDS, PURPOSES

Kind = Literal[KINDS]  # type: ignore[valid-type]
Word = Literal["admitted", "repeated", "refused"]
Place = Annotated[str, Field(max_length=120), AfterValidator(lambda text: str(Cursor.read(text)))]
MOST = 500  # rows of one sort in one message
Row = dict[str, Any]


class BadgeTold(BaseModel):
    """A badge with the token that its server signed."""

    number: int = Field(ge=1, lt=2**32)
    kind: Kind
    reprint: int
    key_number: int
    token: str
    state: Literal["issued", "replaced", "revoked"]
    reason: str
    issued_at: AwareDatetime
    ended_at: AwareDatetime | None


class SeatTold(BaseModel):
    """A seat at an activity, or the wish for one."""

    activity_id: int
    state: Literal["seated", "waiting", "left"]
    seat: int | None
    turn: int


class ConsentTold(BaseModel):
    purpose: Literal[PURPOSES]  # type: ignore[valid-type]
    given_at: AwareDatetime
    withdrawn_at: AwareDatetime | None


class PersonTold(BaseModel):
    """A registration with all its badges, by whose numbers both servers know it."""

    kind: Kind
    state: Literal["pending", "confirmed", "cancelled"]
    full_name: str
    organisation: str
    email: str | None
    email_key: str | None
    phone: str | None
    country: str
    province_code: str | None
    language: Literal["vi", "en"]
    delegation_id: int | None
    days: list[int] | None = None
    is_walk_in: bool
    created_at: AwareDatetime
    erased_at: AwareDatetime | None
    badges: list[BadgeTold] = Field(min_length=1)
    seats: list[SeatTold]
    consents: list[ConsentTold]


class DeviceTold(BaseModel):
    """A phone or scanner, by the digest of its token: it may scan at either server."""

    digest: str = Field(pattern="^[0-9a-f]{64}$")
    name: str
    gates: list[int]
    created_at: AwareDatetime
    revoked_at: AwareDatetime | None


class ScanTold(BaseModel):
    """A scan as the other server stored it."""

    id: UUID
    gate_id: int | None
    device: str = Field(pattern="^[0-9a-f]{64}$")
    badge: int | None
    direction: Literal["entry", "exit"]
    scanned_at: AwareDatetime
    device_time: AwareDatetime
    is_offline: bool
    has_wrong_clock: bool
    verdict: Word
    device_verdict: Word | None
    reason: Literal[REASONS] | None  # type: ignore[valid-type]
    first_scan_id: UUID | None


class CountTold(BaseModel):
    id: UUID
    gate_id: int
    counted_at: AwareDatetime
    people: int = Field(gt=0)


class Exchange(BaseModel):
    """What a hall server sends: what happened there, and how far it knows the central server."""

    version: str = Field(description="The newest change of tables that the program knows.")
    sent_at: AwareDatetime
    is_first: bool = Field(True, description="Whether an exchange begins with this message.")
    plan_digest: str = ""
    people_taken: Place = ""
    scans_taken: Place = ""
    waiting: int = Field(0, ge=0, description="Rows that come with the next messages.")
    devices: list[DeviceTold] = Field(default_factory=list, max_length=20 * MOST)
    people: list[PersonTold] = Field(default_factory=list, max_length=MOST)
    scans: list[ScanTold] = Field(default_factory=list, max_length=MOST)
    counts: list[CountTold] = Field(default_factory=list, max_length=MOST)


class ExchangeAnswer(BaseModel):
    """What the central server answers: what the hall does not know yet."""

    at: AwareDatetime
    plan: dict[str, list[Row]] | None = Field(None, description="Rows by table, where they changed.")
    plan_digest: str
    devices: list[DeviceTold]
    people: list[PersonTold]
    people_taken: str
    scans: list[ScanTold]
    scans_taken: str
    is_all: bool = Field(description="Whether nothing more waits for the hall.")


class HallJoin(BaseModel):
    """A new hall server's code and the public half of the key that it made."""

    code: str = Field(max_length=40)
    version: str
    public_key: str = Field(pattern="^[0-9a-f]{64}$", description="Of the key that will sign the hall's badges.")


class HallJoined(BaseModel):
    """Who the hall server is from now on."""

    token: str
    number: int
    address: str = Field(description="Of the central server, as it stands in badges.")
    plan: dict[str, list[Row]]
    plan_digest: str

"""What devices at gates are told, and what they tell of themselves."""

import base64
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, PlainSerializer

from techfair.visitors.schemas import Moment

Base64 = Annotated[bytes, PlainSerializer(lambda raw: base64.b64encode(raw).decode("ascii"), return_type=str)]


class JoinInput(BaseModel):
    """What a steward scanned or typed from the organizer's screen."""

    code: str = Field(max_length=40)


class Joined(BaseModel):
    token: str = Field(description="Sent as Authorization: Bearer from now on; told this once.")


class DeviceState(BaseModel):
    """What a device says of itself."""

    waiting: int = Field(ge=0, le=1_000_000, description="Scans on the device that the server has not confirmed.")


class GateTold(BaseModel):
    code: str
    name_vi: str
    name_en: str
    scans_exits: bool = Field(description="Whether people going out are scanned, too.")
    hand_out_vi: str = Field(description="What is handed to whoever is let in.")
    hand_out_en: str


class DeviceTold(BaseModel):
    name: str
    gates: list[GateTold] = Field(description="Where the device may scan.")
    at: Moment = Field(description="The server's clock.")


class Opening(BaseModel):
    opens_at: Moment
    closes_at: Moment


class Key(BaseModel):
    number: int
    public_key: Base64 = Field(description="Ed25519, 32 bytes in base64.")


class Void(BaseModel):
    number: int = Field(description="Of the badge.")
    reason: Literal["revoked", "replaced", "not_approved"]


class BadgeDays(BaseModel):
    days: list[int] = Field(description="Counted from the fair's first day, which is 1; none: those of the kind again.")
    badges: list[int] = Field(description="Numbers of badges.")


class Manifest(BaseModel):
    """What a device needs to decide at a gate without network; no personal data."""

    fair: int = Field(description="Number of the fair, as badges carry it.")
    timezone: str
    first_day: date
    last_day: date
    open_outside_dates: bool
    gate: str
    scope: str = Field(description="Within which the rule counts: gates of one scope share it.")
    rule: Literal["once", "daily", "every", "reentry"]
    allowed_kinds: list[str] = Field(description="None: all.")
    kind_days: dict[str, list[int]] = Field(
        description="Kinds let in on some days alone, counted from the fair's first day, which is 1."
    )
    badge_days: list[BadgeDays] = Field(
        description="Badges let in on days of their own, whatever their kind; like void, only changes since the cursor."
    )
    is_closed: bool
    openings: list[Opening]
    gives_names: bool
    kinds: list[str] = Field(description="Names of the kinds by the number that badges carry.")
    keys: list[Key]
    void: list[Void]
    seated: list[int] | None = Field(description="Badges with a seat at this activity; none: no sign-up here.")
    waiting: list[int] = Field(description="Badges that wait for a seat.")
    cursor: Moment = Field(description="Sent back as since, the next answer holds only later void badges.")
    at: Moment = Field(description="The server's clock.")


class HeadCountInput(BaseModel):
    """One press of the clicker."""

    id: UUID
    people: int = Field(ge=1, le=1000)
    counted_at: AwareDatetime


class HeadCounts(BaseModel):
    counts: list[HeadCountInput] = Field(min_length=1, max_length=500)
    sent_at: AwareDatetime | None = Field(None, description="The device's clock at sending.")


class Counted(BaseModel):
    new: int = Field(description="How many were not known before.")


class NameOfBadge(BaseModel):
    number: int
    name: str
    organisation: str


class Names(BaseModel):
    names: list[NameOfBadge]
    cursor: Moment


class Since(BaseModel):
    since: AwareDatetime | None = Field(None, description="The cursor of the last answer.")


class PersonFound(BaseModel):
    name: str
    organisation: str
    kind: str
    number: int
    code: str = Field(description="The badge's token.")


class PeopleFound(BaseModel):
    people: list[PersonFound]


class Search(BaseModel):
    q: str = Field("", max_length=100, description="Words of a name or an organisation, with or without accents.")

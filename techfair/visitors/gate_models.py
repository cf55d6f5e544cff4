"""Tables of gates, their devices, scans and head counts."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.core.languages import pick
from techfair.extensions import Model
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Activity, Fair
from techfair.visitors import rules

REASONS = (
    "unknown_code",
    "bad_signature",
    "other_fair",
    "revoked",
    "replaced",
    "kind_not_allowed",
    "activity_full",
    "not_registered",
    "not_open_yet",
    "closed",
    "wrong_day",
    "not_approved",
    "gate_not_granted",
)
FINDINGS = ("same_person", "badge_shared", "wrong_reading", "unclear")
LOST = text("device_verdict = 'admitted' AND verdict <> 'admitted'")


class Gate(Model):
    """An entrance, an activity's door or a booth. A rule counts within a ``scope``: all entrances share one."""

    __tablename__ = "gate"
    __table_args__ = (
        UniqueConstraint("fair_id", "code"),
        one_of("place", ("entrance", "activity", "booth")),
        one_of("rule", ("once", "daily", "every", "reentry")),
        CheckConstraint("rule <> 'reentry' OR scans_exits", name="reentry_needs_exits"),
        CheckConstraint("(place = 'activity') = (activity_id IS NOT NULL)", name="door_of_an_activity"),
        CheckConstraint("(place = 'booth') = (booth_id IS NOT NULL)", name="at_a_booth"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    fair: Mapped[Fair] = relationship(lazy="raise")
    code: Mapped[str]
    name_vi: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="entrance")
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"))
    activity: Mapped[Activity | None] = relationship(lazy="raise")
    booth_id: Mapped[int | None] = mapped_column(ForeignKey("booth.id"))
    booth: Mapped[Booth | None] = relationship(lazy="raise")
    rule: Mapped[str] = mapped_column(default="daily")
    allowed_kinds: Mapped[list[str]] = mapped_column(default=list)  # empty: all
    is_closed: Mapped[bool] = mapped_column(default=False)
    scans_exits: Mapped[bool] = mapped_column(default=False)  # also who leaves is scanned
    hand_out_vi: Mapped[str] = mapped_column(default="")  # what the steward gives to whoever is let in
    hand_out_en: Mapped[str] = mapped_column(default="")
    gives_names: Mapped[bool] = mapped_column(default=False)  # to its devices, for when they have no network
    openings: Mapped[list["GateOpening"]] = relationship(lazy="raise", order_by="GateOpening.opens_at")

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)

    @property
    def sign_up_activity_id(self) -> int | None:
        """The activity at whose door only those come in who have a seat; wants the activity loaded."""
        return self.activity_id if self.activity_id and self.activity and self.activity.needs_sign_up else None

    @property
    def scope(self) -> str:
        return rules.scope(self)


class GateOpening(Model):
    """A time in which a gate is open; a gate without any follows the fair's days."""

    __tablename__ = "gate_opening"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        Index("ix_gate_opening_gate", "gate_id", "opens_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    gate_id: Mapped[int] = mapped_column(ForeignKey("gate.id"))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]


class Device(Model):
    """A phone or scanner that may scan at its gates; known by the digest of its token.

    One that is invited has a code to join with for a while, and only then a token that anyone knows.
    """

    __tablename__ = "device"
    __table_args__ = (
        Index("ix_device_fair", "fair_id"),
        CheckConstraint("waiting >= 0", name="waiting_is_a_count"),
        CheckConstraint("(join_digest IS NULL) = (join_until IS NULL)", name="joins_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    fair: Mapped[Fair] = relationship(lazy="raise")
    name: Mapped[str]
    token_digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    join_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    join_until: Mapped[datetime | None]
    waiting: Mapped[int] = mapped_column(default=0)  # scans that it had not sent yet when it last spoke
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_contact_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    gates: Mapped[list[Gate]] = relationship(secondary="device_gate", lazy="raise", order_by="Gate.code")

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def sign_up_activities(self) -> list[int | None]:
        """The activities at whose doors the device must know who has a seat."""
        return [gate.sign_up_activity_id for gate in self.gates if gate.sign_up_activity_id]

    def gate(self, code: str) -> Gate | None:
        """The gate of that code, if the device may scan there."""
        return next((gate for gate in self.gates if gate.code == code), None)


class DeviceGate(Model):
    """A gate at which a device may scan."""

    __tablename__ = "device_gate"

    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"), primary_key=True)
    gate_id: Mapped[int] = mapped_column(ForeignKey("gate.id"), primary_key=True, index=True)


class Scan(Model):
    """One reading of a badge at a gate: written once, never edited, its own record."""

    __tablename__ = "scan"
    __table_args__ = (
        one_of("verdict", ("admitted", "repeated", "refused")),
        one_of("device_verdict", ("admitted", "repeated", "refused")),
        one_of("direction", ("entry", "exit")),
        one_of("reason", REASONS),
        CheckConstraint("(verdict = 'refused') = (reason IS NOT NULL)", name="refusal_has_reason"),
        CheckConstraint("claim IS NULL OR verdict = 'admitted'", name="only_the_admitted_claim"),
        Index("ix_scan_counting", "fair_id", "scanned_on", "gate_id", "verdict"),
        Index("ix_scan_registration", "registration_id", "scanned_at"),
        Index("ix_scan_received", "received_at"),
        Index("ix_scan_lost", "fair_id", "scanned_at", sqlite_where=LOST, postgresql_where=LOST),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)  # made by the device, so sending twice is harmless
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    gate_id: Mapped[int | None] = mapped_column(ForeignKey("gate.id"))  # none: a gate the fair does not have
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"))
    badge_id: Mapped[int | None] = mapped_column(ForeignKey("badge.id"))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"))
    direction: Mapped[str] = mapped_column(default="entry")
    scanned_at: Mapped[datetime]  # corrected by the device's offset
    device_time: Mapped[datetime]  # as the device said
    received_at: Mapped[datetime]
    scanned_on: Mapped[date]  # the fair's local day, so that counting needs no time zone
    is_offline: Mapped[bool] = mapped_column(default=False)
    has_wrong_clock: Mapped[bool] = mapped_column(default=False)  # off by more than two minutes
    verdict: Mapped[str]
    device_verdict: Mapped[str | None]
    reason: Mapped[str | None]
    first_scan_id: Mapped[UUID | None] = mapped_column(ForeignKey("scan.id"))  # whom a repeated one met
    claim: Mapped[str | None] = mapped_column(unique=True)  # what only one scan may hold; see rules.claim
    is_exchanged: Mapped[bool] = mapped_column(default=False)  # another server of the fair had it first


class ConflictDecision(Model):
    """What an organizer found about an entry that a device admitted on its own and the server did not."""

    __tablename__ = "conflict_decision"
    __table_args__ = (one_of("finding", FINDINGS),)

    scan_id: Mapped[UUID] = mapped_column(ForeignKey("scan.id"), primary_key=True)
    finding: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)


class HeadCount(Model):
    """A steward's clicker: people counted without names, shown beside the scans and never added to them."""

    __tablename__ = "head_count"
    __table_args__ = (
        CheckConstraint("people > 0", name="counts_people"),
        Index("ix_head_count_gate", "gate_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    gate_id: Mapped[int] = mapped_column(ForeignKey("gate.id"))
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    counted_at: Mapped[datetime]
    counted_on: Mapped[date]
    people: Mapped[int]

"""Tables of registrations, delegations, badges, gates and scans."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, LargeBinary, UniqueConstraint, func, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.core.languages import pick
from techfair.core.states import Stateful, steps
from techfair.extensions import Model
from techfair.fairs.models import Activity, Booth, Fair
from techfair.visitors import rules

KINDS = ("visitor", "delegate", "exhibitor_staff", "speaker", "press", "guest", "organizer", "vip")
COUNTED_KINDS = ("visitor", "delegate", "guest", "press", "vip")  # the report's visitors.*
PURPOSES = ("organizer_contact", "exhibitors_read", "public_list", "photos")
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
DESIGNS = ("classic", "banner", "side")
VALID = text("state = 'issued'")
ENDED = text("ended_at IS NOT NULL")
LOST = text("device_verdict = 'admitted' AND verdict <> 'admitted'")
IS_MERGED = text("merged_into_id IS NOT NULL")
IS_TWIN = text("possible_duplicate_of_id IS NOT NULL")


class Delegation(Model):
    """People sent by a body (a province's department, a ministry) under a dispatch."""

    __tablename__ = "delegation"
    __table_args__ = (
        Index("ix_delegation_fair", "fair_id"),
        CheckConstraint("expected > 0", name="expects_people"),
        one_of("language", ("vi", "en")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    body_vi: Mapped[str]
    body_en: Mapped[str] = mapped_column(default="")
    province_code: Mapped[str | None]  # of the list in force on the fair's first day
    dispatch_number: Mapped[str] = mapped_column(default="")  # số công văn of the invitation
    expected: Mapped[int | None]
    contact_name: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="vi")
    link_epoch: Mapped[int] = mapped_column(default=0)  # rises to end old links to the delegation's own page
    invited_at: Mapped[datetime | None]
    is_own_wish: Mapped[bool] = mapped_column(default=False)  # a group that registered itself
    form_token: Mapped[str | None] = mapped_column(unique=True)

    @property
    def body(self) -> str:
        return pick(self.body_vi, self.body_en)


class Registration(Stateful, Model):
    """A person registered for one fair. ``form_token`` makes a form pressed twice one registration."""

    STEPS = steps(pending="confirmed cancelled", confirmed="cancelled")

    __tablename__ = "registration"
    __table_args__ = (
        one_of("kind", KINDS),
        one_of("state", ("pending", "confirmed", "cancelled")),
        one_of("language", ("vi", "en")),
        CheckConstraint(
            "merged_into_id IS NULL OR (state = 'cancelled' AND merged_into_id <> id)", name="merged_has_ended"
        ),
        CheckConstraint(
            "email_key IS NOT NULL OR phone IS NOT NULL OR is_walk_in OR delegation_id IS NOT NULL"
            " OR erased_at IS NOT NULL",
            name="can_be_reached",
        ),
        CheckConstraint(
            "erased_at IS NULL OR (email IS NULL AND email_key IS NULL AND phone IS NULL AND organisation = '')",
            name="erased_is_nameless",
        ),
        Index("ix_registration_email", "fair_id", "email_key"),
        Index("ix_registration_phone", "fair_id", "phone"),
        Index("ix_registration_kind", "fair_id", "kind", "state", "province_code", "country"),
        Index("ix_registration_sort", "fair_id", "sort_key"),
        Index("ix_registration_changed", "fair_id", "changed_at"),
        Index("ix_registration_made", "fair_id", "state", "kind", "created_at"),
        Index("ix_registration_twin", "fair_id", sqlite_where=IS_TWIN, postgresql_where=IS_TWIN),
        Index("ix_registration_merged", "merged_into_id", sqlite_where=IS_MERGED, postgresql_where=IS_MERGED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    fair: Mapped[Fair] = relationship(lazy="raise")
    kind: Mapped[str] = mapped_column(default="visitor")
    state: Mapped[str] = mapped_column(default="confirmed")
    full_name: Mapped[str]
    sort_key: Mapped[str]
    search_key: Mapped[str]  # name and organisation, folded; found by word, see finding/
    organisation: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None]
    email_key: Mapped[str | None]
    phone: Mapped[str | None]  # E.164
    written_to: Mapped[list[str]] = mapped_column(default=list)  # further addresses to which mails to the person went
    country: Mapped[str] = mapped_column(default="VN")
    province_code: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="vi")
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"), index=True)
    is_walk_in: Mapped[bool] = mapped_column(default=False)
    is_present: Mapped[bool] = mapped_column(default=False)  # marked by the organizer, without a scan
    possible_duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"))  # one person, registered twice
    form_token: Mapped[str | None] = mapped_column(unique=True)
    link_epoch: Mapped[int] = mapped_column(default=0)  # rises to end old links to the person's own page
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(
        default=clock.now, onupdate=clock.now
    )  # here, for who asks what is new
    erased_at: Mapped[datetime | None]  # by the person's own wish; what stays is a number without a name
    consents: Mapped[list["Consent"]] = relationship(lazy="raise", back_populates="registration")
    badges: Mapped[list["Badge"]] = relationship(lazy="raise", back_populates="registration", order_by="Badge.id")

    @hybrid_property
    def person_id(self) -> int:
        """Whose scans and days these are, however often the person was registered: what counts of people count."""
        return self.merged_into_id or self.id

    @person_id.inplace.expression
    @classmethod
    def _person_id(cls) -> ColumnElement[int]:
        return func.coalesce(cls.merged_into_id, cls.id).label("person_id")

    @property
    def badge(self) -> "Badge | None":
        """The badge that opens gates, else the last one that did."""
        valid = [badge for badge in self.badges if badge.state == "issued"]
        return next(reversed(valid or self.badges), None)

    def agrees_to(self, purpose: str) -> bool:
        return any(consent.purpose == purpose and consent.withdrawn_at is None for consent in self.consents)


class Consent(Model):
    """A purpose a person agreed to, when, and until when."""

    __tablename__ = "consent"
    __table_args__ = (
        UniqueConstraint("registration_id", "purpose", "given_at"),
        one_of("purpose", PURPOSES),
        CheckConstraint("withdrawn_at >= given_at", name="withdrawn_after_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    registration: Mapped[Registration] = relationship(back_populates="consents", lazy="raise")
    purpose: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]


class Badge(Stateful, Model):
    """The credential of a registration; of two stewards reprinting it at once, only one makes a new valid row.

    ``number``, ``kind`` and ``reprint`` are what the signed token carries; the token itself is made from
    them when needed (Ed25519 signs the same bytes the same way).
    """

    STEPS = steps(issued="replaced revoked")

    __tablename__ = "badge"
    __table_args__ = (
        UniqueConstraint("fair_id", "number"),
        one_of("kind", KINDS),
        one_of("state", ("issued", "replaced", "revoked")),
        CheckConstraint("reprint BETWEEN 0 AND 4095", name="reprint_fits_token"),
        Index("uq_badge_valid", "registration_id", unique=True, sqlite_where=VALID, postgresql_where=VALID),
        Index("ix_badge_registration", "registration_id"),
        Index("ix_badge_ended", "fair_id", "changed_at", sqlite_where=ENDED, postgresql_where=ENDED),
        Index("ix_badge_changed", "fair_id", "changed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    registration: Mapped[Registration] = relationship(lazy="raise", back_populates="badges")
    number: Mapped[int]
    kind: Mapped[str]
    reprint: Mapped[int] = mapped_column(default=0)
    key_number: Mapped[int] = mapped_column(default=0)
    signed_elsewhere: Mapped[str | None]  # its token, where the key that signed it lies on another server
    state: Mapped[str] = mapped_column(default="issued")
    reason: Mapped[str] = mapped_column(default="")
    issued_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]
    changed_at: Mapped[datetime] = mapped_column(
        default=clock.now, onupdate=clock.now
    )  # when this server learned of it


class BadgeDesign(Model):
    """How the badges of a kind look at a fair; a kind without a row looks as usual."""

    __tablename__ = "badge_design"
    __table_args__ = (one_of("kind", KINDS), one_of("design", DESIGNS))

    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    design: Mapped[str]
    colour: Mapped[str | None]  # "#0b5d51"; none: the usual one of the kind


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

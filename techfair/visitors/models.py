"""Tables of delegations, registrations, consents and badges."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.core.languages import pick
from techfair.core.states import Stateful, steps
from techfair.extensions import Model
from techfair.fairs.models import Fair

KINDS = ("visitor", "delegate", "exhibitor_staff", "speaker", "press", "guest", "organizer", "vip")
COUNTED_KINDS = ("visitor", "delegate", "guest", "press", "vip")  # the report's visitors.*
PURPOSES = ("organizer_contact", "exhibitors_read", "public_list", "photos")
DESIGNS = ("classic", "banner", "side")
VALID = text("state = 'issued'")
ENDED = text("ended_at IS NOT NULL")
IS_MERGED = text("merged_into_id IS NOT NULL")
OWN_DAYS = text("days IS NOT NULL")
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
    days: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))  # its people are let in on; none: all
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
        Index("ix_registration_days", "fair_id", "changed_at", sqlite_where=OWN_DAYS, postgresql_where=OWN_DAYS),
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
    days: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))  # above the kind's; see kind_days/own.py
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

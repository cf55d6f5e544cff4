"""Tables of fairs: who runs them, when and where, the keys of their badges, their programme."""

from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.core.languages import pick
from techfair.core.states import Stateful, steps
from techfair.extensions import Model

UNIT_KINDS = ("ministry", "department", "province", "centre", "other")
FAIR_STATES = ("draft", "published", "closed")
ACTIVITY_KINDS = (
    "ceremony",
    "exhibition",
    "matchmaking",
    "conference",
    "signing",
    "workshop",
    "advice",
    "other",
)


class OrganizingUnit(Model):
    """A department or province that runs fairs; units form a tree."""

    __tablename__ = "organizing_unit"
    __table_args__ = (
        one_of("kind", UNIT_KINDS),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organizing_unit.id"), index=True)
    name_vi: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="department")
    province_code: Mapped[str | None]

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)


class Fair(Stateful, Model):
    """One edition: names, dates, place, time zone, and which doors stand open.

    ``number`` stands in badge tokens (two bytes). ``open_outside_dates`` keeps registration, gates and
    scheduling open although the dates are past, as the demo fair needs.
    """

    STEPS = steps(draft="published", published="closed draft", closed="published")

    __tablename__ = "fair"
    __table_args__ = (
        one_of("state", FAIR_STATES),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("number BETWEEN 1 AND 65535", name="number_fits_token"),
        CheckConstraint("slug = lower(slug) AND slug <> ''", name="slug_is_lower"),
        CheckConstraint(
            "applications_close_on IS NULL OR applications_open_on IS NULL"
            " OR applications_close_on >= applications_open_on",
            name="applications_close_after_open",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("organizing_unit.id"), index=True)
    unit: Mapped[OrganizingUnit] = relationship(lazy="joined", innerjoin=True)
    state: Mapped[str] = mapped_column(default="draft")
    name_vi: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    theme_vi: Mapped[str] = mapped_column(default="")
    theme_en: Mapped[str] = mapped_column(default="")
    description_vi: Mapped[str] = mapped_column(default="")
    description_en: Mapped[str] = mapped_column(default="")
    place_vi: Mapped[str]
    place_en: Mapped[str] = mapped_column(default="")
    province_code: Mapped[str | None]  # by the list in force on the first day
    co_organizers_vi: Mapped[str] = mapped_column(default="")
    co_organizers_en: Mapped[str] = mapped_column(default="")
    timezone: Mapped[str] = mapped_column(default="Asia/Ho_Chi_Minh")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    brand_colour: Mapped[str | None]  # "#0B5D51"
    logo_digest: Mapped[str | None]
    contact_email: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    applications_open_on: Mapped[date | None]
    applications_close_on: Mapped[date | None]
    registration_is_open: Mapped[bool] = mapped_column(default=False)
    open_outside_dates: Mapped[bool] = mapped_column(default=False)
    is_demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    __mapper_args__ = {"version_id_col": version}

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)

    @property
    def theme(self) -> str:
        return pick(self.theme_vi, self.theme_en)

    @property
    def description(self) -> str:
        return pick(self.description_vi, self.description_en)

    @property
    def place(self) -> str:
        return pick(self.place_vi, self.place_en)

    @property
    def co_organizers(self) -> str:
        return pick(self.co_organizers_vi, self.co_organizers_en)

    @property
    def organizer_name(self) -> str:
        return self.unit.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def today(self) -> date:
        return clock.today(self.timezone)

    @property
    def is_public(self) -> bool:
        return self.state != "draft"

    @property
    def is_over(self) -> bool:
        return self.today > self.ends_on

    @property
    def phase(self) -> Literal["before", "running", "over"]:
        if self.is_over:
            return "over"
        return "before" if self.today < self.starts_on else "running"

    @property
    def takes_registrations(self) -> bool:
        if self.state != "published" or not self.registration_is_open:
            return False
        return self.open_outside_dates or not self.is_over

    @property
    def takes_applications(self) -> bool:
        if self.state != "published":
            return False
        if self.open_outside_dates:
            return True
        first, last = self.applications_open_on, self.applications_close_on
        return bool(first and first <= self.today <= (last or self.ends_on))


class FairKey(Model):
    """An Ed25519 key that signs a fair's badges; the private half is sealed at rest.

    ``number`` stands in the token: 0 is the central server's, each server in a hall has the next one.
    """

    __tablename__ = "fair_key"
    __table_args__ = (
        UniqueConstraint("fair_id", "number"),
        CheckConstraint("number BETWEEN 0 AND 15", name="number_fits_token"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    number: Mapped[int] = mapped_column(default=0)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_private_key: Mapped[bytes] = mapped_column(LargeBinary)  # empty: another server's key
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Activity(Stateful, Model):
    """An item of the programme."""

    STEPS = steps(planned="held cancelled", held="planned", cancelled="planned")

    __tablename__ = "activity"
    __table_args__ = (
        one_of("kind", ACTIVITY_KINDS),
        one_of("state", ("planned", "held", "cancelled")),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("capacity > 0", name="capacity_is_positive"),
        Index("ix_activity_programme", "fair_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    fair: Mapped[Fair] = relationship(lazy="raise")
    kind: Mapped[str] = mapped_column(default="other")
    state: Mapped[str] = mapped_column(default="planned")
    title_vi: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    description_vi: Mapped[str] = mapped_column(default="")
    description_en: Mapped[str] = mapped_column(default="")
    place_vi: Mapped[str] = mapped_column(default="")
    place_en: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    capacity: Mapped[int | None]
    needs_sign_up: Mapped[bool] = mapped_column(default=False)  # only who has a seat comes in
    is_from_source: Mapped[bool] = mapped_column(default=False)  # the demo's activities that were published

    @property
    def title(self) -> str:
        return pick(self.title_vi, self.title_en)

    @property
    def description(self) -> str:
        return pick(self.description_vi, self.description_en)

    @property
    def place(self) -> str:
        return pick(self.place_vi, self.place_en)

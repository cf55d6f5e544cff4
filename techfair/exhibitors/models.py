"""Tables of companies, their people, their applications to fairs and who has which booth."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.accounts.models import User
from techfair.core import clock
from techfair.core.database import one_of
from techfair.core.languages import pick
from techfair.core.states import Stateful, steps
from techfair.extensions import Model
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair

COMPANY_KINDS = ("firm", "institute", "university", "centre", "cooperative", "agency", "other")
COMPANY_SIZES = ("micro", "small", "medium", "large")
OWNERSHIPS = ("state", "private", "foreign", "mixed", "collective")
FINAL_STATES = ("declined", "withdrawn", "cancelled")
NOT_FINAL = text("state NOT IN ('declined', 'withdrawn', 'cancelled')")
HELD = text("state IN ('offered', 'assigned')")
REQUESTED = text("state = 'requested'")


class Company(Model):
    """A legal person known across fairs. ``version`` rises with each change, so that none is silently undone."""

    __tablename__ = "company"
    __table_args__ = (one_of("kind", COMPANY_KINDS), one_of("size", COMPANY_SIZES), one_of("ownership", OWNERSHIPS))

    id: Mapped[int] = mapped_column(primary_key=True)
    public_ref: Mapped[str] = mapped_column(unique=True)  # stands in addresses
    name_vi: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    short_name: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="firm")
    country: Mapped[str] = mapped_column(default="VN")  # ISO 3166-1 alpha-2
    province_code: Mapped[str | None]
    # The day by whose list of provinces the code is read: after a merger it names another province.
    province_on: Mapped[date] = mapped_column(default=lambda: clock.today("Asia/Ho_Chi_Minh"))
    tax_code: Mapped[str | None] = mapped_column(unique=True)  # the same code cannot become two companies
    foreign_number: Mapped[str | None]
    size: Mapped[str | None]
    ownership: Mapped[str | None]
    address: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    profile_vi: Mapped[str] = mapped_column(default="")
    profile_en: Mapped[str] = mapped_column(default="")
    contact_name: Mapped[str] = mapped_column(default="")
    contact_title_vi: Mapped[str] = mapped_column(default="")
    contact_title_en: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str | None]
    contact_is_public: Mapped[bool] = mapped_column(default=False)  # with consent; else for company and organizers
    language: Mapped[str] = mapped_column(default="vi")  # of mail to the company
    logo_digest: Mapped[str | None]
    search_key: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sectors: Mapped[list["CompanySector"]] = relationship(cascade="all, delete-orphan", order_by="CompanySector.sector")

    __mapper_args__ = {"version_id_col": version}

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)

    @property
    def profile(self) -> str:
        return pick(self.profile_vi, self.profile_en)


class CompanySector(Model):
    """A sector a company works in."""

    __tablename__ = "company_sector"

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), primary_key=True)
    sector: Mapped[str] = mapped_column(primary_key=True, index=True)


class CompanyMember(Model):
    """A user who acts for a company: manager or staff."""

    __tablename__ = "company_member"
    __table_args__ = (UniqueConstraint("user_id", "company_id"), one_of("role", ("manager", "staff")))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    user: Mapped[User] = relationship(lazy="raise")
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    company: Mapped[Company] = relationship(lazy="joined", innerjoin=True)
    role: Mapped[str] = mapped_column(default="manager")


class Application(Stateful, Model):
    """A company's wish to exhibit at a fair. After a final state a new application is a new row.

    ``form_token`` makes a form sent twice one application.
    """

    STEPS = steps(
        draft="submitted withdrawn",
        submitted="returned approved waiting declined withdrawn",
        returned="submitted withdrawn",
        waiting="approved declined withdrawn",
        approved="withdrawn cancelled",
    )

    __tablename__ = "application"
    __table_args__ = (
        one_of("state", ("draft", "submitted", "returned", "waiting", "approved", *FINAL_STATES)),
        # Of two people of a company applying at once only one makes the application.
        Index(
            "uq_application_open",
            "fair_id",
            "company_id",
            unique=True,
            sqlite_where=NOT_FINAL,
            postgresql_where=NOT_FINAL,
        ),
        Index("ix_application_queue", "fair_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    fair: Mapped[Fair] = relationship(lazy="raise")
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    company: Mapped[Company] = relationship(lazy="raise")
    state: Mapped[str] = mapped_column(default="draft")
    exhibits: Mapped[str] = mapped_column(default="")
    booth_wish: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")  # of the last decision, told to the company
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    form_token: Mapped[str | None] = mapped_column(unique=True)


class Exhibitor(Model):
    """A company at one fair, from the approval of its application on."""

    __tablename__ = "exhibitor"
    __table_args__ = (UniqueConstraint("fair_id", "company_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    fair: Mapped[Fair] = relationship(lazy="raise")
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    company: Mapped[Company] = relationship(lazy="raise")
    is_active: Mapped[bool] = mapped_column(default=True)  # false once withdrawn or cancelled
    approved_at: Mapped[datetime] = mapped_column(default=clock.now)
    booths: Mapped[list["BoothAssignment"]] = relationship(back_populates="exhibitor", lazy="raise")


class BoothAssignment(Stateful, Model):
    """An exhibitor's request for, offer of, or right to a booth. Two exhibitors on one booth are impossible."""

    STEPS = steps(requested="offered assigned released", offered="assigned released", assigned="released")

    __tablename__ = "booth_assignment"
    __table_args__ = (
        one_of("state", ("requested", "offered", "assigned", "released")),
        CheckConstraint("state <> 'offered' OR expires_at IS NOT NULL", name="offer_expires"),
        Index("uq_booth_assignment_held", "booth_id", unique=True, sqlite_where=HELD, postgresql_where=HELD),
        # Several may ask for one booth, each of them once, also where a form is sent twice.
        Index(
            "uq_booth_assignment_request",
            "booth_id",
            "exhibitor_id",
            unique=True,
            sqlite_where=REQUESTED,
            postgresql_where=REQUESTED,
        ),
        Index("ix_booth_assignment_expiring", "state", "expires_at"),
        Index("ix_booth_assignment_exhibitor", "exhibitor_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booth_id: Mapped[int] = mapped_column(ForeignKey("booth.id"), index=True)
    booth: Mapped[Booth] = relationship(lazy="joined", innerjoin=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"))
    exhibitor: Mapped[Exhibitor] = relationship(back_populates="booths", lazy="raise")
    state: Mapped[str] = mapped_column(default="assigned")
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime | None]  # of an offer: until when it can be accepted

"""Tables of agreements: their parties, documents and signatures, and the projects they are about."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Numeric, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.agreements.amending.models import AgreementChange
from techfair.agreements.attachments.models import Attachment
from techfair.agreements.ceremony.models import PaperCopy
from techfair.agreements.deal.models import AgreementTechnology, Milestone
from techfair.agreements.kinds import INVESTMENT_KINDS, KINDS
from techfair.agreements.signers.models import PlannedSigner
from techfair.agreements.templates.models import AgreementTemplate
from techfair.core import clock
from techfair.core.database import one_of
from techfair.core.errors import StepSkipped
from techfair.core.languages import pick
from techfair.core.states import Stateful, steps
from techfair.exhibitors.models import Company
from techfair.exhibitors.record_models import TRANSFER_FORMS
from techfair.extensions import Model, Money
from techfair.fairs.models import Fair
from techfair.meetings.models import Connection, Meeting

ENDED_EARLY = "abandoned declined expired"
ASKED = text("state NOT IN ('declined', 'delegated', 'expired')")


class InvestmentProject(Model):
    """The subject of an investment decision or memorandum."""

    __tablename__ = "investment_project"
    __table_args__ = (Index("ix_investment_project_fair", "fair_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    name_vi: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    area: Mapped[str] = mapped_column(default="")
    province_code: Mapped[str | None]
    sector: Mapped[str | None]

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)


class Agreement(Stateful, Model):
    """A document between parties, from draft to completion.

    Value: whole units of ``value_currency``, up to ``value_high`` where it is a range; ``value_vnd`` is its
    lower end in đồng at ``value_rate``. Confidential: counted, its value never shown or added.
    ``content_format`` says how its digest is made (``content.py``).
    """

    STEPS = steps(
        draft=f"negotiation {ENDED_EARLY}",
        negotiation=f"frozen {ENDED_EARLY}",
        frozen=f"signing {ENDED_EARLY}",
        signing=f"sealing {ENDED_EARLY}",
        sealing="completed",  # all have signed: from here nobody ends it alone
        completed="amended terminated",
    )

    __tablename__ = "agreement"
    __table_args__ = (
        one_of("kind", KINDS),
        one_of("languages", ("vi", "en", "both")),
        one_of(
            "state",
            (
                "draft",
                "negotiation",
                "frozen",
                "signing",
                "sealing",
                "completed",
                "amended",
                "terminated",
                "abandoned",
                "declined",
                "expired",
            ),
        ),
        CheckConstraint("value >= 0 AND value_high >= value AND value_vnd >= 0", name="value_is_an_amount"),
        CheckConstraint("value IS NULL OR value_currency IS NOT NULL", name="value_has_a_currency"),
        CheckConstraint("(value_rate IS NULL) = (value_rate_on IS NULL) AND value_rate > 0", name="rate_is_dated"),
        CheckConstraint("area_m2 > 0", name="area_is_positive"),
        one_of("transfer_form", TRANSFER_FORMS),
        CheckConstraint("state <> 'completed' OR signed_on IS NOT NULL", name="completed_is_dated"),
        CheckConstraint(
            "state IN ('draft', 'negotiation', 'abandoned', 'declined', 'expired') OR frozen_digest IS NOT NULL",
            name="frozen_has_a_digest",
        ),
        UniqueConstraint("fair_id", "number"),
        Index("ix_agreement_register", "fair_id", "kind", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    fair: Mapped[Fair] = relationship(lazy="raise")
    number: Mapped[str]  # "01/2019/BBGN"
    code: Mapped[str] = mapped_column(unique=True)  # by which anyone verifies it
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")
    languages: Mapped[str] = mapped_column(default="both")  # of the document
    template_id: Mapped[int | None] = mapped_column(ForeignKey("agreement_template.id"))
    template: Mapped[AgreementTemplate | None] = relationship(lazy="raise")
    subject_vi: Mapped[str]
    subject_en: Mapped[str] = mapped_column(default="")
    value: Mapped[int | None] = mapped_column(Money)
    value_high: Mapped[int | None] = mapped_column(Money)
    value_currency: Mapped[str | None] = mapped_column(default="VND")
    value_rate: Mapped[Any | None] = mapped_column(Numeric(18, 6))  # đồng for one unit
    value_rate_on: Mapped[date | None]
    value_vnd: Mapped[int | None] = mapped_column(Money)
    is_confidential: Mapped[bool] = mapped_column(default=False)
    sector: Mapped[str | None]
    partner_country: Mapped[str] = mapped_column(default="VN")
    place: Mapped[str] = mapped_column(default="")
    area_m2: Mapped[int | None] = mapped_column(Money)
    transfer_form: Mapped[str | None]
    valid_until_on: Mapped[date | None]
    clauses: Mapped[list[dict[str, str]]] = mapped_column(default=list)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    meeting: Mapped[Meeting | None] = relationship(lazy="raise")
    connection_id: Mapped[int | None] = mapped_column(ForeignKey("connection.id"))
    connection: Mapped[Connection | None] = relationship(lazy="raise")
    project_id: Mapped[int | None] = mapped_column(ForeignKey("investment_project.id"))
    project: Mapped[InvestmentProject | None] = relationship(lazy="raise")
    content_format: Mapped[int] = mapped_column(default=2)
    frozen_digest: Mapped[str | None]  # SHA-256 of the frozen text and deal data
    document_digest: Mapped[str | None]  # the present PDF in the file store
    evidence_digest: Mapped[str | None]  # the PDF of the evidence, once completed
    page_digests: Mapped[list[str]] = mapped_column(default=list)  # its pages as pictures, there too
    signed_on: Mapped[date | None]
    completed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column(default=1)
    sign_by_on: Mapped[date | None]  # the last day for signing; the organizer may move it
    late_told_at: Mapped[datetime | None]  # when people were told that it is over
    parties: Mapped[list["Party"]] = relationship(
        back_populates="agreement", order_by="Party.position", lazy="raise", cascade="all, delete-orphan"
    )
    change: Mapped[AgreementChange | None] = relationship(  # what it amends or terminates
        lazy="raise", viewonly=True, foreign_keys=AgreementChange.agreement_id
    )
    paper: Mapped[PaperCopy | None] = relationship(lazy="raise", viewonly=True)  # signed by hand, not in the PDF
    planned: Mapped[list[PlannedSigner]] = relationship(order_by=PlannedSigner.id, lazy="raise", viewonly=True)
    technologies: Mapped[list[AgreementTechnology]] = relationship(
        order_by=AgreementTechnology.position, lazy="raise", cascade="all, delete-orphan"
    )
    milestones: Mapped[list[Milestone]] = relationship(
        order_by=Milestone.position, lazy="raise", cascade="all, delete-orphan"
    )

    attachments: Mapped[list[Attachment]] = relationship(
        order_by=Attachment.place, lazy="raise", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def subject(self) -> str:
        return pick(self.subject_vi, self.subject_en)

    @property
    def shown_languages(self) -> list[str]:
        """The languages of the document, the main one first."""
        return ["vi", "en"] if self.languages == "both" else [self.languages]

    @property
    def is_investment(self) -> bool:
        return self.kind in INVESTMENT_KINDS

    @property
    def is_issued(self) -> bool:
        """Whether an authority decides it, instead of parties who agree."""
        return self.kind == "investment_decision"

    @property
    def is_binding(self) -> bool:
        """Whether all have signed, whatever came of it later."""
        return self.signed_on is not None

    @property
    def is_open(self) -> bool:
        """Whether its text may still change."""
        return self.state in {"draft", "negotiation"}

    def require_open(self) -> None:
        """Raises StepSkipped once the text is settled."""
        if not self.is_open:
            raise StepSkipped


class Party(Model):
    """A side of an agreement, with the legal data it had when the agreement was drafted."""

    __tablename__ = "party"
    __table_args__ = (
        UniqueConstraint("agreement_id", "position"),
        CheckConstraint("position BETWEEN 1 AND 6", name="two_to_six"),
        Index("ix_party_company", "company_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    agreement: Mapped[Agreement] = relationship(back_populates="parties", lazy="raise")
    position: Mapped[int]
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    company: Mapped[Company | None] = relationship(lazy="raise")
    name_vi: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    tax_code: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    representative: Mapped[str] = mapped_column(default="")
    representative_title: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="vi")
    rank: Mapped[int] = mapped_column(default=1, server_default="1")  # of its representative, see PlannedSigner
    signatures: Mapped[list["Signature"]] = relationship(back_populates="party", lazy="raise")

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)


class Signature(Stateful, Model):
    """One person's signature for a party: by a mailed code now, by a certificate where there is one.

    Only a digest of the code is kept; ``method`` says what the signature proves. A person who is asked
    anew is a new row beside the ended one, but never two open ones.
    """

    STEPS = steps(
        waiting="invited expired",
        invited="viewed signed declined delegated expired",
        viewed="signed declined delegated expired",
    )

    __tablename__ = "signature"
    __table_args__ = (
        one_of("state", ("waiting", "invited", "viewed", "signed", "declined", "delegated", "expired")),
        one_of("role", ("signer", "approver", "witness", "copy")),
        one_of("method", ("mailed_code", "certificate", "seal")),
        CheckConstraint("(state = 'signed') = (signed_at IS NOT NULL)", name="signed_is_dated"),
        # Two requests at once cannot ask the same person twice for the same.
        Index(
            "uq_signature_asked",
            "party_id",
            "role",
            "signer_email",
            unique=True,
            sqlite_where=ASKED,
            postgresql_where=ASKED,
        ),
        CheckConstraint("code_tries >= 0 AND codes_sent >= 0", name="counts_tries"),
        Index("ix_signature_party", "party_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    party: Mapped[Party] = relationship(back_populates="signatures", lazy="raise")
    role: Mapped[str] = mapped_column(default="signer")
    rank: Mapped[int] = mapped_column(default=1, server_default="1")
    field: Mapped[str] = mapped_column(default="", server_default="")  # where it signs; empty: the party's own
    method: Mapped[str] = mapped_column(default="mailed_code")
    signer_name: Mapped[str]
    signer_email: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    code_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    code_expires_at: Mapped[datetime | None]
    code_tries: Mapped[int] = mapped_column(default=0)  # of the present code
    code_sent_at: Mapped[datetime | None]
    codes_sent: Mapped[int] = mapped_column(default=0)  # since the signer was last invited
    invited_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(default=0, server_default="0")
    reminded_at: Mapped[datetime | None]
    viewed_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    address: Mapped[str | None]  # network address the signature came from
    evidence: Mapped[dict[str, Any]] = mapped_column(default=dict)
    decline_reason: Mapped[str] = mapped_column(default="")

"""Tables of a negotiation: versions of the text, comments, proposed changes, and who agrees to which text."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from techfair.core import clock
from techfair.core.database import one_of
from techfair.core.states import Stateful, steps
from techfair.extensions import Model


class TextVersion(Model):
    """The clauses as they stood once, numbered, with the digest of text and deal at that moment."""

    __tablename__ = "agreement_text"
    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    number: Mapped[int]
    clauses: Mapped[list[dict[str, str]]]
    digest: Mapped[str]
    made_by: Mapped[str]  # the party or person whose change it was
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


class ClauseComment(Model):
    """What a party says about a clause; clauses count from 0. ``author`` outlives the party's row."""

    __tablename__ = "clause_comment"
    __table_args__ = (Index("ix_clause_comment_agreement", "agreement_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    author: Mapped[str]
    clause: Mapped[int]
    text: Mapped[str]
    said_at: Mapped[datetime] = mapped_column(default=clock.now)


class ClauseProposal(Stateful, Model):
    """A changed clause, from a party to the others: what it was, what it is to be, and what became of it."""

    STEPS = steps(open="accepted rejected withdrawn outdated")

    __tablename__ = "clause_proposal"
    __table_args__ = (
        one_of("state", ("open", "accepted", "rejected", "withdrawn", "outdated")),
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided_is_dated"),
        Index("ix_clause_proposal_agreement", "agreement_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    email: Mapped[str]  # by which the proposing party is known: each party has a mailbox of its own
    author: Mapped[str]
    clause: Mapped[int]
    before: Mapped[list[dict[str, str]]]  # one clause
    after: Mapped[list[dict[str, str]]]
    reason: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="open")
    proposed_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(default="")


class Consent(Model):
    """A party's yes to exactly one text and deal; a changed one needs it anew."""

    __tablename__ = "agreement_consent"

    party_id: Mapped[int] = mapped_column(ForeignKey("party.id", ondelete="CASCADE"), primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    digest: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(default=clock.now)

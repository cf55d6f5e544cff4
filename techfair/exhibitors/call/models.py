"""Tables: the conditions of a fair's call with their versions, its questions, and what applicants said to both."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.core.languages import pick
from techfair.extensions import Model

QUESTION_KINDS = ("line", "text", "one", "several", "yes_no", "number")
WITH_CHOICES = ("one", "several")


class CallTerms(Model):
    """One version of the conditions; never changed, for applicants accepted exactly this text. Empty: none apply."""

    __tablename__ = "call_terms"
    __table_args__ = (
        # Of two who save at once the second is told, for both made the same version.
        UniqueConstraint("fair_id", "version"),
        CheckConstraint("version > 0", name="counts_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    version: Mapped[int]
    text_vi: Mapped[str] = mapped_column(default="")
    text_en: Mapped[str] = mapped_column(default="")
    set_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def text(self) -> str:
        return pick(self.text_vi, self.text_en)


class CallAcceptance(Model):
    """That an applicant accepted a version of the conditions, and when."""

    __tablename__ = "call_acceptance"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), primary_key=True)
    terms_id: Mapped[int] = mapped_column(ForeignKey("call_terms.id"), primary_key=True)
    terms: Mapped[CallTerms] = relationship(lazy="raise")
    accepted_at: Mapped[datetime] = mapped_column(default=clock.now)
    accepted_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))


class CallQuestion(Model):
    """What an organizer asks all applicants of a fair; once answered it is retired, not deleted.

    ``choices`` hold ``key``, ``vi`` and ``en`` each.
    """

    __tablename__ = "call_question"
    __table_args__ = (
        one_of("kind", QUESTION_KINDS),
        CheckConstraint("text_vi <> ''", name="asks_something"),
        Index("ix_call_question_fair", "fair_id", "place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    place: Mapped[int]
    kind: Mapped[str]
    text_vi: Mapped[str]
    text_en: Mapped[str] = mapped_column(default="")
    hint_vi: Mapped[str] = mapped_column(default="")
    hint_en: Mapped[str] = mapped_column(default="")
    choices: Mapped[list[dict[str, str]]] = mapped_column(default=list)
    is_required: Mapped[bool] = mapped_column(default=False)
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def text(self) -> str:
        return pick(self.text_vi, self.text_en)

    @property
    def hint(self) -> str:
        return pick(self.hint_vi, self.hint_en)

    @property
    def labels(self) -> dict[str, str]:
        """The choices by key, in the reader's language."""
        return {choice["key"]: pick(choice["vi"], choice["en"]) for choice in self.choices}


class CallAnswer(Model):
    """What an application answers to a question: one text, keys of choices, ``yes`` or ``no``, or digits."""

    __tablename__ = "call_answer"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("call_question.id"), primary_key=True, index=True)
    question: Mapped[CallQuestion] = relationship(lazy="raise")
    said: Mapped[list[str]] = mapped_column(default=list)

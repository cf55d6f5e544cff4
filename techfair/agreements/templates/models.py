"""The table of templates: what a kind's documents say, in versions."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from techfair.agreements.kinds import KINDS
from techfair.core import clock
from techfair.core.database import one_of
from techfair.extensions import Model


class AgreementTemplate(Model):
    """The clauses of a kind in a version; an agreement keeps the version it was drafted from.

    ``clauses`` are ``{"heading_vi", "heading_en", "text_vi", "text_en", "covers"}`` with {fields} in the texts;
    ``covers`` names between commas what of the kind's required contents a clause holds.
    """

    __tablename__ = "agreement_template"
    __table_args__ = (UniqueConstraint("fair_id", "kind", "version"), one_of("kind", KINDS))

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int | None] = mapped_column(ForeignKey("fair.id"))  # none: the platform's own
    kind: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    title_vi: Mapped[str]
    title_en: Mapped[str]
    clauses: Mapped[list[dict[str, str]]]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

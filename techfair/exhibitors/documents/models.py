"""The table of documents that belong to technologies, needs and companies."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.core.languages import pick
from techfair.exhibitors.models import Company
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import Model

LEVELS = ("public", "request", "nda", "organizer")
ONE = " + ".join(f"CASE WHEN {owner}_id IS NULL THEN 0 ELSE 1 END" for owner in ("technology", "need", "company"))


class RecordDocument(Model):
    """A PDF. ``public``: who sees whose it is downloads it; of a technology else only its title shows.

    Needs keep nothing back: nobody could be asked for it. Licences and certificates of a company may be
    for the organizers alone of those fairs to which it applied (``organizer``); others see not even the title.
    """

    __tablename__ = "record_document"
    __table_args__ = (
        CheckConstraint(f"{ONE} = 1", name="one_record"),
        CheckConstraint("need_id IS NULL OR level = 'public'", name="needs_keep_nothing_back"),
        CheckConstraint("company_id IS NULL OR level IN ('public', 'organizer')", name="of_company"),
        CheckConstraint("level <> 'organizer' OR company_id IS NOT NULL", name="for_organizers"),
        UniqueConstraint("technology_id", "digest"),  # a form sent twice adds it once
        UniqueConstraint("need_id", "digest"),
        UniqueConstraint("company_id", "digest"),
        one_of("level", LEVELS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    technology_id: Mapped[int | None] = mapped_column(ForeignKey("technology.id"))
    technology: Mapped[Technology | None] = relationship(lazy="raise")
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"))
    need: Mapped[Need | None] = relationship(lazy="raise")
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    company: Mapped[Company | None] = relationship(lazy="raise")
    title_vi: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default="public")
    digest: Mapped[str]
    size: Mapped[int]  # bytes
    added_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def title(self) -> str:
        return pick(self.title_vi, self.title_en)

    @property
    def record(self) -> Technology | Need | Company:
        """Whose it is; read the relationships ahead (``deeds.WITH_RECORD``)."""
        record = self.technology or self.need or self.company
        assert record is not None  # noqa: S101 - a constraint of the table
        return record

"""The table of a company's further contacts. The main one stands in the company's own columns (contact_…)."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core.languages import pick
from techfair.exhibitors.models import Company
from techfair.extensions import Model


class CompanyContact(Model):
    """A person to write to beside the main contact. Nobody but company and organizer sees it unless ``is_public``."""

    __tablename__ = "company_contact"
    __table_args__ = (UniqueConstraint("company_id", "name", "email"),)  # a form sent twice adds one

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    company: Mapped[Company] = relationship(lazy="raise")
    name: Mapped[str]
    title_vi: Mapped[str] = mapped_column(default="")
    title_en: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str | None]
    is_public: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def title(self) -> str:
        return pick(self.title_vi, self.title_en)

"""What stands at lasting addresses: published records, and companies, of those that exhibit at a public fair."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from techfair.exhibitors.displays.models import KINDS, RecordLeftOut
from techfair.exhibitors.experts.models import Expert
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db
from techfair.fairs.models import Fair


def is_known() -> ColumnElement[bool]:
    """That a company exhibits, or once did, at a fair that everyone may see."""
    there = exists().where(Exhibitor.company_id == Company.id, Exhibitor.is_active, Exhibitor.fair_id == Fair.id)
    return there.where(Fair.state != "draft")


def record(model: type[Technology | Need], ref: str) -> Any:
    """The published technology or need of an address, with its company; None where nobody may see it."""
    those = select(model).join(model.company).where(model.public_ref == ref, model.state == "published", is_known())
    return db.session.scalars(
        those.options(joinedload(model.company).selectinload(Company.sectors), selectinload(model.sectors))
    ).one_or_none()


def company(ref: str) -> Company | None:
    """The company of an address; None where it never took part in a public fair."""
    those = select(Company).where(Company.public_ref == ref, is_known())
    return db.session.scalars(those.options(selectinload(Company.sectors))).one_or_none()


def fairs_of(company_id: int, record: Technology | Need | None = None) -> Sequence[Fair]:
    """The public fairs at which a company exhibits, of a record those that show it, the newest first."""
    those = select(Fair).join(Exhibitor, Exhibitor.fair_id == Fair.id)
    those = those.where(Exhibitor.company_id == company_id, Exhibitor.is_active, Fair.state != "draft")
    if record is not None:
        out = RecordLeftOut.exhibitor_id == Exhibitor.id, RecordLeftOut.kind == KINDS[type(record)]
        those = those.where(~exists().where(*out, RecordLeftOut.record_id == record.id))
    return db.session.scalars(those.order_by(Fair.starts_on.desc(), Fair.id.desc())).all()


def listed(model: type[Technology | Need | Company | Expert]) -> Any:
    """Reference and last known change of everything of a kind that has an address, in a steady order."""
    if issubclass(model, Company):
        companies = select(Company.public_ref, Company.created_at)
        return companies.where(is_known()).order_by(Company.id)
    records = select(model.public_ref, model.published_at).join(model.company)
    return records.where(model.state == "published", is_known()).order_by(model.id)


def count(rows: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(rows.order_by(None).subquery())) or 0

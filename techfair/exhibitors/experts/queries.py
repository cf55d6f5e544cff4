"""Reads of experts and innovative firms."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from techfair.exhibitors.experts.models import Expert, ExpertTechnology
from techfair.exhibitors.models import Company
from techfair.exhibitors.permanent.queries import is_known
from techfair.exhibitors.queries import taking_part
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db
from techfair.fairs.models import Fair

WHOLE = (joinedload(Expert.company), selectinload(Expert.sectors), selectinload(Expert.ties))


def published(ref: str) -> Expert | None:
    """The public entry of an address."""
    those = select(Expert).join(Expert.company).where(Expert.public_ref == ref, Expert.state == "published", is_known())
    return db.session.scalars(those.options(joinedload(Expert.company), selectinload(Expert.sectors))).one_or_none()


def technologies_of(expert: Expert) -> Sequence[Technology]:
    """The published technologies that they stand for."""
    those = select(Technology).join(ExpertTechnology, ExpertTechnology.technology_id == Technology.id)
    those = those.where(ExpertTechnology.expert_id == expert.id, Technology.state == "published")
    return db.session.scalars(those.order_by(Technology.id)).all()


def of_technology(technology: Technology) -> Sequence[Expert]:
    """Who stands for a technology, as far as it is public."""
    those = select(Expert).join(ExpertTechnology, ExpertTechnology.expert_id == Expert.id)
    those = those.where(ExpertTechnology.technology_id == technology.id, Expert.state == "published")
    return db.session.scalars(those.order_by(Expert.name)).all()


def of_company(company_id: int) -> Sequence[Expert]:
    return _all(select(Expert).filter_by(company_id=company_id))


def of_fair(fair: Fair) -> Sequence[Expert]:
    """Those of a fair's exhibitors."""
    return _all(select(Expert).join(Expert.company).where(taking_part(fair)))


def choices(company_id: int) -> list[tuple[int, str]]:
    """A company's technologies, to tie an expert to."""
    rows = select(Technology).filter_by(company_id=company_id).where(Technology.state != "archived")
    return [(one.id, one.title) for one in db.session.scalars(rows.order_by(Technology.id))]


def companies_at(fair: Fair) -> list[tuple[str, str]]:
    """A fair's exhibitors by reference and name, to choose from."""
    rows = select(Company).where(taking_part(fair)).order_by(Company.search_key)
    return [(one.public_ref, one.name) for one in db.session.scalars(rows)]


def _all(those: Select[Any]) -> Sequence[Expert]:
    return db.session.scalars(those.options(*WHOLE).order_by(Expert.name, Expert.id)).all()

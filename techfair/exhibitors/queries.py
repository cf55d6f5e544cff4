"""Reads that the pages of exhibitors and of the market share."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload, selectinload

from techfair.exhibitors.displays import queries as displays
from techfair.exhibitors.models import FINAL_STATES, Application, BoothAssignment, Company, Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.models import Fair

GIVEN = BoothAssignment.state == "assigned"
WITH_COMPANY = (joinedload(Application.company).selectinload(Company.sectors), joinedload(Application.fair))
EXHIBITOR_WITH_COMPANY = (joinedload(Exhibitor.company),)


def taking_part(fair: Fair) -> ColumnElement[bool]:
    """Companies that exhibit at a fair."""
    return Company.id.in_(select(Exhibitor.company_id).where(Exhibitor.fair_id == fair.id, Exhibitor.is_active))


def public_exhibitors(fair: Fair) -> Select[Exhibitor]:
    """The exhibitors of a fair, by name."""
    those = select(Exhibitor).join(Exhibitor.company).where(Exhibitor.fair_id == fair.id, Exhibitor.is_active)
    those = those.options(
        contains_eager(Exhibitor.company).selectinload(Company.sectors), selectinload(Exhibitor.booths)
    )
    return those.order_by(Company.search_key, Exhibitor.id)


def public_technologies(fair: Fair) -> Select[Technology]:
    """The published offers that a fair's exhibitors show there, the newest first."""
    return public_records(Technology, fair)


def public_records(model: Any, fair: Fair) -> Select[Any]:
    """The same of technologies or needs."""
    those = select(model).join(model.company).where(model.state == "published", taking_part(fair))
    those = those.where(displays.is_shown(model, fair))
    those = those.options(contains_eager(model.company), selectinload(model.sectors))
    return those.order_by(model.published_at.desc(), model.id.desc())


def exhibitor_at(fair: Fair, company_id: int) -> Exhibitor | None:
    """The company as it takes part in a fair, with its booths."""
    mine = select(Exhibitor).filter_by(fair_id=fair.id, company_id=company_id, is_active=True)
    mine = mine.options(selectinload(Exhibitor.booths), joinedload(Exhibitor.company).selectinload(Company.sectors))
    return db.session.scalars(mine).one_or_none()


def published_of(model: type[Any], company_id: int, fair: Fair | None = None) -> Sequence[Any]:
    """The published technologies or needs of a company; at a fair those that it shows there."""
    those = select(model).filter_by(company_id=company_id, state="published")
    if fair is not None:
        those = those.where(displays.is_shown(model, fair))
    return db.session.scalars(those.order_by(model.published_at.desc())).all()


def records_of(model: type[Any], company_id: int) -> Sequence[Any]:
    """All technologies or needs of a company, what was changed last first."""
    those = select(model).filter_by(company_id=company_id).options(selectinload(model.sectors))
    return db.session.scalars(those.order_by(model.id.desc())).all()


def record_counts(company_id: int) -> dict[str, int]:
    """How many technologies of a company stand in which state."""
    rows = select(Technology.state, func.count()).filter_by(company_id=company_id).group_by(Technology.state)
    return {row.state: row[1] for row in db.session.execute(rows)}


def applications_of(company_id: int) -> Sequence[Application]:
    """A company's applications, the newest first."""
    mine = select(Application).filter_by(company_id=company_id).options(joinedload(Application.fair))
    return db.session.scalars(mine.order_by(Application.id.desc())).all()


def application_counts(fair: Fair) -> dict[str, int]:
    """How many applications of a fair stand in which state."""
    rows = select(Application.state, func.count()).filter_by(fair_id=fair.id).group_by(Application.state)
    return {row.state: row[1] for row in db.session.execute(rows)}


def booths_of_companies(fair: Fair, company_ids: Sequence[int]) -> dict[int, list[str]]:
    """The codes of the booths of companies at a fair."""
    rows = (
        select(Exhibitor.company_id, Booth.code)
        .join(BoothAssignment, BoothAssignment.exhibitor_id == Exhibitor.id)
        .join(Booth, Booth.id == BoothAssignment.booth_id)
        .where(Exhibitor.fair_id == fair.id, Exhibitor.company_id.in_(company_ids), GIVEN)
        .order_by(Booth.code)
    )
    booths: dict[int, list[str]] = {}
    for company_id, code in db.session.execute(rows):
        booths.setdefault(company_id, []).append(code)
    return booths


def booth_list(fair: Fair) -> list[tuple[Booth, BoothAssignment | None]]:
    """All booths of a fair by code, each with who holds it."""
    holds = (BoothAssignment.booth_id == Booth.id) & BoothAssignment.state.in_(("offered", "assigned"))
    rows = select(Booth, BoothAssignment).outerjoin(BoothAssignment, holds).join(Hall, Hall.id == Booth.hall_id)
    rows = rows.where(Booth.fair_id == fair.id).order_by(Hall.code, Booth.code)
    company = joinedload(BoothAssignment.exhibitor).joinedload(Exhibitor.company)
    # Its booth is the one beside it, and an inner join to it would drop the free ones.
    rows = rows.options(joinedload(Booth.hall), company, lazyload(BoothAssignment.booth))
    return [(booth, held) for booth, held in db.session.execute(rows)]


def without_booth(fair: Fair) -> Sequence[Exhibitor]:
    """The exhibitors of a fair that have no booth yet, by name."""
    given = select(BoothAssignment.exhibitor_id).where(GIVEN)
    those = select(Exhibitor).join(Exhibitor.company).where(Exhibitor.fair_id == fair.id, Exhibitor.is_active)
    those = those.where(Exhibitor.id.not_in(given)).options(contains_eager(Exhibitor.company))
    return db.session.scalars(those.order_by(Company.search_key)).all()


def all_exhibitors(fair: Fair) -> Sequence[Exhibitor]:
    """The exhibitors of a fair, by name, to choose from."""
    those = select(Exhibitor).join(Exhibitor.company).where(Exhibitor.fair_id == fair.id, Exhibitor.is_active)
    return db.session.scalars(those.options(contains_eager(Exhibitor.company)).order_by(Company.search_key)).all()


def application_sent(fair: Fair, id: int | None) -> Application | None:
    """The application that this browser has just sent to the fair."""
    mine = select(Application).filter_by(id=id, fair_id=fair.id).options(joinedload(Application.company))
    return db.session.scalars(mine).one_or_none()


def earlier_applications(application: Application) -> Sequence[Application]:
    """What became of the same company's wishes before, here and at other fairs."""
    those = select(Application).where(
        Application.company_id == application.company_id,
        Application.id != application.id,
        Application.state.in_((*FINAL_STATES, "approved")),
    )
    return db.session.scalars(
        those.options(joinedload(Application.fair)).order_by(Application.id.desc()).limit(10)
    ).all()

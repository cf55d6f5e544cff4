"""Reads about requests and offers that pages share."""

from collections.abc import Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from techfair.exhibitors.models import BoothAssignment, Company, Exhibitor
from techfair.exhibitors.placing.models import BoothWish
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair


def free_ids(fair: Fair) -> set[int]:
    """The numbers of the booths that can be given to somebody."""
    held = exists().where(BoothAssignment.booth_id == Booth.id, BoothAssignment.state.in_(("offered", "assigned")))
    return set(db.session.scalars(select(Booth.id).where(Booth.fair_id == fair.id, ~Booth.is_blocked, ~held)))


def requests_by_booth(fair: Fair) -> dict[int, int]:
    """How many ask for each booth that somebody asks for."""
    counts = select(BoothAssignment.booth_id, func.count()).join(Booth, Booth.id == BoothAssignment.booth_id)
    counts = counts.where(Booth.fair_id == fair.id, BoothAssignment.state == "requested")
    return {row.booth_id: row[1] for row in db.session.execute(counts.group_by(BoothAssignment.booth_id))}


def waiting(fair: Fair) -> Sequence[BoothAssignment]:
    """The requests and offers of a fair: by booth, who asked first first."""
    company = joinedload(BoothAssignment.exhibitor).joinedload(Exhibitor.company)
    those = select(BoothAssignment).join(Booth, Booth.id == BoothAssignment.booth_id).where(Booth.fair_id == fair.id)
    those = those.where(BoothAssignment.state.in_(("requested", "offered"))).options(company)
    return db.session.scalars(those.order_by(Booth.code, BoothAssignment.changed_at, BoothAssignment.id)).all()


def wishes_at(fair: Fair) -> dict[int, BoothWish]:
    """What the exhibitors of a fair wish for, by exhibitor."""
    those = select(BoothWish).join(Exhibitor, Exhibitor.id == BoothWish.exhibitor_id)
    return {one.exhibitor_id: one for one in db.session.scalars(those.where(Exhibitor.fair_id == fair.id))}


def names(fair: Fair) -> dict[int, str]:
    """The companies of the exhibitors that take part in a fair, by exhibitor, in the order of their names."""
    rows = select(Exhibitor.id, Company).join(Company, Company.id == Exhibitor.company_id)
    rows = rows.where(Exhibitor.fair_id == fair.id, Exhibitor.is_active).order_by(Company.search_key)
    return {row.id: row.Company.name for row in db.session.execute(rows)}

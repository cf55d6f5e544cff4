"""The report's figures of exhibitors, their booths, offers and needs."""

from dataclasses import dataclass

from sqlalchemy import distinct, func, select

from techfair.exhibitors.displays import queries as displays
from techfair.exhibitors.models import BoothAssignment, Company, Exhibitor
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db
from techfair.fairs.models import Fair


@dataclass(frozen=True)
class MarketCounts:
    """Approved exhibitors with a booth, the booths they hold, and their published offers and needs."""

    exhibitors: int
    booths: int
    technologies: int
    needs: int


def market(fair: Fair) -> MarketCounts:
    holding = (
        select(Exhibitor.id, Exhibitor.company_id, BoothAssignment.booth_id)
        .join(BoothAssignment, BoothAssignment.exhibitor_id == Exhibitor.id)
        .where(Exhibitor.fair_id == fair.id, Exhibitor.is_active, BoothAssignment.state == "assigned")
        .subquery()
    )
    counted = select(func.count(distinct(holding.c.id)), func.count(holding.c.booth_id))
    exhibitors, booths = db.session.execute(counted).one()
    companies = select(holding.c.company_id)
    offers = select(func.count()).select_from(Technology).where(Technology.company_id.in_(companies))
    needs = select(func.count()).select_from(Need).join(Company, Company.id == Need.company_id)
    taking_part = select(Exhibitor.company_id).where(Exhibitor.fair_id == fair.id, Exhibitor.is_active)
    needs = needs.where(Company.id.in_(taking_part), Need.state == "published", displays.is_shown(Need, fair))
    offers = offers.where(Technology.state == "published", displays.is_shown(Technology, fair))
    technologies = db.session.scalar(offers) or 0
    return MarketCounts(exhibitors, booths, technologies, db.session.scalar(needs) or 0)

"""Reads of requests for what is kept back."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from techfair.exhibitors.disclosure.models import DisclosureRequest, Showing, Undertaking
from techfair.exhibitors.models import Company
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db

WITH_TECHNOLOGY = (joinedload(DisclosureRequest.technology).joinedload(Technology.company),)
MOST = 200  # of a list


def technology_of(request: DisclosureRequest) -> Technology:
    """Its technology, loaded with its company."""
    mine = select(Technology).filter_by(id=request.technology_id).options(joinedload(Technology.company))
    return db.session.scalars(mine.execution_options(populate_existing=True)).one()


def latest_of(technology: Technology, key: str) -> DisclosureRequest | None:
    """A reader's newest request for a technology."""
    mine = select(DisclosureRequest).filter_by(technology_id=technology.id, asker=key)
    return db.session.scalars(mine.order_by(DisclosureRequest.id.desc()).limit(1)).first()


def of_reader(key: str) -> Sequence[DisclosureRequest]:
    """All that a reader asked for, the newest first, with technologies and their companies."""
    mine = select(DisclosureRequest).filter_by(asker=key).options(*WITH_TECHNOLOGY)
    return db.session.scalars(mine.order_by(DisclosureRequest.id.desc()).limit(MOST)).all()


def of_company(company: Company) -> Sequence[Any]:
    """What a company is asked for, undecided first: request, whether it is signed, how often shown and when last."""
    shown = select(Showing.request_id, func.count().label("times"), func.max(Showing.shown_at).label("last"))
    counted = shown.group_by(Showing.request_id).subquery()
    rows = select(DisclosureRequest, Undertaking.signed_at, func.coalesce(counted.c.times, 0), counted.c.last)
    rows = rows.join(DisclosureRequest.technology).where(Technology.company_id == company.id)
    rows = rows.outerjoin(Undertaking, Undertaking.request_id == DisclosureRequest.id)
    rows = rows.outerjoin(counted, counted.c.request_id == DisclosureRequest.id)
    rows = rows.options(contains_eager(DisclosureRequest.technology))
    undecided_first = (DisclosureRequest.state != "asked", DisclosureRequest.id.desc())
    return db.session.execute(rows.order_by(*undecided_first).limit(MOST)).all()


def showings(request: DisclosureRequest) -> Sequence[Showing]:
    """Each time that something was shown, the newest first."""
    mine = select(Showing).filter_by(request_id=request.id).order_by(Showing.id.desc()).limit(MOST)
    return db.session.scalars(mine).all()

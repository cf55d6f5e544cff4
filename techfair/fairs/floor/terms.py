"""What booths of a category measure, cost and include at a fair."""

from typing import Any

from sqlalchemy import select

from techfair.core import audit
from techfair.core.database import upsert
from techfair.extensions import db
from techfair.fairs.floor import naming
from techfair.fairs.floor.models import BOOTH_CATEGORIES, BoothTerms
from techfair.fairs.models import Fair

TEXTS = ("name_vi", "name_en", "includes_vi", "includes_en")
SIZE = {"width": 2, "height": 2, "square_metres": 9}  # of a booth of which nothing else was said: 3 by 3 metres


def of(fair_id: int) -> dict[str, BoothTerms]:
    """The terms of a fair by category; of a category without a row, unsaved ones that say nothing."""
    said = db.session.scalars(select(BoothTerms).filter_by(fair_id=fair_id)).all()
    naming.remember(fair_id, list(said))
    known = {one.category: one for one in said}
    return {name: known.get(name) or _unsaid(fair_id, name) for name in BOOTH_CATEGORIES}


def _unsaid(fair_id: int, category: str) -> BoothTerms:
    return BoothTerms(fair_id=fair_id, category=category, **dict.fromkeys(TEXTS, ""), **SIZE)


def sizes(fair_id: int) -> dict[str, dict[str, int]]:
    """What a new booth of each category measures."""
    return {name: {key: getattr(one, key) for key in SIZE} for name, one in of(fair_id).items()}


def set_terms(fair: Fair, category: str, by: Any, **values: Any) -> None:
    """Say what booths of a category measure, cost and include; booths that stand keep their size."""
    upsert(BoothTerms, [{"fair_id": fair.id, "category": category} | values], by=("fair_id", "category"))
    audit.record("booth_terms.set", fair, by=by, category=category, price_vnd=values.get("price_vnd"))

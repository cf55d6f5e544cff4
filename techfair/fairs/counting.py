"""The report's figures of the programme and the plan."""

from sqlalchemy import func, select

from techfair.core import clock
from techfair.extensions import db
from techfair.fairs.models import Activity, Fair


def activities_held(fair: Fair) -> int:
    """Activities that took place: planned ones count once their time is over, cancelled ones never."""
    took_place = (Activity.state == "held") | ((Activity.state == "planned") & (Activity.ends_at <= clock.now()))
    return db.session.scalar(select(func.count()).where(Activity.fair_id == fair.id, took_place)) or 0

"""What this room adds to a fair's own pages: who exhibits, what is on offer."""

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, select

from techfair.core.formats import format_number
from techfair.core.languages import language
from techfair.exhibitors import queries
from techfair.extensions import db
from techfair.fairs import front
from techfair.fairs.models import Fair

SHOWN = 6  # of each on the first page


@front.actions.add(30)
def exhibit(fair: Fair) -> front.Action | None:
    if not fair.takes_applications:
        return None
    return front.Action(_l("Exhibit at the fair"), url_for("exhibitors.apply", slug=fair.slug), "store")


@front.figures.add(20)
def exhibitor_count(fair: Fair) -> front.Figure | None:
    count = _count(queries.public_exhibitors(fair))
    return _figure(count, _l("exhibitors"), url_for("market.exhibitors", slug=fair.slug))


@front.figures.add(30)
def technology_count(fair: Fair) -> front.Figure | None:
    count = _count(queries.public_technologies(fair))
    return _figure(count, _l("technologies on offer"), url_for("market.technologies", slug=fair.slug))


def _count(rows: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(rows.order_by(None).subquery())) or 0


def _figure(count: int, label: Any, url: str) -> front.Figure | None:
    return front.Figure(format_number(count, language()), label, url) if count else None


@front.parts.add(20)
def exhibitors(fair: Fair) -> front.Part | None:
    return _part("market/_front_exhibitors.html", queries.public_exhibitors(fair))


@front.parts.add(30)
def technologies(fair: Fair) -> front.Part | None:
    return _part("market/_front_technologies.html", queries.public_technologies(fair))


def _part(template: str, rows: Select[Any]) -> front.Part | None:
    """The first rows of a list; no part where it is empty."""
    first = list(db.session.scalars(rows.limit(SHOWN)).unique())
    return front.Part(template, {"rows": first}) if first else None

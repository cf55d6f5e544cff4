"""Today: the fair at a glance, and what waits for the organizers."""

from collections import Counter
from datetime import date, timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from techfair.agreements import counting as agreements
from techfair.core import access, pages, rail
from techfair.exhibitors import queries as exhibitors
from techfair.exhibitors.words import APPLICATION_STATES
from techfair.fairs.models import Fair
from techfair.organizers import queries, tasks
from techfair.visitors.tallies import figures

bp = access.signed_in(Blueprint("today", __name__, url_prefix="/organizer/fairs/<slug>"))
rail.console_entry(bp.name, _l("Today"), "gauge", "today.index", grant="read", order=10)

OPENING_HOURS = range(7, 18)  # always on the axis, so that days compare; earlier and later hours as they come


@bp.get("/")
def index(slug: str) -> ResponseReturnValue:
    """The figures of a day: today's while the fair runs, else those of its last day."""
    fair = access.fetch(Fair, slug=slug, to="read")
    pages.show(fair)
    days = queries.days(fair)
    day = _asked(days)
    before = day - timedelta(days=1)
    passed = figures.of(fair)
    states = exhibitors.application_counts(fair)
    return render_template(
        "organizers/today.html",
        days=days,
        day=day,
        day_before=before,
        is_today=day == fair.today,
        has_begun=day >= fair.starts_on,
        passed=passed.of(day),
        entries_before=passed.of(before).entries if before in days else None,
        hours=_hours(passed.by_hour(day), passed.by_hour(before)),
        states={key: states[key] for key in APPLICATION_STATES if states.get(key)},
        state_words=APPLICATION_STATES,
        booths=queries.booths(fair),
        meetings=queries.meetings(fair, day),
        agreements=agreements.agreements(fair),
        investments=agreements.investments(fair),
        tasks=list(tasks.of(fair, states.get("submitted", 0))),
        activities=queries.activities(fair, day),
    )


def _asked(days: list[date]) -> date:
    """The day of the address if it is one of these, else the last."""
    asked = request.args.get("day", type=date.fromisoformat)
    return asked if asked in days else days[-1]


def _hours(shown: Counter[int], before: Counter[int]) -> list[tuple[str, int, int]]:
    """Points of the chart: the hour, its entries, and those of the day before."""
    known = {*OPENING_HOURS, *shown, *before}
    return [(f"{hour:02}", shown[hour], before[hour]) for hour in range(min(known), max(known) + 1)]

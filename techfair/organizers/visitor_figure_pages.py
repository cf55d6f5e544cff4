"""The visitors' figures by day, hour, gate, kind, province and country, each with its definition."""

from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from techfair.core import access, pages
from techfair.core.formats import format_date
from techfair.core.languages import language
from techfair.fairs.models import Fair
from techfair.organizers import report, visitor_figures
from techfair.organizers.visitor_figures import Counted

bp = access.signed_in(Blueprint("visitor_figures", __name__, url_prefix="/organizer/fairs/<slug>/visitor-figures"))


@bp.get("")
def index(slug: str) -> ResponseReturnValue:
    """The whole fair, or the day of the address."""
    fair = access.fetch(Fair, slug=slug, to="read")
    pages.show(fair)
    counted = visitor_figures.of(fair, request.args.get("day", type=date.fromisoformat))
    keys = [f"visitors.{name}" for name in counted.figures()]
    return render_template(
        "organizers/visitor_figures.html",
        counted=counted,
        tabs_of_days=_tabs(counted),
        labels=report.LABELS,
        definitions=report.DEFINITIONS,
        keys=keys,
        columns=_columns(counted),
    )


def _tabs(counted: Counted) -> list[dict[str, object]]:
    slug = counted.fair.slug
    whole = {"label": _("Whole fair"), "url": url_for(".index", slug=slug), "is_current": counted.day is None}
    days = [
        {
            "label": format_date(day, language()),
            "url": url_for(".index", slug=slug, day=day.isoformat()),
            "is_current": day == counted.day,
        }
        for day in counted.days
    ]
    return [whole, *days]


def _columns(counted: Counted) -> list[str]:
    """What the tables tell of people: of one day neither registrations nor days."""
    if counted.day:
        return [_("Different visitors"), _("Entries")]
    return [_("Registered"), _("Different visitors"), _("Visitor days"), _("Entries")]

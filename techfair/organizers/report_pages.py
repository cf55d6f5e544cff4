"""The report as a document for organizers, and its open figures for everyone once the fair is over."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from techfair.agreements import queries as agreements
from techfair.agreements.kinds import KIND_LABELS
from techfair.core import access, clock, pages, rail
from techfair.core.formats import format_date
from techfair.core.languages import language
from techfair.fairs import front
from techfair.fairs import queries as fairs
from techfair.fairs.models import Fair
from techfair.organizers import breakdowns, report

bp = access.signed_in(Blueprint("report", __name__, url_prefix="/organizer/fairs/<slug>/report"))
rail.console_entry(bp.name, _l("Report"), "file-chart-column", "report.index", grant="report", order=80)
public_bp = access.public_blueprint(Blueprint("figures", __name__, url_prefix="/fairs/<slug>/figures"))

SECTIONS = (  # address within the page, title
    ("summary", _l("Summary")),
    ("programme", _l("Organization and programme")),
    ("exhibitors", _l("Exhibitors, booths, technologies")),
    ("visitors", _l("Visitors")),
    ("delegations", _l("Delegations and coverage")),
    ("connections", _l("Meetings and connections")),
    ("agreements", _l("Agreements")),
    ("investments", _l("Investment projects")),
    ("declared", _l("What others said")),
    ("definitions", _l("Definitions")),
)
SUMMARY = (
    "visitors.unique",
    "visitors.entries",
    "exhibitors",
    "technologies",
    "connections.total",
    "agreements.count",
    "agreements.value_vnd",
    "investments.count",
    "investments.value_vnd",
    "delegates.count",
    "delegates.provinces",
    "activities",
    "unit_contracts.count",
    "unit_contracts.value_vnd",
)
FRESH = 300  # seconds for which everyone's figures may be kept: counting a great fair takes a while


@bp.get("")
def index(slug: str) -> ResponseReturnValue:
    """Figures, tables and registers of the fair, each with its definition and basis."""
    fair = access.fetch(Fair, slug=slug, to="report")
    pages.show(fair)
    counted = report.figures(fair)
    signed = {key: one.signed for key, one in agreements.registers(fair).items()}
    return render_template(
        "organizers/report.html",
        **_told(fair, counted),
        **_tables(fair, counted),
        sections=SECTIONS,
        figures_are_public=are_public(fair),
        digest=report.digest(fair, counted),
        programme=fairs.programme(fair),
        agreements=signed["agreements"],
        investments=signed["investments"],
        kinds=KIND_LABELS,
        declared=report.declared(fair),
    )


def _told(fair: Fair, counted: dict[str, report.Figure]) -> dict[str, Any]:
    """What both pages say: figures, their words, the visitors of each day, connections by origin, and when."""
    return {
        "figures": counted,
        "summary": SUMMARY,
        "labels": report.LABELS,
        "at": clock.now(),
        "by_day": breakdowns.visitors_by_day(report.within(counted, "visitors.by_day")),
        "by_source": breakdowns.connections_by_source(report.within(counted, "connections.by_source_country")),
        "by_sector": breakdowns.connections_by_sector(report.within(counted, "connections.by_sector")),
    }


def _tables(fair: Fair, counted: dict[str, report.Figure]) -> dict[str, Any]:
    days = [date.fromisoformat(day) for day in report.within(counted, "visitors.by_day")]
    return {
        "by_kind": breakdowns.visitors_by_kind(fair),
        "hour_columns": [format_date(day, language()) for day in days],
        "by_hour": breakdowns.entries_by_hour(fair, days),
        "coverage": breakdowns.coverage(fair),
        "exhibitors_by_sector": breakdowns.exhibitors_by_sector(fair),
        "exhibitors_by_country": breakdowns.exhibitors_by_country(fair),
        "technologies_by_sector": breakdowns.technologies_by_sector(fair),
    }


def are_public(fair: Fair) -> bool:
    """Whether everyone may read the figures: once the fair is over, or its organizer has concluded it."""
    return fair.is_public and (fair.is_over or fair.state == "closed")


@public_bp.get("")
def public(slug: str) -> ResponseReturnValue:
    """The figures that the fair is known by."""
    fair = access.fetch(Fair, slug=slug, to="see")
    if not are_public(fair):
        abort(404)
    pages.show(fair)
    answer = make_response(render_template("organizers/figures.html", **_told(fair, report.figures(fair))))
    answer.cache_control.public, answer.cache_control.max_age = True, FRESH
    return answer


@front.actions.add(40)
def see_figures(fair: Fair) -> front.Action | None:
    """After the fair most people come for what came of it."""
    if not are_public(fair):
        return None
    return front.Action(_l("Figures of the fair"), url_for("figures.public", slug=fair.slug), "chart-column")

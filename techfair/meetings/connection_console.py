"""The organizer's pages of connections: the list that is counted, adding one with its evidence, deciding."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select

from techfair.core import access, pages, rail
from techfair.core.vietnamese import search_key
from techfair.exhibitors import companies
from techfair.exhibitors import queries as exhibitor_queries
from techfair.exhibitors.models import Company
from techfair.extensions import db
from techfair.fairs import sectors
from techfair.fairs.models import Fair
from techfair.meetings import connections, queries
from techfair.meetings.connecting import duplicates
from techfair.meetings.connecting.listing import companies_by_name
from techfair.meetings.forms import ConnectionForm
from techfair.meetings.models import Connection
from techfair.meetings.words import CONNECTION_STATES, SOURCES

bp = access.signed_in(Blueprint("connection_console", __name__, url_prefix="/organizer/fairs/<slug>/connections"))
rail.console_entry(bp.name, _l("Connections"), "link", "connection_console.index", grant="meetings", order=60)

PAGE = 50


def _fair(slug: str) -> Fair:
    fair = access.fetch(Fair, slug=slug, to="meetings")
    pages.show(fair)
    return fair


@bp.get("")
def index(slug: str) -> ResponseReturnValue:
    """The connections of a fair, found without accents."""
    return _page(_fair(slug))


def _page(fair: Fair, **context: object) -> str:
    state, text = request.args.get("state", ""), request.args.get("q", "")
    origin, sector = request.args.get("origin", ""), request.args.get("sector", "")
    those = queries.connections_at(fair, state, text, origin, sector)
    return render_template(
        "meetings/connections.html",
        page=db.paginate(those, per_page=PAGE, max_per_page=PAGE, error_out=False),
        state=state,
        text=text,
        origin=origin,
        sector=sectors.label(sector) if sector else "",
        states=CONNECTION_STATES,
        sources=SOURCES,
        counts=queries.connection_counts(fair),
        twins=len(duplicates.possible(fair)),
        **context,
    )


@bp.route("/new", methods=["GET", "POST"])
def new(slug: str) -> ResponseReturnValue:
    """Note a connection with what proves it; it counts at once."""
    fair = _fair(slug)
    taking_part = select(Company).where(exhibitor_queries.taking_part(fair)).order_by(Company.search_key)
    exhibitors = {company.id: company for company in db.session.scalars(taking_part)}
    form = ConnectionForm([(id, company.name) for id, company in exhibitors.items()], fair.today)
    if form.validate_on_submit():
        try:
            connection = connections.propose(
                fair,
                exhibitors[form.one.data],
                exhibitors.get(form.other.data) or _named(form),
                str(form.subject.data),
                current_user,
                source=form.source.data,
                sector=form.sector.data or None,
                arose_on=form.arose_on.data,
                partner_country=form.partner_country.data or None,
            )
        except connections.OneCompanyTwice as refusal:
            db.session.rollback()
            form.other_name.errors = [refusal.message]
        except connections.ConnectionKnown as refusal:
            db.session.rollback()
            form.subject.errors = [refusal.message]
        else:
            connections.confirm(connection, current_user, str(form.evidence.data))
            flash(_("The connection is confirmed."), "good")
            db.session.commit()
            return redirect(url_for(".index", slug=slug), 303)
    has_companies = bool(exhibitors)
    page = render_template("meetings/connection.html", form=form, has_companies=has_companies)
    return page, 422 if form.errors else 200


def _named(form: ConnectionForm) -> Company:
    """The company that the form names, noted where nobody knows it."""
    name = str(form.other_name.data)
    known = companies_by_name().get(search_key(name))
    return known or companies.note(name, form.partner_country.data or connections.HOME, current_user)


@bp.post("/<int:id>/confirm")
def confirm(slug: str, id: int) -> ResponseReturnValue:
    """Confirm a proposed connection with what proves it."""
    fair = _fair(slug)
    connection = access.fetch(Connection, id, to="manage", fair_id=fair.id)
    try:
        connections.confirm(connection, current_user, request.form.get("evidence", ""))
    except connections.EvidenceMissing as refusal:
        db.session.rollback()
        return _page(_fair(slug), refused=id, refusal=refusal.message), refusal.status
    flash(_("The connection is confirmed."), "good")
    db.session.commit()
    return redirect(url_for(".index", slug=slug), 303)


@bp.post("/<int:id>/reject")
def reject(slug: str, id: int) -> ResponseReturnValue:
    """Say that a proposed connection is none."""
    fair = _fair(slug)
    connections.reject(access.fetch(Connection, id, to="manage", fair_id=fair.id), current_user)
    flash(_("The connection is rejected and is not counted."), "good")
    db.session.commit()
    return redirect(url_for(".index", slug=slug), 303)

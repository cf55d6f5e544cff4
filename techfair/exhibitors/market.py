"""The market that everyone sees: a fair's exhibitors, the technologies they offer and those they need."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from techfair.core import access, pages
from techfair.exhibitors import addresses, booths, front, queries
from techfair.exhibitors.catalogue import listing, related
from techfair.exhibitors.contacts import deeds as contacts
from techfair.exhibitors.disclosure import parts
from techfair.exhibitors.displays import queries as displays
from techfair.exhibitors.documents import deeds as documents
from techfair.exhibitors.experts import queries as experts
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.pictures import deeds as pictures
from techfair.exhibitors.record_models import Need, Technology
from techfair.fairs.models import Fair

bp = access.public_blueprint(Blueprint("market", __name__, url_prefix="/fairs/<slug>"))


def fair_of(slug: str) -> Fair:
    """The fair of a public page, which is about it from now on."""
    fair = access.fetch(Fair, slug=slug, to="see")
    pages.show(fair)
    return fair


def _list(template: str, kind: str, slug: str) -> ResponseReturnValue:
    """A list with its search box, facets, order and page, all kept in the address."""
    found = listing.of(fair_of(slug), kind)
    return render_template(template, listing=found, page=found.page, text=found.wanted.text)


@bp.get("/exhibitors")
def exhibitors(slug: str) -> ResponseReturnValue:
    """Who exhibits, by name."""
    return _list("market/exhibitors.html", "exhibitor", slug)


@bp.get("/technologies")
def technologies(slug: str) -> ResponseReturnValue:
    """What is on offer, the newest first."""
    return _list("market/technologies.html", "technology", slug)


@bp.get("/needs")
def needs(slug: str) -> ResponseReturnValue:
    """What is looked for, the newest first."""
    return _list("market/needs.html", "need", slug)


@bp.get("/exhibitors/<ref>")
def exhibitor(slug: str, ref: str) -> ResponseReturnValue:
    """An exhibitor with its booth, profile and offers."""
    fair = fair_of(slug)
    company_id = select(Company.id).filter_by(public_ref=ref).scalar_subquery()
    with_company = joinedload(Exhibitor.company).joinedload(Company.sectors)
    options = (with_company, selectinload(Exhibitor.booths))
    exhibitor = access.fetch(Exhibitor, fair_id=fair.id, company_id=company_id, to="see", options=options)
    return render_template(
        "market/exhibitor.html",
        exhibitor=exhibitor,
        company=exhibitor.company,
        booths=booths.codes(exhibitor.booths),
        contacts=contacts.of(exhibitor.company_id, only_public=True),
        documents=documents.of(exhibitor.company, only_public=True),
        technologies=queries.published_of(Technology, exhibitor.company_id, fair),
        needs=queries.published_of(Need, exhibitor.company_id, fair),
        actions=front.actions(exhibitor, None),
        panels=front.panels(exhibitor),
    )


@bp.get("/technologies/<ref>")
def technology(slug: str, ref: str) -> ResponseReturnValue:
    """One technology: what it does, how ready it is, who offers it where."""
    fair = fair_of(slug)
    technology, exhibitor = record_at(fair, Technology, ref)
    files = documents.of(technology)
    return render_template(
        "market/technology.html",
        technology=technology,
        related=related.needs_for(technology, fair),
        documents=files,
        pictures=pictures.of(technology),
        held=parts.held(technology, files),
        experts=experts.of_technology(technology),
        exhibitor=exhibitor,
        company=exhibitor.company,
        booths=booths.codes(exhibitor.booths),
        actions=front.actions(exhibitor, technology),
    )


@bp.get("/needs/<ref>")
def need(slug: str, ref: str) -> ResponseReturnValue:
    """One need: the problem, the result wanted, who looks for it."""
    fair = fair_of(slug)
    need, exhibitor = record_at(fair, Need, ref)
    return render_template(
        "market/need.html",
        need=need,
        documents=documents.of(need),
        related=related.technologies_for(need, fair),
        exhibitor=exhibitor,
        company=exhibitor.company,
        booths=booths.codes(exhibitor.booths),
        actions=front.actions(exhibitor, None),
    )


def record_at(fair: Fair, model: type[Any], ref: str) -> tuple[Any, Exhibitor]:
    """A published record and its company as exhibitor of this fair; 404 where it takes no part.

    Where the company leaves it out at this fair, the reader is sent on to its lasting page.
    """
    record = access.fetch(model, public_ref=ref, to="see", options=(selectinload(model.sectors),))
    exhibitor = queries.exhibitor_at(fair, record.company_id)
    if exhibitor is None:
        abort(404)
    if displays.is_left_out(exhibitor, record):
        abort(redirect(addresses.lasting(record)))
    return record, exhibitor

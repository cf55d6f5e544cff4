"""The pages of technologies, needs and companies that stay when a fair is over, and their cards."""

from typing import Any

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from techfair.core import access, cards
from techfair.core.languages import LANGUAGES
from techfair.exhibitors.catalogue import listing, related
from techfair.exhibitors.contacts import deeds as contacts
from techfair.exhibitors.disclosure import parts
from techfair.exhibitors.documents import deeds as documents
from techfair.exhibitors.experts import queries as experts
from techfair.exhibitors.models import Company
from techfair.exhibitors.permanent import queries, sheets, structured
from techfair.exhibitors.permanent.cards import card
from techfair.exhibitors.pictures import deeds as pictures
from techfair.exhibitors.queries import published_of
from techfair.exhibitors.record_models import Need, Technology

bp = access.public_blueprint(Blueprint("permanent", __name__))


def _list(template: str, kind: str) -> ResponseReturnValue:
    found = listing.of(None, kind)
    return render_template(template, listing=found, page=found.page, text=found.wanted.text)


@bp.get("/technologies")
def technologies() -> ResponseReturnValue:
    """What exhibitors of all fairs offer, the newest first."""
    return _list("market/technologies.html", "technology")


@bp.get("/needs")
def needs() -> ResponseReturnValue:
    """What exhibitors of all fairs look for, the newest first."""
    return _list("market/needs.html", "need")


@bp.get("/companies")
def companies() -> ResponseReturnValue:
    """Who exhibits or exhibited at any fair, by name."""
    return _list("market/exhibitors.html", "exhibitor")


@bp.get("/technologies/<ref>")
def technology(ref: str) -> ResponseReturnValue:
    """A technology at the address that outlives its fairs."""
    technology, fairs = _record(Technology, ref)
    files, shown = documents.of(technology), pictures.of(technology)
    return render_template(
        "market/technology.html",
        technology=technology,
        company=technology.company,
        related=related.needs_for(technology),
        documents=files,
        pictures=shown,
        held=parts.held(technology, files),
        experts=experts.of_technology(technology),
        shown_at=fairs,
        structured=structured.of_technology(technology, shown),
    )


@bp.get("/needs/<ref>")
def need(ref: str) -> ResponseReturnValue:
    """A need at the address that outlives its fairs."""
    need, fairs = _record(Need, ref)
    return render_template(
        "market/need.html",
        need=need,
        documents=documents.of(need),
        company=need.company,
        related=related.technologies_for(need),
        shown_at=fairs,
        structured=structured.of_need(need),
    )


@bp.get("/companies/<ref>")
def company(ref: str) -> ResponseReturnValue:
    """A company at the address that outlives its fairs, with all that it offers and seeks."""
    company = queries.company(ref) or abort(404)
    fairs = queries.fairs_of(company.id)
    technologies, needs = (published_of(model, company.id) for model in (Technology, Need))
    return render_template(
        "market/exhibitor.html",
        company=company,
        contacts=contacts.of(company.id, only_public=True),
        documents=documents.of(company, only_public=True),
        technologies=technologies,
        needs=needs,
        shown_at=fairs,
        structured=structured.of_company(company, technologies, needs),
    )


def _record(model: type[Technology | Need], ref: str) -> tuple[Any, Any]:
    record = queries.record(model, ref) or abort(404)
    return record, queries.fairs_of(record.company_id, record)


@bp.get("/technologies/<ref>/<spoken>.png")
def technology_card(ref: str, spoken: str) -> Response:
    """The picture that messengers show beside a link to a technology."""
    return drawn("technology", *_record(Technology, ref), spoken)


@bp.get("/needs/<ref>/<spoken>.png")
def need_card(ref: str, spoken: str) -> Response:
    """The picture that messengers show beside a link to a need."""
    return drawn("need", *_record(Need, ref), spoken)


@bp.get("/companies/<ref>/<spoken>.png")
def company_card(ref: str, spoken: str) -> Response:
    """The picture that messengers show beside a link to a company."""
    company: Company = queries.company(ref) or abort(404)
    return drawn("company", company, queries.fairs_of(company.id), spoken)


@bp.get("/technologies/<ref>/sheet-<spoken>.pdf")
def technology_sheet(ref: str, spoken: str) -> Response:
    """The technology's data sheet, to print and hand on."""
    return _sheet(Technology, ref, spoken)


@bp.get("/needs/<ref>/sheet-<spoken>.pdf")
def need_sheet(ref: str, spoken: str) -> Response:
    """The need's data sheet, to print and hand on."""
    return _sheet(Need, ref, spoken)


def _sheet(model: type[Technology | Need], ref: str, spoken: str) -> Response:
    record, _fairs = _record(model, ref)
    if spoken not in LANGUAGES:
        abort(404)
    name = f'inline; filename="{ref}-{spoken}.pdf"'
    return Response(sheets.present(record, spoken), mimetype="application/pdf", headers={"Content-Disposition": name})


def drawn(kind: str, thing: Any, fairs: Any, spoken: str) -> Response:
    """The card of a thing as an answer."""
    if spoken not in LANGUAGES:
        abort(404)
    return cards.answer(f"{kind}-{thing.id}-{spoken}", card(thing, fairs, spoken))

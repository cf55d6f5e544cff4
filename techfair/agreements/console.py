"""The organizer's pages of agreements: the registers, kept apart, and each document."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from techfair.agreements import documents, kinds, queries, showing
from techfair.agreements.models import Agreement
from techfair.core import access, pages
from techfair.fairs.models import Fair

bp = access.signed_in(Blueprint("agreement_console", __name__, url_prefix="/organizer/fairs/<slug>/agreements"))
pages.rail_entry(
    "agreement_console", _l("Agreements"), "file-signature", "agreement_console.registers", grant="agreements", order=70
)


@bp.get("")
def registers(slug: str) -> ResponseReturnValue:
    """One register at a time, with its own total."""
    fair = _fair(slug)
    all_registers = queries.registers(fair)
    key = request.args.get("register", "agreements")
    if key not in all_registers:
        abort(404)
    return render_template("agreements/registers.html", registers=all_registers, shown=all_registers[key], kinds=kinds)


@bp.get("/<int:id>")
def show(slug: str, id: int) -> ResponseReturnValue:
    """One agreement as organizers see it."""
    agreement = _fetch(slug, id)
    here: dict[str, Any] = {"slug": slug, "id": id}
    return render_template(
        "agreements/record.html",
        **showing.everything(agreement),
        document_url=url_for(".document", **here),
        page_urls=showing.page_urls(agreement, ".page", **here),
    )


@bp.get("/<int:id>/document.pdf")
def document(slug: str, id: int) -> ResponseReturnValue:
    """The document as it stands."""
    return showing.as_pdf(_fetch(slug, id))


@bp.get("/<int:id>/pages/<int:number>.png")
def page(slug: str, id: int, number: int) -> ResponseReturnValue:
    """A page of the settled document."""
    return showing.as_picture(_fetch(slug, id), number)


def _fair(slug: str) -> Fair:
    fair = access.fetch(Fair, slug=slug, to="agreements")
    pages.show(fair)
    return fair


def _fetch(slug: str, id: int) -> Agreement:
    access.fetch(Agreement, id, fair_id=_fair(slug).id, to="look")
    return documents.load(id)

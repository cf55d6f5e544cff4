"""The organizer's pages of agreements: the registers, kept apart, and each document."""

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from techfair.agreements import documents, kinds, queries, showing, sources, trail
from techfair.agreements.deal import values
from techfair.agreements.desk import Desk, shown
from techfair.agreements.forms import ReasonForm
from techfair.agreements.jobs import AT_ONCE
from techfair.agreements.kinds import INVESTMENT_KINDS
from techfair.agreements.models import Agreement
from techfair.agreements.signers.desk import add_pages as add_signers
from techfair.core import access, jobs, pages, rail
from techfair.extensions import db
from techfair.fairs.models import Fair

bp = access.signed_in(Blueprint("agreement_console", __name__, url_prefix="/organizer/fairs/<slug>/agreements"))
rail.console_entry(
    "agreement_console", _l("Agreements"), "file-signature", "agreement_console.registers", grant="agreements", order=70
)

MAY = {"edit": "manage", "end": "look"}  # organizers change what they draft, and may withdraw any


@bp.get("")
def registers(slug: str) -> ResponseReturnValue:
    """One register at a time, with its own total."""
    fair = _fair(slug)
    all_registers = queries.registers(fair)
    key = request.args.get("register", "agreements")
    if key not in all_registers:
        abort(404)
    return render_template(
        "agreements/registers.html",
        registers=all_registers,
        shown=all_registers[key],
        kinds=kinds,
        short=values.short,
        ready=len(queries.ready(fair.id)) if key == "investments" else 0,
        at_once=jobs.last(AT_ONCE, fair.id) if key == "investments" else None,
    )


@bp.route("/new", methods=["GET", "POST"])
def new(slug: str) -> ResponseReturnValue:
    """Draft what an authority issues or notes: an investment decision or memorandum."""
    return desk.draft(sources.from_authority(_fair(slug)), {"slug": slug})


@bp.post("/settle-all")
def settle_all(slug: str) -> ResponseReturnValue:
    """Settle and send all decisions that are ready, and seal whatever all have signed, in the background."""
    fair = _fair(slug)
    last = jobs.last(AT_ONCE, fair.id)
    if last is None or last.is_over:
        jobs.start(AT_ONCE, by=access.current_actor(), fair_id=fair.id)
    answer = redirect(url_for(".registers", slug=slug, register="investments"), 303)
    db.session.commit()
    return answer


@bp.get("/<int:id>")
def show(slug: str, id: int) -> ResponseReturnValue:
    """One agreement as organizers see it."""
    return _shown(_fetch(slug, id), ReasonForm(formdata=None))


@bp.get("/<int:id>/document.pdf")
def document(slug: str, id: int) -> ResponseReturnValue:
    """The document as it stands."""
    return showing.as_pdf(_fetch(slug, id), may_see_evidence=True)


@bp.get("/<int:id>/audit-trail.jsonl")
def audit_trail(slug: str, id: int) -> ResponseReturnValue:
    """The audit trail as JSON lines."""
    agreement = _fetch(slug, id)
    name = f"{agreement.number.replace('/', '-')}-audit-trail.jsonl"
    return pages.download(trail.written(agreement).encode(), "application/jsonl", name)


@bp.get("/<int:id>/pages/<int:number>.png")
def page(slug: str, id: int, number: int) -> ResponseReturnValue:
    """A page of the settled document."""
    return showing.as_picture(_fetch(slug, id), number)


def _fair(slug: str) -> Fair:
    fair = access.fetch(Fair, slug=slug, to="agreements")
    pages.show(fair)
    return fair


def _fetch(slug: str, id: int, *, to: str = "look") -> Agreement:
    access.fetch(Agreement, id, fair_id=_fair(slug).id, to=MAY.get(to, to))
    return documents.load(id, for_update=request.method == "POST")


def _shown(agreement: Agreement, form: ReasonForm) -> str:
    return shown(agreement, form, "agreements/record.html", "attachment_console", slug=g.fair.slug, id=agreement.id)


desk = Desk(bp, _fetch, _shown, ".registers", INVESTMENT_KINDS)
desk.deeds()
add_signers(desk, may_extend=True)

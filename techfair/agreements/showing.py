"""What every page about an agreement shows, whoever looks: parties, organizers, signers."""

from typing import Any

from flask import Response, abort, request, url_for

from techfair.agreements import documents, evidence, kinds, queries
from techfair.agreements.amending import drafting_changes
from techfair.agreements.amending.words import CHANGES
from techfair.agreements.deal import values
from techfair.agreements.models import Agreement
from techfair.agreements.signers import turns
from techfair.core.audit import AuditEntry
from techfair.core.files import FileMissing
from techfair.core.languages import language
from techfair.exhibitors.words import TRANSFER_FORMS


def everything(agreement: Agreement) -> dict[str, Any]:
    """An agreement with its value in words and its history, for parties and organizers."""
    steps = [_step(entry) for entry in queries.history(agreement)]
    return {
        "agreement": agreement,
        "kinds": kinds,
        "history": steps,
        "is_late": turns.is_late(agreement),
        **changes(agreement),
        **deal(agreement),
    }


def changes(agreement: Agreement) -> dict[str, Any]:
    """What changes an agreement, newest first, in the words for it."""
    return {"changes": drafting_changes.changes_of(agreement), "change_words": CHANGES}


def deal(agreement: Agreement) -> dict[str, Any]:
    """What the facts of a deal are shown with."""
    return {
        "value": documents.value_shown(agreement),
        "area": values.area(agreement, language()),
        "planned": lambda milestone: values.planned(milestone, language()),
        "transfer_forms": TRANSFER_FORMS,
    }


def page_urls(agreement: Agreement, endpoint: str, **values: Any) -> list[str]:
    """The addresses of the document's pages; none while the text is open."""
    return [url_for(endpoint, number=n, **values) for n in range(1, len(agreement.page_digests) + 1)]


def attachments(agreement: Agreement, pages: str, **here: Any) -> dict[str, Any]:
    """Where the attachments are taken along, and while the text is open changed: at these ``pages``."""
    return {
        "attachment_url": lambda place: url_for(f"{pages}.file", place=place, **here),
        "attach_at": url_for(f"{pages}.folder", **here) if agreement.is_open else "",
    }


def as_pdf(agreement: Agreement, *, may_see_evidence: bool = False) -> Response:
    """The document of an agreement as an answer, by ``?part=evidence`` its evidence for those who may see it.

    Shown, not saved, by browsers that can.
    """
    name, read = agreement.number.replace("/", "-"), documents.present
    if may_see_evidence and request.args.get("part") == "evidence":
        name, read = f"{name}-evidence", evidence.read
    try:
        response = Response(read(agreement), mimetype="application/pdf")
    except FileMissing:
        abort(404)
    name = f"{name}.pdf"
    response.headers.set("Content-Disposition", "inline", filename=name)
    response.cache_control.private, response.cache_control.no_cache = True, True
    return response


def as_picture(agreement: Agreement, number: int) -> Response:
    """A page of the document as an answer."""
    try:
        response = Response(documents.page(agreement, number), mimetype="image/png")
    except FileMissing:
        abort(404)
    response.cache_control.private, response.cache_control.max_age = True, 300
    return response


def _step(entry: AuditEntry) -> dict[str, Any]:
    what = kinds.DEED_LABELS.get(entry.action, entry.action)
    return {"what": what, "at": entry.at, "who": entry.actor, "why": entry.details.get("reason", "")}

"""What all pages share that a link opens without an account: words for one that opens nothing, and no cache."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from techfair.agreements import documents, queries
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.signers import addresses
from techfair.core import access, links, pages
from techfair.core.errors import StepSkipped, TechfairError


def by_link(blueprint: Blueprint, no_link: str = "agreements/no_link.html") -> Blueprint:
    """Pages of a signed link, each of which reads it itself; ``no_link`` is shown where it opens nothing."""

    def opens_nothing(error: TechfairError) -> ResponseReturnValue:
        return render_template(no_link, is_expired=error.code == "link_expired"), error.status

    blueprint.register_error_handler(links.LinkBroken, opens_nothing)
    blueprint.register_error_handler(links.LinkExpired, opens_nothing)
    blueprint.after_request(_keep_private)
    return access.by_token(blueprint)


def of_signer(blueprint: Blueprint) -> Blueprint:
    """Pages of a signer's link; what somebody else did meanwhile stands on the document's own page."""
    blueprint.register_error_handler(StepSkipped, _to_document)
    return by_link(blueprint)


def opened(token: str, *, also_on_stage: bool = False) -> tuple[Signature, Agreement]:
    """Whose page a signer's link opens, and what there is to sign; the page is the fair's from here.

    Raises LinkExpired or LinkBroken.
    """
    id = addresses.of_either(token) if also_on_stage else addresses.of_mailed(token)
    signature = queries.signature(id)
    if signature is None:
        raise links.LinkBroken
    agreement = documents.load(signature.agreement_id)
    pages.show(agreement.fair)
    return signature, agreement


def _to_document(error: StepSkipped) -> ResponseReturnValue:
    return redirect(url_for("signing.document", token=(request.view_args or {})["token"]), 303)


def _keep_private(response: Response) -> Response:
    """The address lets in whoever has it: keep it out of caches and search engines."""
    response.headers["X-Robots-Tag"] = "noindex"
    if not response.cache_control:  # a page of a document says itself that the browser may keep it
        response.cache_control.no_store = True
    return response

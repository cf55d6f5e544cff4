"""Where anyone verifies a document by the code that stands on each of its pages."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from techfair.agreements import documents, kinds, queries
from techfair.agreements.models import Agreement
from techfair.core import access, pages
from techfair.core.vietnamese import clean_line

bp = access.public_blueprint(Blueprint("verification", __name__, url_prefix="/verify"))


@bp.get("", strict_slashes=False)
def enter() -> ResponseReturnValue:
    """Where to type the code of a document."""
    if code := _cleaned(request.args.get("code", "")):
        return redirect(url_for(".verify", code=code), 303)
    return render_template("agreements/verify.html", agreement=None, code="", verdict="")


@bp.get("/<code>", strict_slashes=False)
def verify(code: str) -> ResponseReturnValue:
    """What anyone may know of a document by its code: that it is ours, who signed it when, its digest."""
    code = _cleaned(code)
    agreement = queries.by_code(code)
    if agreement is not None:
        pages.show(agreement.fair)
    verdict = _verdict(agreement)
    page = render_template("agreements/verify.html", agreement=agreement, code=code, verdict=verdict, kinds=kinds)
    return page, 404 if agreement is None else 200


def _verdict(agreement: Agreement | None) -> str:
    """What we say of a document: unknown, changed, complete, incomplete or ended."""
    if agreement is None:
        return "unknown"
    if not documents.is_intact(agreement):
        return "changed"
    if agreement.is_binding:
        return "complete"
    return "incomplete" if agreement.state in {"frozen", "signing"} else "ended"


def _cleaned(code: str) -> str:
    """The code however it was typed: small letters, blanks and hyphens change nothing."""
    return "".join(sign for sign in clean_line(code).upper() if sign.isalnum())[:40]

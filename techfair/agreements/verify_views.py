"""Where anyone verifies a document: by the code that stands on each of its pages, or by the file itself."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from techfair.agreements import check_words, checking, documents, kinds, queries, showing
from techfair.agreements.ceremony import paper
from techfair.agreements.deal import values
from techfair.agreements.forms import UploadForm
from techfair.agreements.models import Agreement
from techfair.core import access, pages
from techfair.core.database import begin_mode
from techfair.core.vietnamese import clean_line
from techfair.extensions import limiter

bp = access.public_blueprint(Blueprint("verification", __name__, url_prefix="/verify"))


@bp.get("", strict_slashes=False)
def enter() -> ResponseReturnValue:
    """Where to type the code of a document."""
    if code := _cleaned(request.args.get("code", "")):
        return redirect(url_for(".verify", code=code), 303)
    return _entrance(UploadForm(formdata=None))


@bp.post("", strict_slashes=False)
@limiter.limit("120/hour")
def upload() -> ResponseReturnValue:
    """Say what an uploaded PDF is: in words, and in full below. Nothing of it is kept."""
    begin_mode.set("DEFERRED")  # nothing is written, so nobody need wait for it
    form = UploadForm()
    if not form.validate_on_submit() or form.file.data is None:
        return _entrance(form), 422
    code = _cleaned(request.form.get("code", ""))
    check = checking.check(form.file.data.read(checking.MOST_BYTES + 1), code=code)
    if check.agreement is not None:
        pages.show(check.agreement.fair)
    page = render_template("agreements/checked.html", check=check, words=check_words, kinds=kinds, form=form, code=code)
    return page, 200 if check.is_good else 422


@bp.get("/<code>", strict_slashes=False)
def verify(code: str) -> ResponseReturnValue:
    """What anyone may know of a document by its code: that it is ours, who signed it when, its digest."""
    code = _cleaned(code)
    agreement = queries.by_code(code)
    if agreement is not None:
        pages.show(agreement.fair)
    verdict = _verdict(agreement)
    told = showing.changes(agreement) | {"value": values.short(agreement)} if agreement is not None else {}
    page = _page(UploadForm(formdata=None), agreement=agreement, code=code, verdict=verdict, kinds=kinds, **told)
    return page, 404 if agreement is None else 200


def _entrance(form: UploadForm) -> str:
    return _page(form, agreement=None, code="", verdict="")


def _page(form: UploadForm, **shown: Any) -> str:
    return render_template("agreements/verify.html", form=form, **shown)


def _verdict(agreement: Agreement | None) -> str:
    """What we say of a document: unknown, changed, complete, incomplete or ended."""
    if agreement is None:
        return "unknown"
    if not documents.is_intact(agreement) or not paper.is_bound(agreement):
        return "changed"
    if agreement.paper is not None and agreement.is_binding:
        return "paper"
    if agreement.is_binding:
        return "complete"
    return "incomplete" if agreement.state in {"frozen", "signing"} else "ended"


def _cleaned(code: str) -> str:
    """The code however it was typed: small letters, blanks and hyphens change nothing."""
    return "".join(sign for sign in clean_line(code).upper() if sign.isalnum())[:40]

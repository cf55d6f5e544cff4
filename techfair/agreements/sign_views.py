"""The signer's page, opened by the link in the mail; no account is needed.

GET changes nothing, so a mail gateway that opens every link signs nothing.
"""

from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from techfair.agreements import documents, kinds, mailed_pages, own_certificate, showing, signing
from techfair.agreements.forms import CertificateForm, CodeForm, ReasonForm
from techfair.agreements.marks import DrawingRefused
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.remote import services
from techfair.agreements.signers import addresses, codes, turns
from techfair.core import clock, links
from techfair.core.pdf import TextNotPrintable
from techfair.extensions import db, limiter

bp = mailed_pages.of_signer(Blueprint("signing", __name__, url_prefix="/sign"))
_opened = partial(mailed_pages.opened, also_on_stage=True)


@bp.get("/<token>")
def document(token: str) -> str:
    """Read the document, see who else signs, ask for the code."""
    signature, agreement = _opened(token)
    return _page(token, signature, agreement)


@bp.get("/<token>/document.pdf")
def file(token: str) -> ResponseReturnValue:
    """The document itself."""
    return showing.as_pdf(_opened(token)[1])


@bp.get("/<token>/pages/<int:number>.png")
def page(token: str, number: int) -> ResponseReturnValue:
    """A page of the document."""
    return showing.as_picture(_opened(token)[1], number)


@bp.post("/<token>/code")
def send_code(token: str) -> ResponseReturnValue:
    """Mail a code to the signer."""
    signature, agreement = _opened(token)
    try:
        signing.send_code(signature, agreement)
    except codes.TooManyCodes as refusal:
        flash(str(refusal.message), "warn")
    else:
        flash(_("A code is on its way to %(address)s.", address=signature.signer_email), "good")
    db.session.commit()
    return redirect(url_for(".document", token=token, _anchor="confirm"), 303)


@bp.post("/<token>/confirm")
def confirm(token: str) -> ResponseReturnValue:
    """Sign by the code. A wrong one is counted and said at the field."""
    signature, agreement = _opened(token)
    form = CodeForm()
    if form.validate_on_submit():
        try:
            signing.confirm(signature, agreement, form.code.data or "", form.mark(signature.signer_name))
        except (codes.CodeWrong, codes.CodeOver) as refusal:
            form.code.errors = [str(refusal.message)]
        except DrawingRefused as refusal:
            form.typed.errors = [str(refusal.message)]
        except TextNotPrintable as refusal:
            db.session.rollback()  # the code is not used up
            signature, agreement = _opened(token)
            form.typed.errors = [str(refusal.message)]
    answer = (_page(token, signature, agreement, code=form), 422) if form.errors else _back(token)
    db.session.commit()  # also after a wrong code: the try counts
    return answer


@bp.post("/<token>/certificate")
@limiter.limit("30/hour")
def by_certificate(token: str) -> ResponseReturnValue:
    """Sign by the signer's own certificate: file and password live in memory for this request alone."""
    signature, agreement = _opened(token)
    form = CertificateForm()
    if form.validate_on_submit():
        file = form.certificate.data.read(own_certificate.MOST_BYTES)
        try:
            identity = own_certificate.from_file(file, form.password.data or "", signature)
            said = own_certificate.ask_issuer(own_certificate.all_of(identity))
            signature, agreement = _opened(token)
            signing.sign_by_certificate(signature, agreement, identity, issuer_says=said)
        except own_certificate.CertificateRefused as refusal:
            signature, agreement = _opened(token)
            field = form.password if refusal.reason == "wrong_password" else form.certificate
            field.errors = [str(refusal.message)]
        except TextNotPrintable as refusal:
            db.session.rollback()
            signature, agreement = _opened(token)
            form.certificate.errors = [str(refusal.message)]
    if form.errors:
        return _page(token, signature, agreement, certificate=form), 422
    db.session.commit()
    return _back(token)


@bp.url_value_preprocessor
def keep_off_the_disk(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """A larger upload would be laid down in a temporary file, and a key must not be."""
    if endpoint == "signing.by_certificate":
        request.max_content_length = 2 * own_certificate.MOST_BYTES


@bp.post("/<token>/decline")
def decline(token: str) -> ResponseReturnValue:
    """Refuse to sign, with a reason; pressed twice it is done once. Only who reads the signer's mail may."""
    if not addresses.is_mailed(token):
        raise links.LinkBroken
    signature, agreement = _opened(token)
    form = ReasonForm()
    if not form.validate_on_submit():
        return _page(token, signature, agreement, reason=form), 422
    if signature.state != "declined":
        signing.decline(signature, agreement, form.reason.data or "")
        db.session.commit()
    return _back(token)


def _back(token: str) -> ResponseReturnValue:
    return redirect(url_for(".document", token=token), 303)


def _page(
    token: str,
    signature: Signature,
    agreement: Agreement,
    *,
    code: CodeForm | None = None,
    reason: ReasonForm | None = None,
    certificate: CertificateForm | None = None,
) -> str:
    expires_at = signature.code_expires_at
    return render_template(
        "agreements/sign.html",
        token=token,
        is_mailed=addresses.is_mailed(token),
        signature=signature,
        agreement=agreement,
        form=code or reason or certificate or CodeForm(formdata=None),
        code=code or CodeForm(formdata=None, typed=signature.signer_name),
        certificate=certificate or CertificateForm(formdata=None),
        reason=reason or ReasonForm(formdata=None),
        awaits_code=signature.code_digest is not None and expires_at is not None and expires_at > clock.now(),
        tries_left=codes.MOST_TRIES - signature.code_tries,
        kinds=kinds,
        services=services.offered(),
        is_late=turns.is_late(agreement),
        articles=documents.articles(agreement),
        value=documents.value_shown(agreement),
        page_urls=showing.page_urls(agreement, ".page", token=token),
        attachment_url=lambda place: url_for("sign_attachment.for_signer", token=token, place=place),
    )

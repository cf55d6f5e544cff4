"""Signing with a card or USB token from the page of the mailed link: bytes to sign out, signature in."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField
from wtforms.validators import ValidationError

from techfair.agreements import kinds, mailed_pages, signing
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.remote import device
from techfair.agreements.sealing.exchange import Prepared
from techfair.core import pages
from techfair.core.pdf import TextNotPrintable
from techfair.core.refusal import InputRefused
from techfair.extensions import db, limiter

MOST_BYTES = 100_000
bp = mailed_pages.of_signer(Blueprint("device_signing", __name__, url_prefix="/sign"))


class DeviceCertificateForm(FlaskForm):
    """The certificate on the device, without its key."""

    certificate = FileField(_l("Your certificate (.cer, .crt, .pem or .p7b)"))

    def validate_certificate(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_l("Choose your certificate."))


class DeviceSignatureForm(FlaskForm):
    """What the device made of the bytes."""

    signature = FileField(_l("The signature that your program wrote"))

    def validate_signature(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_l("Choose the file with the signature."))


@bp.get("/<token>/device")
def page(token: str) -> ResponseReturnValue:
    """The step that is due: the certificate, or the signature over what was prepared for it."""
    signature, agreement = mailed_pages.opened(token)
    signing.require_turn(signature, agreement)
    return _page(token, signature, agreement)


@bp.post("/<token>/device")
@limiter.limit("30/hour")
def certificate(token: str) -> ResponseReturnValue:
    """Take the certificate, and prepare the document for it."""
    signature, agreement = mailed_pages.opened(token)
    signing.require_turn(signature, agreement)
    form, id = DeviceCertificateForm(), signature.id
    if form.validate_on_submit():
        try:
            device.prepare(id, form.certificate.data.read(MOST_BYTES))
        except (InputRefused, TextNotPrintable) as refusal:
            db.session.rollback()
            signature, agreement = mailed_pages.opened(token)
            form.certificate.errors = [str(refusal.message)]
    if form.errors:
        return _page(token, signature, agreement, certificate=form), 422
    db.session.commit()
    return redirect(url_for(".page", token=token), 303)


@bp.get("/<token>/device/to-sign.bin")
def to_sign(token: str) -> Response:
    """The bytes that the device signs."""
    return pages.download(_prepared(token).attributes, "application/octet-stream", "to-sign.bin")


@bp.get("/<token>/device/digest.txt")
def digest(token: str) -> Response:
    """Their SHA-256 in hexadecimal."""
    return pages.download(_prepared(token).digest.hex().encode(), "text/plain", "digest.txt")


@bp.post("/<token>/device/signature")
@limiter.limit("60/hour")
def take(token: str) -> ResponseReturnValue:
    """Take the signature and put it into the document."""
    signature, agreement = mailed_pages.opened(token)
    form, id = DeviceSignatureForm(), signature.id
    if form.validate_on_submit():
        try:
            device.take(id, form.signature.data.read(MOST_BYTES))
        except device.NotPrepared as refusal:
            device.end(id)
            db.session.commit()
            flash(str(refusal.message), "warn")
            return redirect(url_for(".page", token=token), 303)
        except InputRefused as refusal:
            form.signature.errors = [str(refusal.message)]
    if form.errors:
        return _page(token, signature, agreement, made=form), 422
    db.session.commit()
    return redirect(url_for("signing.document", token=token), 303)


@bp.post("/<token>/device/again")
def again(token: str) -> ResponseReturnValue:
    """Begin anew with another certificate."""
    device.end(mailed_pages.opened(token)[0].id)
    db.session.commit()
    return redirect(url_for(".page", token=token), 303)


def _prepared(token: str) -> Prepared:
    return device.waiting_for(mailed_pages.opened(token)[0]) or abort(404)


def _page(
    token: str,
    signature: Signature,
    agreement: Agreement,
    *,
    certificate: DeviceCertificateForm | None = None,
    made: DeviceSignatureForm | None = None,
) -> str:
    return render_template(
        "agreements/device.html",
        token=token,
        signature=signature,
        agreement=agreement,
        kinds=kinds,
        prepared=device.waiting_for(signature),
        form=certificate or made or DeviceCertificateForm(formdata=None),
        certificate=certificate or DeviceCertificateForm(formdata=None),
        made=made or DeviceSignatureForm(formdata=None),
    )

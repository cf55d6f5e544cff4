"""The way to a signing service and back, from the page of the mailed link."""

from flask import Blueprint, abort, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from techfair.agreements import documents, mailed_pages, own_certificate, queries, signing
from techfair.agreements.remote import exchanging
from techfair.agreements.remote.models import RemoteSigning, SigningService
from techfair.agreements.signers import addresses
from techfair.core import links
from techfair.core.database import may_write
from techfair.core.errors import StepSkipped
from techfair.core.pdf import TextNotPrintable
from techfair.extensions import db, limiter

bp = mailed_pages.by_link(Blueprint("remote_signing", __name__, url_prefix="/sign"))
HERE = "remote_signing"  # in the session: only the browser that set out comes back


@bp.post("/<token>/service/<int:id>")
@limiter.limit("30/hour")
def set_out(token: str, id: int) -> ResponseReturnValue:
    """Go to a service to sign there."""
    signature = queries.signature(addresses.of_mailed(token)) or abort(404)
    service = db.session.get(SigningService, id)
    if service is None or service.removed_at is not None:
        abort(404)
    try:
        signing.require_turn(signature, documents.load(signature.agreement_id))
    except StepSkipped:
        return redirect(url_for("signing.document", token=token), 303)
    row = exchanging.start(signature, service)
    session[HERE] = row.id
    there = exchanging.address(row)
    db.session.commit()
    return redirect(there, 303)


@bp.get("/service/return")
def come_back() -> ResponseReturnValue:
    """Come back from the service, once after signing in there and once after releasing the key."""
    id = links.read("remote_signing", request.args.get("state", ""), days=exchanging.LIVES.total_seconds() / 86400)
    if session.get(HERE) != id:
        raise links.LinkBroken
    may_write()  # a service can only send people back by GET; the state holds once, for this browser alone
    row = db.session.get(RemoteSigning, id)
    if row is None:
        raise links.LinkBroken
    signature_id, step = row.signature_id, row.step
    try:
        return _went_on(row, step, request.args.get("code", ""))
    except (exchanging.NotSignedThere, signing.SignedMeanwhile, TextNotPrintable) as refusal:
        words = str(refusal.message)
    except own_certificate.CertificateRefused as refusal:
        words = str(refusal.message)
    except StepSkipped:
        words = ""
    db.session.rollback()
    exchanging.end(id)
    if words:
        flash(words, "bad")
    return _home(signature_id)


def _went_on(row: RemoteSigning, step: str, code: str) -> ResponseReturnValue:
    if not code:  # such as error=access_denied
        raise exchanging.NotSignedThere
    if step == "release":
        signature_id = row.signature_id
        exchanging.released(row, code)
        return _home(signature_id)
    id = row.id
    exchanging.signed_in(row, code)
    there = exchanging.address(db.session.get_one(RemoteSigning, id))
    db.session.commit()
    return redirect(there, 303)


def _home(signature_id: int) -> ResponseReturnValue:
    """The signer's own page; commits what was done."""
    db.session.commit()
    session.pop(HERE, None)
    return redirect(url_for("signing.document", token=links.sign("signature", signature_id)), 303)

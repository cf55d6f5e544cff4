"""Signing by a code sent to the signer's mailbox: it proves who reads that mailbox, and when they confirmed.

A signature made with the signer's own certificate is another ``method`` of the same row. Every deed here holds the
agreement's row first, so that two signers at the same second come one after the other and both count.
"""

from datetime import timedelta
from typing import Any

from blinker import Signal
from flask import has_request_context, request
from flask_babel import lazy_gettext as _l

from techfair.accounts.models import User
from techfair.agreements import evidence, filing
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.sealing.identities import Identity
from techfair.agreements.signers import addresses, codes, turns
from techfair.agreements.stamps import Mark
from techfair.core import audit, clock, jobs, mail
from techfair.core.errors import StepSkipped, TechfairError
from techfair.extensions import db

PAUSE_BETWEEN_LINKS = timedelta(minutes=10)
SIGNED_BY = {"mailed_code": "signature.signed", "certificate": "signature.signed_by_certificate"}

agreement_completed = Signal("Sent before the commit, once all have signed and the document is kept: the Agreement.")


class TooSoon(TechfairError):
    code, status = "too_soon", 429
    message = _l("The links were sent less than ten minutes ago. Wait a little before you send them again.")


class SignedMeanwhile(TechfairError):
    code, status = "signed_meanwhile", 409
    message = _l("Somebody else signed while you were at the signing service. Nothing was lost: sign there once more.")


def invite(agreement: Agreement, *, by: User | str) -> None:
    """Ask everyone who has a part, each by a link of their own when it is their turn; the text must be frozen."""
    agreement.move_to("signing")
    asked = turns.rows(agreement)
    db.session.add_all(asked)
    _call_next(agreement)
    audit.record("agreement.invited", agreement, by=by, signers=[one.signer_email for one in asked])


def _call_next(agreement: Agreement) -> bool:
    """Call those whose turn it is now; the answer is whether anybody is still missing."""
    missing = turns.open_ones(agreement)
    for signature in turns.next_ones(missing):
        signature.move_to("invited")
        call(signature, agreement)
    return bool(missing)


def call(signature: Signature, agreement: Agreement) -> None:
    """Mail somebody whose turn it is the link, with codes counted from here."""
    signature.invited_at, signature.codes_sent = clock.now(), 0
    _mail(signature, agreement, "sign_invitation", link=addresses.mailed(signature))


def ask_again(agreement: Agreement, *, by: User) -> list[Signature]:
    """Mail the link anew to all who have not signed, and answer who they are; raises TooSoon."""
    waiting = [one for one in signatures_of(agreement) if one.state in {"invited", "viewed"}]
    if agreement.state != "signing" or not waiting or turns.is_late(agreement):
        raise StepSkipped
    if any(one.invited_at and one.invited_at > clock.now() - PAUSE_BETWEEN_LINKS for one in waiting):
        raise TooSoon
    for signature in waiting:
        call(signature, agreement)
    audit.record("agreement.asked_again", agreement, by=by, signers=[one.signer_email for one in waiting])
    return waiting


def send_code(signature: Signature, agreement: Agreement) -> None:
    """Mail a new code to the signer; the one before it ends. Raises TooManyCodes."""
    _hold(signature, agreement)
    _require_unsigned(signature, agreement)
    code = codes.make(signature)
    if signature.state == "invited":
        signature.move_to("viewed")
        signature.viewed_at = clock.now()
    _mail(signature, agreement, "sign_code", code=code)
    audit.record("signature.code_sent", signature, by=signature.signer_email, fair_id=agreement.fair_id)


def confirm(signature: Signature, agreement: Agreement, code: str, mark: Mark | None = None) -> None:
    """Sign, or as an approver approve, by the mailed code; the last one begins the sealing. Twice is once.

    ``mark`` is how it looks on the page, by default the signer's name in letters.

    Raises CodeWrong (the try counts: commit it) or CodeOver.
    """
    _hold(signature, agreement)
    if signature.state == "signed":
        return
    _require_unsigned(signature, agreement)
    codes.check(signature, code)
    signature.move_to("signed")
    signature.signed_at, signature.code_digest = clock.now(), None
    proof: dict[str, Any] = {"document": agreement.document_digest}  # what an approver says yes to, without a field
    if signature.role != "approver":
        identity = filing.identity_by_code(agreement, signature)
        proof = filing.add(agreement, signature, identity, mark or Mark(typed=signature.signer_name))
    _count(signature, agreement, proof | {"proof": "code sent to the signer's mailbox"})


def sign_by_certificate(
    signature: Signature,
    agreement: Agreement,
    identity: Identity,
    mark: Mark | None = None,
    *,
    issuer_says: str = "unknown",
) -> None:
    """Sign by the signer's own certificate, which ``own_certificate`` has let pass; twice is once.

    ``issuer_says`` is what the issuer answered about its withdrawal.
    """
    _hold(signature, agreement)
    if signature.state == "signed":
        return
    require_turn(signature, agreement)
    signature.method = "certificate"
    signature.move_to("signed")
    signature.signed_at, signature.code_digest = clock.now(), None
    proof = filing.add(agreement, signature, identity, mark or Mark(typed=signature.signer_name))
    proof |= {"proof": "the signer's own certificate", "withdrawal": issuer_says}
    _count(signature, agreement, proof)


def sign_elsewhere(
    signature: Signature, agreement: Agreement, elsewhere: filing.Elsewhere, *, issuer_says: str, where: str
) -> None:
    """Take what a key elsewhere has signed, ``where`` in words for the evidence; twice is once.

    Raises SignedMeanwhile.
    """
    _hold(signature, agreement)
    if signature.state == "signed":
        return
    require_turn(signature, agreement)
    if agreement.document_digest != elsewhere.before:
        raise SignedMeanwhile
    signature.method = "certificate"
    signature.move_to("signed")
    signature.signed_at, signature.code_digest = elsewhere.at, None
    proof = filing.take(agreement, signature, elsewhere)
    proof |= {"proof": f"the signer's own certificate {where}", "withdrawal": issuer_says}
    _count(signature, agreement, proof)


def require_turn(signature: Signature, agreement: Agreement) -> None:
    """Raises StepSkipped for whoever may not sign in a field now."""
    _require_unsigned(signature, agreement)
    if signature.role == "approver":
        raise StepSkipped


def _count(signature: Signature, agreement: Agreement, proof: dict[str, Any]) -> None:
    """Record a signature that stands in the document; the last begins the sealing."""
    signature.address = request.remote_addr if has_request_context() else None
    signature.evidence = proof | {"frozen_digest": agreement.frozen_digest}
    action = "signature.approved" if signature.role == "approver" else SIGNED_BY[signature.method]
    audit.record(action, signature, by=signature.signer_email, fair_id=agreement.fair_id, **proof)
    if not _call_next(agreement):
        agreement.move_to("sealing")
        agreement.signed_on = clock.today(agreement.fair.timezone)
        jobs.start("complete_agreement", fair_id=agreement.fair_id, agreement_id=agreement.id)


def decline(signature: Signature, agreement: Agreement, reason: str) -> None:
    """Refuse to sign, with a reason that all parties are told; the agreement ends."""
    _hold(signature, agreement)
    _require_asked(signature, agreement)
    signature.move_to("declined")
    signature.decline_reason = reason
    agreement.move_to("declined")
    audit.record("signature.declined", signature, by=signature.signer_email, fair_id=agreement.fair_id, reason=reason)
    for other in signatures_of(agreement):
        if other.state == "waiting":
            continue  # they were never asked
        _mail(other, agreement, "sign_declined", decliner=signature)


def complete(agreement: Agreement, ready: filing.Sealed | None = None) -> None:
    """Seal the document, as ``ready`` where that was made before; from here the agreement counts."""
    filing.seal(agreement, ready)
    agreement.completed_at = clock.now()
    agreement.move_to("completed")
    audit.record("agreement.completed", agreement, digest=agreement.frozen_digest, document=agreement.document_digest)
    evidence.keep(agreement)
    agreement_completed.send(agreement)


def signatures_of(agreement: Agreement) -> list[Signature]:
    return [signature for party in agreement.parties for signature in party.signatures]


def _hold(signature: Signature, agreement: Agreement) -> None:
    """Let nobody else sign, decline or end this agreement until the commit, and see what they did before."""
    fresh = ["state", "version", "document_digest", "page_digests"]
    db.session.refresh(agreement, fresh, with_for_update=True)
    db.session.refresh(signature, [column.key for column in Signature.__table__.columns], with_for_update=True)


def _require_unsigned(signature: Signature, agreement: Agreement) -> None:
    _require_asked(signature, agreement)
    turns.require_in_time(agreement)


def _require_asked(signature: Signature, agreement: Agreement) -> None:
    if agreement.state != "signing" or signature.state not in {"invited", "viewed"}:
        raise StepSkipped


def _mail(signature: Signature, agreement: Agreement, template: str, **context: Any) -> None:
    mail.queue(
        template,
        to=signature.signer_email,
        name=signature.signer_name,
        language=signature.party.language,
        fair=agreement.fair,
        agreement=agreement,
        signature=signature,
        **context,
    )

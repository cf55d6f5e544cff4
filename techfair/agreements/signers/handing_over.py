"""Handing a signature over to a colleague, with a record of who gave it to whom and why."""

from flask_babel import lazy_gettext as _l

from techfair.agreements import signing
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.signers import addresses
from techfair.core import audit, clock, mail
from techfair.core.errors import StepSkipped, TechfairError
from techfair.extensions import db

OPEN = {"invited", "viewed"}


class MailboxTaken(TechfairError):
    code, status = "mailbox_taken", 422
    message = _l("Somebody signs this document from that mailbox already. Type another address.")


def hand_over(signature: Signature, agreement: Agreement, *, name: str, email: str, reason: str) -> Signature:
    """Let a colleague sign instead: this link ends, the colleague gets one of their own.

    Raises MailboxTaken for the mailbox of another signer, and StepSkipped once it is signed or over.
    """
    db.session.refresh(agreement, ["state", "version"], with_for_update=True)
    db.session.refresh(signature, ["state"], with_for_update=True)
    if agreement.state != "signing" or signature.state not in OPEN:
        raise StepSkipped
    if email.casefold() in {one.signer_email.casefold() for one in signing.signatures_of(agreement)}:
        raise MailboxTaken
    signature.move_to("delegated")
    signature.code_digest = None
    colleague = Signature(
        agreement_id=agreement.id,
        party_id=signature.party_id,
        party=signature.party,
        role=signature.role,
        rank=signature.rank,
        field=signature.field,
        signer_name=name,
        signer_email=email,
        state="invited",
        invited_at=clock.now(),
    )
    db.session.add(colleague)
    db.session.flush()
    mail.queue(
        "sign_handed_over",
        to=email,
        name=name,
        language=signature.party.language,
        fair=agreement.fair,
        agreement=agreement,
        signature=colleague,
        giver=signature,
        reason=reason,
        link=addresses.mailed(colleague),
    )
    details = {"name": name, "to": email, "reason": reason}
    audit.record("signature.handed_over", signature, by=signature.signer_email, fair_id=agreement.fair_id, **details)
    return colleague

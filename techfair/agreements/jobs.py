"""What happens in the background once all have signed."""

from flask_babel import force_locale

from techfair.agreements import documents, filing, kinds, signing
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.trust import authorities, stamping
from techfair.core import jobs, mail
from techfair.core.database import reading_ahead
from techfair.extensions import db

TRIES_WITH_STAMP = 3


@jobs.job("complete_agreement")
def complete_agreement(job: jobs.Job, agreement_id: int) -> None:
    """Complete an agreement that all have signed and mail its document to them; a second run does nothing.

    Where a time stamp authority does not answer the job is tried again, and at last seals without it: an
    agreement that all have signed is never left unsealed.
    """
    ready = _sealed(agreement_id) if job.attempts <= TRIES_WITH_STAMP else None
    agreement = documents.load(agreement_id, for_update=True)
    if agreement.state == "sealing":
        signing.complete(agreement, ready)
        for signature in signing.signatures_of(agreement):
            _send(signature, agreement)
    db.session.commit()


def _sealed(agreement_id: int) -> filing.Sealed | None:
    """The sealed document with its time stamps, made while nobody waits; none where no authority is set."""
    if stamping.address() is None:
        return None
    authorities.seal_of(documents.load(agreement_id).fair)  # made now where it is missing, not while reading
    db.session.commit()
    with reading_ahead():
        agreement = documents.load(agreement_id)
        return filing.sealed(agreement, stamping.times()) if agreement.state == "sealing" else None


def _send(signature: Signature, agreement: Agreement) -> None:
    mail.queue(
        "agreement_completed",
        to=signature.signer_email,
        name=signature.signer_name,
        language=signature.party.language,
        fair=agreement.fair,
        attachments=[_attachment(agreement, signature.party.language)],
        agreement=agreement,
        signature=signature,
    )


def _attachment(agreement: Agreement, language: str) -> mail.Attachment:
    with force_locale(language):
        name = f"{kinds.KIND_LABELS[agreement.kind]} {agreement.number}.pdf".replace("/", "-")
    return mail.Attachment(agreement.document_digest or "", "application/pdf", name)

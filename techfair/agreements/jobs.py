"""What happens in the background once all have signed."""

from flask_babel import force_locale

from techfair.agreements import documents, kinds, signing
from techfair.agreements.models import Agreement, Signature
from techfair.core import jobs, mail
from techfair.extensions import db


@jobs.job("complete_agreement")
def complete_agreement(job: jobs.Job, agreement_id: int) -> None:
    """Complete an agreement that all have signed and mail its document to them; a second run does nothing."""
    agreement = documents.load(agreement_id, for_update=True)
    if agreement.state == "sealing":
        signing.complete(agreement)
        for signature in signing.signatures_of(agreement):
            _send(signature, agreement)
    db.session.commit()


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

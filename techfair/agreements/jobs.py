"""What happens in the background: sealing once all have signed, and settling and sealing many at once."""

from flask_babel import force_locale

from techfair.accounts.models import User
from techfair.agreements import documents, drafting, filing, kinds, queries, signing
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.templates.checking import ContentMissing
from techfair.agreements.trust import authorities, stamping
from techfair.core import jobs, mail
from techfair.core.database import reading_ahead
from techfair.core.pdf import TextNotPrintable
from techfair.extensions import db

AT_ONCE = "settle_and_seal"  # the job of a fair that does all at once
TRIES_WITH_STAMP = 3


@jobs.job("complete_agreement")
def complete_agreement(job: jobs.Job, agreement_id: int) -> None:
    """Complete an agreement that all have signed and mail its document to them; a second run does nothing.

    Where a time stamp authority does not answer the job is tried again, and at last seals without it: an
    agreement that all have signed is never left unsealed.
    """
    _complete(agreement_id, with_stamp=job.attempts <= TRIES_WITH_STAMP)


@jobs.job(AT_ONCE)
def settle_and_seal(job: jobs.Job) -> None:
    """Settle and send what an authority has drafted and is complete, and seal whatever all have signed.

    Each document is committed by itself, so a second run goes on where the first broke off.
    """
    ready = queries.ready(job.fair_id or 0)
    for number, (id, is_draft) in enumerate(ready, start=1):
        if is_draft:
            _settle(id, by=db.session.get(User, job.started_by_id) if job.started_by_id else None)
        else:
            _complete(id, with_stamp=True)
        if not job.progress(number, len(ready)):
            return


def _settle(agreement_id: int, *, by: User | None) -> None:
    """Settle one decision and ask all to sign; what still lacks something stays a draft, and its page says what."""
    agreement = documents.load(agreement_id, for_update=True)
    if agreement.state != "draft" or not agreement.is_issued:
        return
    try:
        drafting.freeze(agreement, by=by or "")
    except (ContentMissing, TextNotPrintable):
        db.session.rollback()
        return
    signing.invite(agreement, by=by or "")


def _complete(agreement_id: int, *, with_stamp: bool) -> None:
    ready = _sealed(agreement_id) if with_stamp else None
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

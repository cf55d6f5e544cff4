"""Reminding signers: three times at most, three days apart, and never who has signed or whose agreement ended."""

from datetime import timedelta

from sqlalchemy import func, select

from techfair.agreements import documents
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.signers import addresses, turns
from techfair.core import audit, clock, jobs, mail
from techfair.extensions import db

PAUSE = timedelta(days=3)
MOST = 3
BATCH = 200


@jobs.every(minutes=60)
def remind() -> None:
    """Remind everyone whose turn it is; each is committed by itself, so that a second run repeats nothing."""
    for id in _due():
        signature = db.session.get_one(Signature, id)
        agreement = documents.load(signature.agreement_id, for_update=True)
        is_waited_for = agreement.state == "signing" and signature.state in turns.ASKED
        if is_waited_for and not turns.is_late(agreement):
            _send(signature, agreement)
        db.session.commit()


def _due() -> list[int]:
    told = func.coalesce(Signature.reminded_at, Signature.invited_at)
    waiting = (Signature.state.in_(("invited", "viewed")), Signature.reminders < MOST, told < clock.now() - PAUSE)
    due = select(Signature.id).join(Agreement, Agreement.id == Signature.agreement_id)
    ids = list(db.session.scalars(due.where(Agreement.state == "signing", *waiting).order_by(told).limit(BATCH)))
    db.session.commit()
    return ids


def _send(signature: Signature, agreement: Agreement) -> None:
    signature.reminders, signature.reminded_at = signature.reminders + 1, clock.now()
    mail.queue(
        "sign_reminder",
        to=signature.signer_email,
        name=signature.signer_name,
        language=signature.party.language,
        fair=agreement.fair,
        agreement=agreement,
        signature=signature,
        is_last=signature.reminders == MOST,
        link=addresses.mailed(signature),
    )
    audit.record("signature.reminded", signature, fair_id=agreement.fair_id)

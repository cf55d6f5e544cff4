"""Saying, while the text is open, who is asked, as what and in which order; and by which day all must have signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from techfair.accounts.models import User
from techfair.agreements import documents, signing
from techfair.agreements.models import Agreement
from techfair.agreements.signers import turns
from techfair.agreements.signers.models import PlannedSigner
from techfair.core import audit, clock, jobs, mail
from techfair.core.errors import StepSkipped
from techfair.extensions import db


@dataclass(frozen=True)
class Person:
    """Somebody to be asked beside the representatives; ``email`` without capital letters."""

    party_id: int
    role: str
    rank: int
    name: str
    email: str


def plan(
    agreement: Agreement, ranks: Mapping[int, int], people: Sequence[Person], sign_by_on: date | None, *, by: User
) -> None:
    """Set the ranks of the parties' representatives by party, who else is asked, and the last day.

    Hold the agreement's row. Raises StepSkipped once the text is settled: the room for signatures is laid out then.
    """
    agreement.require_open()
    agreement.sign_by_on = sign_by_on
    for party in agreement.parties:
        party.rank = ranks.get(party.id, party.rank)
    db.session.execute(delete(PlannedSigner).filter_by(agreement_id=agreement.id))
    db.session.add_all(PlannedSigner(agreement_id=agreement.id, **vars(one)) for one in people)
    db.session.flush()
    names = [one.name for one in people]
    audit.record("agreement.signers_set", agreement, by=by, names=names, day=_day(sign_by_on))


def move_deadline(agreement: Agreement, day: date, *, by: User) -> None:
    """Give the signers until another day, also after the one before is over; who is waited for gets the link anew.

    Hold the agreement's row. Raises StepSkipped where nothing is being signed.
    """
    if agreement.state != "signing":
        raise StepSkipped
    agreement.sign_by_on, agreement.late_told_at = day, None
    audit.record("agreement.deadline_moved", agreement, by=by, day=_day(day))
    for signature in turns.open_ones(agreement):
        if signature.state in turns.ASKED:
            signing.call(signature, agreement)


@jobs.every(minutes=60)
def tell_late() -> None:
    """Tell signers, and who sent the document, that the last day is over; each agreement once, each by itself."""
    for id in _perhaps_late():
        agreement = documents.load(id, for_update=True)
        if turns.is_late(agreement) and agreement.late_told_at is None:
            _tell_late(agreement)
        db.session.commit()


def _perhaps_late() -> list[int]:
    """Zones differ: some of these still have a few hours."""
    over = (Agreement.state == "signing", Agreement.late_told_at.is_(None), Agreement.sign_by_on <= clock.now().date())
    ids = list(db.session.scalars(select(Agreement.id).where(*over).order_by(Agreement.id)))
    db.session.commit()
    return ids


def _tell_late(agreement: Agreement) -> None:
    agreement.late_told_at = clock.now()
    missing = turns.open_ones(agreement)
    told = {one.signer_email: (one.signer_name, one.party.language) for one in missing if one.state in turns.ASKED}
    sender = db.session.get(User, agreement.created_by_id) if agreement.created_by_id else None
    if sender is not None:
        told.setdefault(sender.email, (sender.full_name or sender.email, "vi"))
    for email, (name, language) in told.items():
        mail.queue(
            "sign_late",
            to=email,
            name=name,
            language=language,
            fair=agreement.fair,
            agreement=agreement,
            names=", ".join(one.signer_name for one in missing),
        )
    audit.record("agreement.deadline_passed", agreement, day=_day(agreement.sign_by_on), signers=list(told))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""

"""Whose turn it is: people of one rank sign in any order, the next rank is asked when they have all signed."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from techfair.agreements.models import Agreement, Party, Signature
from techfair.agreements.signers.models import WITH_A_FIELD, PlannedSigner
from techfair.core import clock
from techfair.core.errors import StepSkipped
from techfair.extensions import db

LETTERS = "ABCDEF"
ASKED = ("invited", "viewed")


class DeadlinePassed(StepSkipped):
    """The day by which all should have signed is over; the organizer may name a later one."""


def beside(agreement: Agreement) -> list[PlannedSigner]:
    """Who is asked beside the representatives; who became one since then is left out."""
    taken = {party.email.casefold() for party in agreement.parties}
    return [one for one in agreement.planned if one.email not in taken]


def fields_of(people: Iterable[PlannedSigner], parties: Sequence[Party]) -> list[tuple[str, PlannedSigner, Party]]:
    """The fields that are laid out for people beside the representatives, in order, each with its party."""
    by_id = {party.id: party for party in parties}
    named = []
    for number, one in enumerate((one for one in people if one.role in WITH_A_FIELD), start=1):
        party = by_id[one.party_id]
        stem = "Witness" if one.role == "witness" else f"Party{LETTERS[party.position - 1]}"
        named.append((f"{stem}{number}", one, party))
    return named


def rows(agreement: Agreement) -> list[Signature]:
    """A row for everyone asked, in the order of ranks; nobody is called yet."""
    fields = {one.id: field for field, one, _party in fields_of(beside(agreement), agreement.parties)}
    asked = [
        Signature(rank=party.rank, signer_name=party.representative, signer_email=party.email, party=party)
        for party in agreement.parties
    ]
    parties = {party.id: party for party in agreement.parties}
    asked += [
        Signature(
            rank=one.rank,
            role=one.role,
            signer_name=one.name,
            signer_email=one.email,
            party=parties[one.party_id],
            field=fields.get(one.id, ""),
        )
        for one in beside(agreement)
    ]
    for row in asked:
        row.agreement_id, row.party_id, row.state = agreement.id, row.party.id, "waiting"
    return sorted(asked, key=lambda row: row.rank)


def open_ones(agreement: Agreement) -> Sequence[Signature]:
    """Those who have not acted yet, as the database has them now; copies only receive."""
    db.session.flush()
    those = select(Signature).filter_by(agreement_id=agreement.id).where(Signature.role != "copy")
    waiting = those.where(Signature.state.in_(("waiting", *ASKED))).order_by(Signature.rank, Signature.id)
    return db.session.scalars(waiting).all()


def next_ones(missing: Sequence[Signature]) -> list[Signature]:
    """Whom to call now: nobody while somebody called has not acted, else the waiting ones of the lowest rank."""
    if any(one.state in ASKED for one in missing):
        return []
    return [one for one in missing if one.rank == missing[0].rank]


def is_late(agreement: Agreement) -> bool:
    """Whether the day by which all should have signed is over at the fair."""
    day = agreement.sign_by_on
    return agreement.state == "signing" and day is not None and clock.today(agreement.fair.timezone) > day


def require_in_time(agreement: Agreement) -> None:
    """Raises DeadlinePassed."""
    if is_late(agreement):
        raise DeadlinePassed

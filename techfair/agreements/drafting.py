"""Drafting an agreement and settling its text; from then on the content is immutable."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from techfair.accounts.models import User
from techfair.agreements import content, filing
from techfair.agreements.deal import values
from techfair.agreements.deal.models import AgreementTechnology, Milestone
from techfair.agreements.models import Agreement, Party
from techfair.agreements.negotiation import talking
from techfair.agreements.schemas import Deal, PartyInput
from techfair.agreements.templates import checking, versions
from techfair.core import audit, clock
from techfair.core.database import alone
from techfair.core.errors import ChangedMeanwhile
from techfair.extensions import db
from techfair.fairs.models import Fair

SYMBOLS = {
    "memorandum": "BBGN",
    "technology_transfer_cooperation": "TTHT",
    "technology_transfer_contract": "HĐCG",
    "investment_decision": "QĐĐT",
    "investment_memorandum": "GNĐT",
    "nda": "TTBM",
}
NUMBER_LOCK = 7_301_007  # the advisory lock under which PostgreSQL's writers take numbers one after another
ROWS = {"technology_ids", "milestones"}  # of a deal: rows of their own
READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no letter that reads as another


def draft(fair: Fair, kind: str, deal: Deal, parties: Sequence[PartyInput], *, by: User | None) -> Agreement:
    """Begin an agreement from the newest template of its kind, with its parties in order."""
    template = versions.current(fair, kind)
    agreement = Agreement(
        fair_id=fair.id,
        kind=kind,
        number=next_number(fair, kind),
        code=new_code(),
        template_id=template.id,
        clauses=[dict(clause) for clause in template.clauses],
        created_by_id=by.id if by else None,
        **_columns(deal),
    )
    agreement.parties = [_party(position, given) for position, given in enumerate(parties, start=1)]
    agreement.attachments = []
    _set_technologies(agreement, deal)
    _set_milestones(agreement, deal)
    db.session.add(agreement)
    audit.record("agreement.drafted", agreement, by=by, number=agreement.number)
    return agreement


def change(agreement: Agreement, deal: Deal, parties: Sequence[PartyInput], *, by: User, version: int) -> None:
    """Change a draft whose editor started from ``version``.

    Raises StepSkipped once its text is settled, and ChangedMeanwhile where the other party saved since then.
    """
    agreement.require_open()
    if version != agreement.version:
        raise ChangedMeanwhile
    for name, value in _columns(deal).items():
        setattr(agreement, name, value)
    _set_technologies(agreement, deal)
    _set_milestones(agreement, deal)
    _set_parties(agreement, parties)
    agreement.version += 1  # also where only a party changed, which is a row of its own
    if agreement.state == "negotiation":
        talking.note(agreement, by.full_name or by.email)
    audit.record("agreement.changed", agreement, by=by)


def freeze(agreement: Agreement, *, by: User | str) -> None:
    """Settle the text: its digest stands on every page from now on, and nothing of it changes any more.

    It needs the consent of all parties to this very text, unless an authority issues it, else ConsentMissing is raised.
    Raises ContentMissing where something is missing that its kind must contain, and TextNotPrintable
    where a name or a text holds letters that no font of ours has.
    """
    checking.require_complete(agreement)
    talking.require_consent(agreement)
    if agreement.state == "draft":
        agreement.move_to("negotiation")
    agreement.move_to("frozen")
    agreement.frozen_digest = content.digest(agreement)
    filing.begin(agreement)
    audit.record("agreement.frozen", agreement, by=by, digest=agreement.frozen_digest)


def abandon(agreement: Agreement, *, by: User, reason: str) -> None:
    """End an agreement before it is completed."""
    agreement.move_to("abandoned")
    audit.record("agreement.abandoned", agreement, by=by, reason=reason)


def next_number(fair: Fair, kind: str) -> str:
    """Such as 07/2019/BBGN. Numbers are given one after another: the next draft waits for this one's commit."""
    alone(NUMBER_LOCK)
    taken = db.session.scalar(select(func.count()).select_from(Agreement).filter_by(fair_id=fair.id)) or 0
    year = clock.today(fair.timezone).year
    return f"{taken + 1:02d}/{year}/{SYMBOLS[kind]}"


def new_code() -> str:
    """Ten letters by which anyone finds the document; they cannot be guessed and give no access by themselves."""
    return "".join(secrets.choice(READABLE) for _ in range(10))


def _columns(deal: Deal) -> dict[str, Any]:
    """Columns of a deal; what is confidential is not kept here at all."""
    if deal.is_confidential or deal.value is None:
        nothing = dict.fromkeys(("value", "value_high", "value_currency", "value_rate", "value_rate_on", "value_vnd"))
        return deal.model_dump(exclude=ROWS) | nothing
    rate = None if deal.value_currency == "VND" else deal.value_rate
    return deal.model_dump(exclude=ROWS) | {
        "value_rate": rate,
        "value_rate_on": deal.value_rate_on if rate else None,
        "value_vnd": values.in_vnd(deal.value, deal.value_currency, rate),
    }


def _set_technologies(agreement: Agreement, deal: Deal) -> None:
    """Make the technologies those of the deal, in its order."""
    if [one.technology_id for one in agreement.technologies] == deal.technology_ids:
        return
    agreement.technologies.clear()
    db.session.flush()  # the old rows leave their places first
    agreement.technologies = [
        AgreementTechnology(position=position, technology_id=id)
        for position, id in enumerate(dict.fromkeys(deal.technology_ids), start=1)
    ]


def _set_milestones(agreement: Agreement, deal: Deal) -> None:
    """Make the milestones those of the deal, by day."""
    planned = sorted(deal.milestones, key=lambda one: one.due_on)
    for row, given in zip(agreement.milestones, planned, strict=False):
        for name, value in given.model_dump().items():
            setattr(row, name, value)
    del agreement.milestones[len(planned) :]
    for position, given in enumerate(planned[len(agreement.milestones) :], start=len(agreement.milestones) + 1):
        agreement.milestones.append(Milestone(position=position, **given.model_dump()))


def _set_parties(agreement: Agreement, parties: Sequence[PartyInput]) -> None:
    """Change the parties that stay, take out those that are missing, add the new ones."""
    known: dict[int | None, Party] = {party.id: party for party in agreement.parties}
    stay = [known.get(given.id) or _party(0, given) for given in parties]
    for party in set(agreement.parties) - set(stay):
        agreement.parties.remove(party)
    db.session.flush()  # who leaves makes place before the others move up
    for position, (party, given) in enumerate(zip(stay, parties, strict=True), start=1):
        for name, value in given.model_dump(exclude={"id"}).items():
            setattr(party, name, value)
        party.position = position
        if party not in agreement.parties:
            agreement.parties.append(party)


def _party(position: int, given: PartyInput) -> Party:
    return Party(position=position, signatures=[], **given.model_dump(exclude={"id"}))

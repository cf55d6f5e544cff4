"""What parties do with an open text: share it, comment, propose, decide, agree. Hold the agreement's row."""

from collections.abc import Sequence
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select

from techfair.agreements import content
from techfair.agreements.models import Agreement, Party
from techfair.agreements.negotiation.models import ClauseComment, ClauseProposal, Consent, TextVersion
from techfair.core import audit, clock, links, mail
from techfair.core.errors import StepSkipped, TechfairError
from techfair.extensions import db

LINK_DAYS = 90
MOST_OPEN = 20  # proposals of one party at a time


class ProposalOutdated(TechfairError):
    code, status = "proposal_outdated", 409
    message = _l("The clause has changed since this was proposed. Propose it anew on the present text.")


class NothingProposed(TechfairError):
    code, status = "nothing_proposed", 422
    message = _l("This is the text as it stands. Change it before you propose it.")


class TooManyProposals(TechfairError):
    code, status = "too_many_proposals", 429
    message = _l("Twenty of your proposals wait for an answer. Withdraw one first.")


class ConsentMissing(TechfairError):
    """``names`` are the parties who have not agreed to the text as it stands."""

    code, status = "consent_missing", 409
    message = _l("Not all parties have agreed to the text as it stands.")

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.message = _l("These parties have not agreed to the present text: %(names)s.", names=", ".join(names))


def share(agreement: Agreement, *, by: Any, party: Party | None = None) -> None:
    """Begin the negotiation: every party gets a link by which it comments, proposes and agrees.

    ``party`` is the side that puts the draft before the others, and agrees to it by that.
    """
    agreement.move_to("negotiation")
    note(agreement, str(getattr(by, "full_name", by)))
    for one in agreement.parties:
        mail.queue(
            "negotiation_invitation",
            to=one.email,
            name=one.representative,
            language=one.language,
            fair=agreement.fair,
            agreement=agreement,
            party=one,
            link=address(one),
        )
    audit.record("agreement.shared", agreement, by=by, names=[one.name_vi for one in agreement.parties])
    if party is not None:
        agree(agreement, party, content.digest(agreement))


def address(party: Party) -> str:
    """The party's own page of the negotiation; good for ninety days."""
    return f"{current_app.config['BASE_URL']}/negotiate/{links.sign('negotiation', party.id)}"


def comment(agreement: Agreement, party: Party, clause: int, text: str) -> None:
    """Say something about a clause."""
    _require_negotiation(agreement)
    said = ClauseComment(agreement_id=agreement.id, author=party.name_vi, clause=clause, text=text)
    db.session.add(said)
    audit.record("agreement.commented", agreement, by=party.email, clause=clause + 1)


def propose(agreement: Agreement, party: Party, clause: int, after: dict[str, str], reason: str) -> None:
    """Propose another wording; raises NothingProposed, TooManyProposals."""
    _require_negotiation(agreement)
    before = agreement.clauses[clause]
    changed = before | after
    if changed == before:
        raise NothingProposed
    mine = select(func.count()).select_from(ClauseProposal).filter_by(agreement_id=agreement.id, state="open")
    if (db.session.scalar(mine.where(ClauseProposal.email == party.email)) or 0) >= MOST_OPEN:
        raise TooManyProposals
    proposal = ClauseProposal(
        agreement_id=agreement.id, email=party.email, author=party.name_vi, clause=clause, reason=reason
    )
    proposal.before, proposal.after = [before], [changed]
    db.session.add(proposal)
    audit.record("agreement.proposed", agreement, by=party.email, clause=clause + 1)


def decide(agreement: Agreement, party: Party, proposal: ClauseProposal, verdict: str) -> None:
    """``accepted`` or ``rejected`` by another party, ``withdrawn`` by its own; accepted, it is the text from now on.

    Raises StepSkipped for whose turn it is not, and ProposalOutdated (commit it: the proposal is over).
    """
    _require_negotiation(agreement)
    is_own = proposal.email == party.email
    if is_own != (verdict == "withdrawn"):
        raise StepSkipped
    if verdict == "accepted" and _has_changed(agreement, proposal):
        _close(proposal, "outdated", party)
        raise ProposalOutdated
    _close(proposal, verdict, party)
    if verdict == "accepted":
        clauses = list(agreement.clauses)
        clauses[proposal.clause] = proposal.after[0]
        agreement.clauses = clauses
        note(agreement, proposal.author)
    audit.record(f"agreement.proposal_{verdict}", agreement, by=party.email, clause=proposal.clause + 1)


def agree(agreement: Agreement, party: Party, digest: str) -> bool:
    """Say yes to the text of this digest; the answer is whether all have now. Raises ConsentMissing for an old one."""
    _require_negotiation(agreement)
    if digest != content.digest(agreement):
        raise ConsentMissing([party.name_vi])
    if party.id not in {one.party_id for one in consents(agreement)}:
        db.session.execute(delete(Consent).filter_by(party_id=party.id))
        db.session.add(Consent(party_id=party.id, agreement_id=agreement.id, digest=digest))
        audit.record("agreement.agreed", agreement, by=party.email, digest=digest)
    return not missing(agreement)


def consents(agreement: Agreement) -> Sequence[Consent]:
    """The consents to the text as it stands."""
    db.session.flush()
    given = select(Consent).filter_by(agreement_id=agreement.id, digest=content.digest(agreement))
    return db.session.scalars(given).all()


def missing(agreement: Agreement) -> list[Party]:
    """The parties that have not agreed to the text as it stands."""
    given = {one.party_id for one in consents(agreement)}
    return [party for party in agreement.parties if party.id not in given]


def require_consent(agreement: Agreement) -> None:
    """Raises ConsentMissing while the text lacks a party's consent, as a draft does that nobody else has seen.

    What an authority decides it issues: nobody negotiates that.
    """
    if not agreement.is_issued and (lacking := missing(agreement)):
        raise ConsentMissing([party.name for party in lacking])


def note(agreement: Agreement, by: str) -> None:
    """Keep the text as a version where text or deal changed; all consents to another text end."""
    db.session.flush()
    digest = content.digest(agreement)
    last = db.session.scalars(
        select(TextVersion).filter_by(agreement_id=agreement.id).order_by(TextVersion.number.desc()).limit(1)
    ).first()
    if last is not None and last.digest == digest:
        return
    db.session.execute(delete(Consent).filter_by(agreement_id=agreement.id))
    version = TextVersion(agreement_id=agreement.id, number=last.number + 1 if last else 1, digest=digest, made_by=by)
    version.clauses = list(agreement.clauses)
    db.session.add(version)


def _require_negotiation(agreement: Agreement) -> None:
    if agreement.state != "negotiation":
        raise StepSkipped


def _has_changed(agreement: Agreement, proposal: ClauseProposal) -> bool:
    there = proposal.clause < len(agreement.clauses)
    return not there or agreement.clauses[proposal.clause] != proposal.before[0]


def _close(proposal: ClauseProposal, state: str, party: Party) -> None:
    proposal.move_to(state)
    proposal.decided_at, proposal.decided_by = clock.now(), party.name_vi

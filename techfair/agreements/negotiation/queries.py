"""Reads of a negotiation for its page."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select

from techfair.agreements.models import Agreement, Party
from techfair.agreements.negotiation import differences
from techfair.agreements.negotiation.models import ClauseComment, ClauseProposal, TextVersion
from techfair.core.languages import LANGUAGES
from techfair.exhibitors.models import CompanyMember
from techfair.extensions import db

Read = Callable[[str, str], str]


def by_clause(agreement: Agreement, read: Read) -> list[dict[str, Any]]:
    """Each clause with what was said of it and what is proposed for it, as ``read``; three statements for all."""
    comments: dict[int, list[ClauseComment]] = defaultdict(list)
    for comment in db.session.scalars(_of(ClauseComment, agreement)):
        comments[comment.clause].append(comment)
    proposals: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in db.session.scalars(_of(ClauseProposal, agreement)):
        changes = differences.of_clause(as_read(one.before[0], read), as_read(one.after[0], read))
        proposals[one.clause].append({"row": one, "changes": changes})
    return [
        {"number": n, "clause": clause, "comments": comments[n], "proposals": proposals[n]}
        for n, clause in enumerate(agreement.clauses)
    ]


def as_read(clause: dict[str, str], read: Read) -> dict[str, str]:
    """A clause with its fields filled in, as people read it."""
    return clause | {f"text_{locale}": read(clause.get(f"text_{locale}", ""), locale) for locale in LANGUAGES}


def versions(agreement: Agreement) -> Sequence[TextVersion]:
    """The versions of the text, newest first."""
    those = select(TextVersion).filter_by(agreement_id=agreement.id)
    return db.session.scalars(those.order_by(TextVersion.number.desc())).all()


def proposal(agreement: Agreement, id: int) -> ClauseProposal | None:
    """A proposal of this agreement."""
    return db.session.scalars(select(ClauseProposal).filter_by(id=id, agreement_id=agreement.id)).one_or_none()


def party(id: int) -> Party | None:
    return db.session.get(Party, id)


def party_of(agreement: Agreement, user_id: int) -> Party | None:
    """The side for which this manager speaks."""
    mine = select(CompanyMember.company_id).filter_by(user_id=user_id, role="manager")
    companies = set(db.session.scalars(mine))
    return next((party for party in agreement.parties if party.company_id in companies), None)


def _of(model: Any, agreement: Agreement) -> Any:
    return select(model).filter_by(agreement_id=agreement.id).order_by(model.id)

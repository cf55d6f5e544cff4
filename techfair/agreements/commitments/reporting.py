"""What a party reports, and what an organizer makes of it: accepted it counts, returned it does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from techfair.accounts.models import User
from techfair.agreements.commitments import asking
from techfair.agreements.commitments.models import ProgressFile, ProgressLine, ProgressReport, ProgressRequest
from techfair.agreements.models import Agreement
from techfair.agreements.papers import KeptPaper
from techfair.core import audit, clock, mail
from techfair.core.errors import StepSkipped, TechfairError
from techfair.extensions import db

WHOLE = (
    joinedload(ProgressReport.agreement).joinedload(Agreement.fair),
    joinedload(ProgressReport.party),
    selectinload(ProgressReport.lines).joinedload(ProgressLine.milestone),
    selectinload(ProgressReport.files),
)


class ReasonMissing(TechfairError):
    code, status = "reason_missing", 422
    message = _l("Say what is to be changed: the party reads it.")


@dataclass(frozen=True)
class Reached:
    """How far a milestone is, in all since the signing; ``reached_on`` once all of it is reached."""

    milestone_id: int
    actual: int | None = None
    reached_on: date | None = None


def report(
    request: ProgressRequest,
    reached: Sequence[Reached],
    evidence: Sequence[KeptPaper] = (),
    *,
    note: str = "",
    form_token: str | None = None,
) -> ProgressReport:
    """Hand in what a party has reached; what it handed in before and nobody decided on reads replaced.

    The same form sent twice is one report. Raises StepSkipped once the agreement no longer binds.
    """
    db.session.refresh(request.agreement, ["state", "version"], with_for_update=True)
    if form_token and (sent := db.session.scalars(select(ProgressReport).filter_by(form_token=form_token)).first()):
        return sent
    if request.agreement.state != "completed":
        raise StepSkipped
    waiting = select(ProgressReport).filter_by(party_id=request.party_id, state="waiting")
    for earlier in db.session.scalars(waiting):
        earlier.move_to("replaced")
    db.session.flush()
    made = ProgressReport(
        agreement_id=request.agreement_id,
        party_id=request.party_id,
        period_on=request.period_on,
        note=note,
        reporter=request.party.email,
        form_token=form_token,
        lines=[ProgressLine(**vars(one)) for one in reached],
        files=[ProgressFile(**vars(one)) for one in evidence],
    )
    db.session.add(made)
    db.session.flush()
    digests = [one.digest for one in evidence]
    audit.record("progress.reported", made, by=request.party.email, fair_id=request.agreement.fair_id, digests=digests)
    return made


def accept(reported: ProgressReport, *, by: User) -> None:
    """Let a report count."""
    _decide(reported, "accepted", by)
    audit.record("progress.accepted", reported, by=by, fair_id=reported.agreement.fair_id)


def send_back(reported: ProgressReport, *, by: User, reason: str) -> None:
    """Return a report with a reason; the party is told and may report anew. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    reported.reason = reason.strip()
    _decide(reported, "returned", by)
    audit.record("progress.returned", reported, by=by, fair_id=reported.agreement.fair_id, reason=reported.reason)
    request = asking.ask(reported.agreement, reported.party, reported.period_on, by=by)
    mail.queue(
        "progress_returned",
        to=reported.party.email,
        name=reported.party.representative,
        language=reported.party.language,
        fair=reported.agreement.fair,
        agreement=reported.agreement,
        reason=reported.reason,
        link=asking.address(request),
    )


def of_agreement(agreement_id: int) -> Sequence[ProgressReport]:
    """Every report of an agreement with its lines and files, newest first."""
    mine = select(ProgressReport).filter_by(agreement_id=agreement_id).options(*WHOLE)
    return db.session.scalars(mine.order_by(ProgressReport.id.desc())).unique().all()


def of_party(party_id: int) -> Sequence[ProgressReport]:
    """Every report of a party, newest first."""
    mine = select(ProgressReport).filter_by(party_id=party_id).options(*WHOLE)
    return db.session.scalars(mine.order_by(ProgressReport.id.desc())).unique().all()


def _decide(reported: ProgressReport, state: str, by: User) -> None:
    """Of two who decide at once the second is told that it is decided: StepSkipped."""
    db.session.refresh(reported, ["state"], with_for_update={"of": ProgressReport})
    decider = by.id  # read first: state and decision reach the database together
    reported.move_to(state)
    reported.decided_at, reported.decided_by_id = clock.now(), decider

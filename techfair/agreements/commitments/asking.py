"""Asking parties twice a year how far their promises are, and reminding them until they report."""

from collections.abc import Iterable
from datetime import date, timedelta

from flask import current_app
from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from techfair.accounts.models import User
from techfair.agreements import documents
from techfair.agreements.commitments import periods, promises
from techfair.agreements.commitments.models import ProgressReport, ProgressRequest
from techfair.agreements.deal.models import Milestone
from techfair.agreements.models import Agreement, Party
from techfair.core import audit, clock, jobs, links, mail
from techfair.core.database import insert_new
from techfair.extensions import db

PURPOSE, LINK_DAYS = "progress", 200  # good until the next half-year's comes
PAUSE = timedelta(days=14)
MOST = 3
BATCH = 200
WHOLE = (
    joinedload(ProgressRequest.party),
    joinedload(ProgressRequest.agreement).joinedload(Agreement.fair),
)


@jobs.every(minutes=60)
def ask_parties() -> None:
    """Ask whoever is to be asked for the half-year that ended last, then remind; each is committed by itself."""
    period_on = periods.last_ended(clock.now().date())
    for id in _not_asked(period_on):
        agreement = documents.load(id, for_update=True)
        for party in promising(agreement):
            ask(agreement, party, period_on)
        db.session.commit()
    for id in _silent(period_on):
        _remind(id)
        db.session.commit()


def promising(agreement: Agreement) -> list[Party]:
    """Who reports: every party, but of an investment not the authority that decides on it or notes it."""
    return agreement.parties[1:] if agreement.is_investment else list(agreement.parties)


def ask(agreement: Agreement, party: Party, period_on: date, *, by: User | None = None) -> ProgressRequest:
    """The request of a party for a half-year, mailed when it is new; asked twice it is one."""
    new = {"agreement_id": agreement.id, "party_id": party.id, "period_on": period_on, "asked_at": clock.now()}
    is_new = insert_new(ProgressRequest, [new | {"reminders": 0}], returning=ProgressRequest.id)
    request = db.session.scalars(select(ProgressRequest).filter_by(party_id=party.id, period_on=period_on)).one()
    if is_new:
        _mail("progress_asked", request, agreement, party)
        details = {"to": party.email, "day": period_on.isoformat()}
        audit.record("progress.asked", request, by=by, fair_id=agreement.fair_id, **details)
    return request


def send_again(request: ProgressRequest, *, by: User) -> None:
    """Mail the link anew, as a party that lost it asks on the telephone."""
    _mail("progress_asked", request, request.agreement, request.party)
    audit.record("progress.asked_again", request, by=by, fair_id=request.agreement.fair_id, to=request.party.email)


def address(request: ProgressRequest) -> str:
    """The page on which this party reports: whoever holds the link may."""
    return f"{current_app.config['BASE_URL']}/progress/{links.sign(PURPOSE, request.id)}"


def _not_asked(period_on: date) -> list[int]:
    """Agreements in force with something not reached yet, signed before the half-year ended and not asked for it."""
    last = promises.newest()
    missing = or_(last.c.reached_on.is_(None), last.c.actual < Milestone.planned)
    of_it = promises.beside(select(Milestone.id), last).where(Milestone.agreement_id == Agreement.id)
    is_open = of_it.where(missing).exists()
    asked = select(ProgressRequest.id).where(
        ProgressRequest.agreement_id == Agreement.id, ProgressRequest.period_on == period_on
    )
    due = select(Agreement.id).where(
        Agreement.state.in_(promises.IN_FORCE), Agreement.signed_on <= period_on, is_open, ~asked.exists()
    )
    return _ids(db.session.scalars(due.order_by(Agreement.id).limit(BATCH)))


def _silent(period_on: date) -> list[int]:
    reported = select(ProgressReport.id).where(
        ProgressReport.party_id == ProgressRequest.party_id,
        ProgressReport.period_on == ProgressRequest.period_on,
        ProgressReport.state.in_(("waiting", "accepted")),
    )
    told = func.coalesce(ProgressRequest.reminded_at, ProgressRequest.asked_at)
    silent = select(ProgressRequest.id).join(Agreement, Agreement.id == ProgressRequest.agreement_id)
    silent = silent.where(
        ProgressRequest.period_on == period_on,
        ProgressRequest.reminders < MOST,
        told < clock.now() - PAUSE,
        Agreement.state.in_(promises.IN_FORCE),
        ~reported.exists(),
    )
    return _ids(db.session.scalars(silent.order_by(told).limit(BATCH)))


def _ids(found: Iterable[int]) -> list[int]:
    ids = list(found)
    db.session.commit()
    return ids


def _remind(id: int) -> None:
    found = select(ProgressRequest).filter_by(id=id).options(*WHOLE).with_for_update(of=ProgressRequest)
    request = db.session.scalars(found.execution_options(populate_existing=True)).one()
    if (request.reminded_at or request.asked_at) > clock.now() - PAUSE:
        return  # another worker was here first
    request.reminders, request.reminded_at = request.reminders + 1, clock.now()
    _mail("progress_reminder", request, request.agreement, request.party)
    audit.record("progress.reminded", request, fair_id=request.agreement.fair_id, to=request.party.email)


def _mail(template: str, request: ProgressRequest, agreement: Agreement, party: Party) -> None:
    mail.queue(
        template,
        to=party.email,
        name=party.representative,
        language=party.language,
        fair=agreement.fair,
        agreement=agreement,
        party=party,
        period_on=request.period_on,
        is_last=request.reminders == MOST,
        link=address(request),
    )

"""A company's application to exhibit: each step has who, when and why, and tells the company by mail."""

from blinker import Signal
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from techfair.accounts.models import User
from techfair.core import audit, clock, database
from techfair.core.errors import TechfairError
from techfair.exhibitors import booths, letters
from techfair.exhibitors.models import FINAL_STATES, Application, Company, Exhibitor
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair

application_submitted = Signal("An application reached the organizers. Sent before the commit: write rows only.")
application_decided = Signal("An organizer or the company decided an application. Sent before the commit.")


class ApplicationOpen(TechfairError):
    """The company has an application at this fair that is not decided for good."""

    code, status = "application_open", 409
    message = _l("This company has an application at this fair already.")


class CallClosed(TechfairError):
    """The fair takes no applications now; what was returned may come back all the same."""

    code, status = "call_closed", 409
    message = _l("This fair takes no applications at the moment, so this one cannot be handed in.")


class ReasonMissing(TechfairError):
    code, status = "reason_missing", 422
    message = _l("Say why, so that the company knows what to do.")


def start(
    fair: Fair, company: Company, by: User, *, exhibits: str, booth_wish: str = "", form_token: str | None = None
) -> Application:
    """A draft; raises ApplicationOpen where the company has one, or this form was sent before."""
    row = {
        "fair_id": fair.id,
        "company_id": company.id,
        "exhibits": exhibits,
        "booth_wish": booth_wish,
        "form_token": form_token,
    }
    inserted = database.insert_new(Application, [row], returning=Application.id)
    if not inserted:
        raise ApplicationOpen
    application = db.session.get_one(Application, inserted[0])
    audit.record("application.started", application, by=by)
    return application


def open_at(fair_id: int, company_id: int) -> Application | None:
    """The application of a company at a fair that is not decided for good, at most one."""
    mine = select(Application).filter_by(fair_id=fair_id, company_id=company_id)
    return db.session.scalars(mine.where(Application.state.not_in(FINAL_STATES))).one_or_none()


def sent_with(form_token: str) -> Application | None:
    """The application that a form made when it was sent first."""
    return db.session.scalars(select(Application).filter_by(form_token=form_token)).one_or_none()


def submit(application: Application, by: User) -> None:
    """Hand a draft or returned application to the organizers; raises StepSkipped from any other state.

    Outside the days of the call only a returned one, for the organizer asked for it: raises CallClosed.
    """
    if application.state == "draft" and not db.session.get_one(Fair, application.fair_id).takes_applications:
        raise CallClosed
    _move(application, "submitted", by)
    application.submitted_at = clock.now()
    application_submitted.send(application)
    letters.tell(application, "application_received")


def approve(application: Application, by: User, reason: str = "", booth: Booth | None = None) -> Exhibitor:
    """Make the company an exhibitor, with a booth if one is given; raises booths.BoothTaken."""
    _move(application, "approved", by, reason)
    exhibitor = _exhibitor(application)
    if booth is not None:
        booths.assign(exhibitor, booth, by)
    _decided(application, "application_approved", booths=booths.codes(booths.held_by(exhibitor.id)))
    return exhibitor


def return_(application: Application, by: User, reason: str = "") -> None:
    """Give it back to be changed; the reason says what to change."""
    _needs_reason(reason)
    _move(application, "returned", by, reason)
    _decided(application, "application_returned")


def wait(application: Application, by: User, reason: str = "") -> None:
    """Put it on the waiting list."""
    _move(application, "waiting", by, reason)
    _decided(application, "application_waiting")


def decline(application: Application, by: User, reason: str = "") -> None:
    """Refuse it for good, with the reason."""
    _needs_reason(reason)
    _move(application, "declined", by, reason)
    _decided(application, "application_declined")


def withdraw(application: Application, by: User, reason: str = "") -> None:
    """The company takes it back, also after approval: then its booths are free again."""
    _move(application, "withdrawn", by, reason)
    _end_part(application, by)
    _decided(application, "application_withdrawn")


def cancel(application: Application, by: User, reason: str = "") -> None:
    """The organizer takes an approval back, with the reason: the booths are free again."""
    _needs_reason(reason)
    _move(application, "cancelled", by, reason)
    _end_part(application, by)
    _decided(application, "application_cancelled")


def _move(application: Application, state: str, by: User, reason: str = "") -> None:
    # PostgreSQL: of two who decide at once the second waits here, then sees what the first did.
    db.session.refresh(application, ["state"], with_for_update=True)
    application.move_to(state)
    application.reason = reason
    if state != "submitted":
        application.decided_at, application.decided_by_id = clock.now(), by.id
    audit.record(f"application.{state}", application, by=by, reason=reason)


def _decided(application: Application, letter: str, **context: object) -> None:
    application_decided.send(application)
    letters.tell(application, letter, **context)


def _needs_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing


def _exhibitor(application: Application) -> Exhibitor:
    """The company at this fair: a new row, or the one of an earlier application."""
    key = {"fair_id": application.fair_id, "company_id": application.company_id}
    exhibitor = db.session.scalars(select(Exhibitor).filter_by(**key)).one_or_none() or Exhibitor(**key)
    exhibitor.is_active, exhibitor.approved_at = True, clock.now()
    db.session.add(exhibitor)
    db.session.flush()
    return exhibitor


def _end_part(application: Application, by: User) -> None:
    mine = select(Exhibitor).filter_by(fair_id=application.fair_id, company_id=application.company_id)
    exhibitor = db.session.scalars(mine).one_or_none()
    if exhibitor is not None and exhibitor.is_active:
        booths.release_all(exhibitor, by)
        exhibitor.is_active = False

"""Asking for what is kept back, deciding about it, taking it back, and writing down each showing."""

from flask_babel import lazy_gettext as _l

from techfair.accounts.models import User
from techfair.core import access, audit, clock
from techfair.core.database import insert_new
from techfair.core.errors import StepSkipped, TechfairError
from techfair.exhibitors.disclosure import letters, queries, undertaking
from techfair.exhibitors.disclosure.models import LEVELS, DisclosureRequest, Showing
from techfair.exhibitors.disclosure.readers import Reader
from techfair.exhibitors.permissions import of_record
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db


class ReasonMissing(TechfairError):
    code, status = "disclosure_reason_missing", 422
    message = _l("Say why; the person who asked reads it.")


@access.rule(DisclosureRequest)
def of_request(user: object, request: DisclosureRequest, to: str) -> bool:
    """As of the technology: its company's staff read, its managers decide. Who asked reads their own elsewhere."""
    return of_record(user, request.technology, "read" if to == "see" else to)


def ask(technology: Technology, reader: Reader, purpose: str, organisation: str) -> None:
    """Ask to be shown what a technology keeps back; where an open request stands already, nothing is added."""
    row = {
        "technology_id": technology.id,
        "fair_id": reader.fair.id if reader.fair else None,
        "asker": reader.key,
        "name": reader.name,
        "organisation": organisation or reader.organisation,
        "purpose": purpose,
        "state": "asked",
        "reason": "",
        "asked_at": clock.now(),
    }
    for id in insert_new(DisclosureRequest, [row], returning=DisclosureRequest.id):
        request = db.session.get_one(DisclosureRequest, id)
        audit.record("disclosure.asked", request, by=reader.name, fair_id=request.fair_id, name=technology.title_vi)
        letters.tell_company(request, technology)


def grant(request: DisclosureRequest, by: User, level: str) -> None:
    """Let them see what is kept back up to a level: ``request``, or ``nda`` once the undertaking is signed."""
    if level not in LEVELS:
        raise StepSkipped
    request.level = level
    _decide(request, by, "granted")


def decline(request: DisclosureRequest, by: User, reason: str) -> None:
    """Raises ReasonMissing."""
    _decide(request, by, "declined", _given(reason))


def revoke(request: DisclosureRequest, by: User, reason: str) -> None:
    """End what was granted: from now on nothing more is shown. Raises ReasonMissing."""
    _decide(request, by, "revoked", _given(reason))


def withdraw(request: DisclosureRequest) -> None:
    """Who asked takes it back; what they promised still binds them."""
    request.move_to("withdrawn")
    audit.record("disclosure.withdrawn", request, by=request.name, fair_id=request.fair_id)


def show(request: DisclosureRequest, address: str, document: str = "") -> None:
    """Write down for the company that something is shown now; what, ``open_levels`` says."""
    db.session.add(Showing(request_id=request.id, document=document, address=address))
    db.session.flush()


def open_levels(request: DisclosureRequest | None) -> tuple[str, ...]:
    """What a request opens at this moment: nothing, what is on request, or all once the undertaking is signed."""
    if request is None or request.state != "granted":
        return ()
    return LEVELS if request.level == "nda" and undertaking.of(request) else LEVELS[:1]


def _decide(request: DisclosureRequest, by: User, state: str, reason: str = "") -> None:
    request.move_to(state)
    request.reason, request.decided_at, request.decided_by_id = reason, clock.now(), by.id
    detail = {"reason": reason} if reason else {"level": request.level}
    audit.record(f"disclosure.{state}", request, by=by, fair_id=request.fair_id, **detail)
    letters.tell_reader(request, queries.technology_of(request), f"disclosure_{state}")


def _given(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing
    return reason.strip()

"""Registering for a fair: a person, what they agreed to, their badge, and the mail that brings it."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from blinker import Signal
from flask_babel import lazy_gettext as _l
from pydantic import AfterValidator, BaseModel, Field, model_validator
from sqlalchemy import or_, select

from techfair.core import audit, clock
from techfair.core.database import insert_new
from techfair.core.errors import StepSkipped, TechfairError
from techfair.core.mail_addresses import parse_mail_address
from techfair.core.phones import parse_phone
from techfair.core.refusal import InputRefused
from techfair.core.vietnamese import clean_line, search_key, sort_key
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import badges, telling
from techfair.visitors.approving import kinds as approval
from techfair.visitors.approving.models import CLAIMED
from techfair.visitors.finding import keeping as finding
from techfair.visitors.models import KINDS, PURPOSES, Consent, Registration

visitor_registered = Signal("A person was registered. Sent before the commit: a listener writes rows, never calls out.")

registration_cancelled = Signal("A registration was cancelled. Sent before the commit: a listener writes rows.")

Line = Annotated[str, AfterValidator(clean_line)]


class RegistrationClosed(TechfairError):
    code, status = "registration_closed", 409
    message = _l("This fair takes no registrations now.")


class RegistrationInput(BaseModel, frozen=True):
    """Who registers, as typed; the full name stays one field, composed (NFC) and otherwise untouched.

    Raises ValueError (pydantic's, with the cores' InputRefused inside) for what cannot be stored.
    """

    full_name: Annotated[str, AfterValidator(clean_line), Field(min_length=1, max_length=120)]
    organisation: Line = ""
    email: str | None = None
    phone: str | None = None
    kind: Literal[KINDS] = "visitor"  # type: ignore[valid-type]
    country: str = "VN"
    province_code: str | None = None
    language: Literal["vi", "en"] = "vi"
    consents: frozenset[str] = frozenset()
    delegation_id: int | None = None
    days: tuple[int, ...] | None = None
    is_walk_in: bool = False
    form_token: str | None = Field(None, max_length=64)

    @model_validator(mode="after")
    def _can_be_reached(self) -> "RegistrationInput":
        if not (self.email or self.phone or self.delegation_id or self.is_walk_in):
            raise InputRefused("unreachable", _l("Type an e-mail address or a telephone number."))
        return self


def register(fair: Fair, given: RegistrationInput, by: Any = None) -> Registration:
    """Register a person: badge, consents, and a mail with the badge where an address is known.

    A form sent twice (same ``form_token``) is one registration: the second call answers the first one's.
    Somebody registered before with the same e-mail address or phone makes this one a possible duplicate:
    nobody who registers is told, and the mail brings the badge from before. Without ``by`` the fair must
    take registrations, and a kind that wants approval waits for it without a badge; raises RegistrationClosed.
    """
    if by is None and not fair.takes_registrations:
        raise RegistrationClosed
    values = values_of(fair, given)
    earlier = registered_before(fair, values["email_key"], values["phone"])
    values["possible_duplicate_of_id"] = earlier and earlier.id
    if by is None and given.kind in CLAIMED and given.kind in approval.chosen(fair.id):
        values["state"] = "pending"
    new = insert_new(Registration, [values], returning=Registration.id)
    if not new:
        return db.session.scalars(select(Registration).filter_by(fair_id=fair.id, form_token=given.form_token)).one()
    registration = db.session.get_one(Registration, new[0])
    finding.add(new)
    agree(registration, given.consents)
    if registration.state == "confirmed":
        badges.issue(registration)
    audit.record("registration.made", registration, by=by or "visitor", kind=given.kind)
    if not (earlier and telling.send_badge(earlier, fair)):
        telling.send_badge(registration, fair)
    visitor_registered.send(registration)
    return registration


def registered_before(fair: Fair, email_key: str | None, phone: str | None) -> Registration | None:
    """The first registration of the fair, not cancelled, with this address or number."""
    same = [
        column == value for column, value in ((Registration.email_key, email_key), (Registration.phone, phone)) if value
    ]
    if not same:
        return None
    earlier = select(Registration).where(Registration.fair_id == fair.id, Registration.state != "cancelled", or_(*same))
    return db.session.scalars(earlier.order_by(Registration.id).limit(1)).one_or_none()


def agree(registration: Registration, purposes: Iterable[str]) -> None:
    """Note that the person agreed to these purposes now; one agreed to already keeps its date."""
    standing = set(db.session.scalars(_standing(registration, Consent.purpose)))
    wanted = set(purposes) & set(PURPOSES) - standing
    db.session.add_all(Consent(registration_id=registration.id, purpose=purpose) for purpose in sorted(wanted))
    db.session.flush()


def withdraw(registration: Registration, purpose: str) -> None:
    """End a consent now; the row stays, with both dates."""
    for consent in db.session.scalars(_standing(registration, Consent).filter_by(purpose=purpose)):
        consent.withdrawn_at = clock.now()
    db.session.flush()


def mark_present(registration: Registration, by: Any, is_present: bool = True) -> None:
    """Count a person as present without a scan, or take that back."""
    registration.is_present = is_present
    audit.record("registration.present" if is_present else "registration.not_present", registration, by=by)


def keep_apart(registration: Registration, by: Any) -> None:
    """Say that a possible duplicate is another person after all."""
    registration.possible_duplicate_of_id = None
    audit.record("registration.kept_apart", registration, by=by)


def cancel(registration: Registration, by: Any, reason: str) -> None:
    """Cancel a registration; its badge opens no gate any more. Raises ReasonMissing, StepSkipped."""
    _end(registration, "registration.cancelled", by, reason)


def decline(registration: Registration, by: Any, reason: str) -> None:
    """Cancel a registration that waits for approval. Raises StepSkipped for any other."""
    if registration.state != "pending":
        raise StepSkipped
    _end(registration, "registration.declined", by, reason)


def _end(registration: Registration, deed: str, by: Any, reason: str) -> None:
    registration.move_to("cancelled")
    if badge := badges.valid_badge(registration):
        badges.revoke(badge, by, reason)
    audit.record(deed, registration, by=by, reason=reason)
    registration_cancelled.send(registration)


def _standing(registration: Registration, what: Any) -> Any:
    return select(what).select_from(Consent).filter_by(registration_id=registration.id, withdrawn_at=None)


def values_of(fair: Fair, given: RegistrationInput) -> dict[str, Any]:
    """The row that a person is stored as; raises InputRefused for an address or number that is none."""
    email = parse_mail_address(given.email, allow_test=True) if given.email else None
    return {
        "fair_id": fair.id,
        "kind": given.kind,
        "state": "confirmed",
        "full_name": given.full_name,
        "sort_key": sort_key(given.full_name),
        "search_key": search_key(f"{given.full_name} {given.organisation}"),
        "organisation": given.organisation,
        "email": email and email.shown,
        "email_key": email and email.compared,
        "phone": parse_phone(given.phone) if given.phone else None,
        "country": given.country,
        "province_code": given.province_code,
        "language": given.language,
        "delegation_id": given.delegation_id,
        "days": list(given.days) if given.days else None,
        "is_walk_in": given.is_walk_in,
        "is_present": False,
        "form_token": given.form_token,
        "link_epoch": 0,
        "created_at": clock.now(),
    }

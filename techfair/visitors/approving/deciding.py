"""Deciding about registrations that wait: approved with a badge and its mail, or declined with the reason."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select

from techfair.core import audit, mail
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import badges, registering, telling
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import erasing

erasing.letters("registration_waiting", "registration_declined")


def waiting(fair: Fair) -> Select[Registration]:
    """Who waits, the longest first."""
    return select(Registration).filter_by(fair_id=fair.id, state="pending").order_by(Registration.id)


def approve(registration: Registration, fair: Fair, by: Any) -> None:
    """Confirm somebody who waits: the badge is valid and on its way by mail. Raises StepSkipped."""
    db.session.refresh(registration, ["state"], with_for_update={"of": Registration})
    registration.move_to("confirmed")
    db.session.flush()
    badges.issue(registration)
    audit.record("registration.approved", registration, by=by, kind=registration.kind)
    telling.send_badge(registration, fair)


def approve_all(fair: Fair, ids: Sequence[int], by: Any) -> int:
    """Confirm those of these who still wait, and answer how many there were."""
    people = db.session.scalars(waiting(fair).where(Registration.id.in_(ids))).all()
    for person in people:
        approve(person, fair, by)
    return len(people)


def decline(registration: Registration, fair: Fair, by: Any, reason: str) -> None:
    """End the registration of somebody who waits, and say why. Raises ReasonMissing, StepSkipped."""
    if not reason.strip():
        raise badges.ReasonMissing
    db.session.refresh(registration, ["state"], with_for_update={"of": Registration})
    registering.decline(registration, by, reason.strip())
    if registration.email:
        mail.queue(
            "registration_declined",
            to=registration.email,
            name=registration.full_name,
            language=registration.language,
            fair=fair,
            registration=registration,
            reason=reason.strip(),
        )

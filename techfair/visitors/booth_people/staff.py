"""An exhibitor names its staff: each is registered, gets a badge by mail, and takes a place of the quota."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from techfair.accounts.models import User
from techfair.core import audit
from techfair.core.errors import TechfairError
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import registering, telling
from techfair.visitors.booth_people import quotas
from techfair.visitors.booth_people.models import StaffBadge
from techfair.visitors.models import Registration
from techfair.visitors.registering import RegistrationInput

WITH_PERSON = joinedload(StaffBadge.registration, innerjoin=True).selectinload(Registration.badges)


class QuotaUsed(TechfairError):
    code, status = "staff_quota_used", 409
    message = _l("All badges of your quota are given. Take somebody off the list first, or ask the organizer for more.")


def name(exhibitor: Exhibitor, fair: Fair, given: RegistrationInput, by: User) -> StaffBadge:
    """Register one of an exhibitor's staff, also when the public form is closed. Raises QuotaUsed.

    The form sent twice names one person. Somebody registered before gets the new badge, too: it is of another kind.
    """
    quota = quotas.held_alone(exhibitor)
    if given.form_token and (present := _named_with(exhibitor, given.form_token)):
        return present
    place = quotas.first_free((one.place for one in of(exhibitor)), quota.staff)
    if place is None:
        raise QuotaUsed
    person = registering.register(fair, given, by=by)
    badge = StaffBadge(registration_id=person.id, exhibitor_id=exhibitor.id, place=place)
    db.session.add(badge)
    audit.record("staff.named", exhibitor, by=by, number=place)
    if person.possible_duplicate_of_id is not None:
        telling.send_badge(person, fair)
    return badge


def _named_with(exhibitor: Exhibitor, form_token: str) -> StaffBadge | None:
    mine = select(StaffBadge).filter_by(exhibitor_id=exhibitor.id).join(StaffBadge.registration)
    return db.session.scalars(mine.where(Registration.form_token == form_token)).one_or_none()


def of(exhibitor: Exhibitor) -> Sequence[StaffBadge]:
    """An exhibitor's staff with their badges, the first named first."""
    mine = select(StaffBadge).filter_by(exhibitor_id=exhibitor.id).options(WITH_PERSON)
    return db.session.scalars(mine.order_by(StaffBadge.named_at, StaffBadge.registration_id)).all()


def remove(badge: StaffBadge, exhibitor: Exhibitor, by: User) -> None:
    """Take somebody off: their badge opens no gate any more, and the place is free again."""
    place = badge.place  # the row goes with the registration, see listeners
    registering.cancel(badge.registration, by, str(_("No longer on the exhibitor’s staff")))
    audit.record("staff.removed", exhibitor, by=by, number=place)


def remove_all(exhibitor: Exhibitor, by: User) -> None:
    """The exhibitor takes no part any more, so its staff have no badges."""
    for badge in of(exhibitor):
        if badge.registration.state != "cancelled":
            remove(badge, exhibitor, by)


def let_go(registration_ids: Sequence[int]) -> None:
    """Free the places of people who are nobody's staff any more."""
    db.session.execute(delete(StaffBadge).where(StaffBadge.registration_id.in_(registration_ids)))

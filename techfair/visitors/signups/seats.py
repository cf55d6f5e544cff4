"""Giving out seats: who asks gets one or waits, in order; whoever leaves lets the next one in, who is told."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from techfair.core import audit, clock, mail
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs.models import Activity, Fair
from techfair.fairs.programme import activity_changed
from techfair.visitors import own
from techfair.visitors.merging import registrations_merged
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import erasing, stored
from techfair.visitors.registering import registration_cancelled
from techfair.visitors.signups.models import SignUp

erasing.letters("seat_given", "activity_cancelled")


class SignUpClosed(TechfairError):
    code, status = "sign_up_closed", 409
    message = _l("One cannot sign up for this activity, or no longer.")


def is_open(activity: Activity) -> bool:
    """Whether people may sign up now: where it is wanted, until the activity ends."""
    return activity.needs_sign_up and activity.state == "planned" and clock.now() < activity.ends_at


def sign_up(activity: Activity, people: Sequence[Registration], by: Any) -> list[SignUp]:
    """Sign people up in the order given: each one counts, those without a seat wait in that order.

    Who is signed up already stays as they are. Of several who ask at once the activity's row lets one go first,
    and the seats' numbers would refuse a second on the same. Raises SignUpClosed.
    """
    _hold(activity)
    if not is_open(activity):
        raise SignUpClosed
    made = [_ask(activity, person, by) for person in people]
    _move_up(activity, told=False)
    return made


def leave(activity: Activity, person: Registration, by: Any) -> None:
    """Give the seat or the place in the queue back; the next one waiting gets it. Twice is once."""
    _hold(activity)
    mine = select(SignUp).filter_by(activity_id=activity.id, registration_id=person.id)
    sign_up = db.session.scalars(mine).one_or_none()
    if sign_up is None or sign_up.state == "left":
        return
    sign_up.seat = None
    sign_up.move_to("left")
    db.session.flush()
    audit.record("sign_up.left", sign_up, by=by, fair_id=activity.fair_id, activity_id=activity.id)
    _move_up(activity)


def _hold(activity: Activity) -> None:
    db.session.refresh(activity, with_for_update=True)


def _ask(activity: Activity, person: Registration, by: Any) -> SignUp:
    mine = select(SignUp).filter_by(activity_id=activity.id, registration_id=person.id)
    sign_up = db.session.scalars(mine).one_or_none()
    if sign_up is None:
        sign_up = SignUp(activity_id=activity.id, registration_id=person.id, state="left", turn=0)
    if sign_up.state == "left":
        last = db.session.scalar(select(func.max(SignUp.turn)).filter_by(activity_id=activity.id)) or 0
        sign_up.turn, sign_up.asked_at = last + 1, clock.now()
        sign_up.move_to("waiting")
        db.session.add(sign_up)
        db.session.flush()
        audit.record("sign_up.made", sign_up, by=by, fair_id=activity.fair_id, activity_id=activity.id)
    return sign_up


def _move_up(activity: Activity, told: bool = True) -> None:
    """Give free seats to those who wait, the first first; whoever did not ask just now is told by mail."""
    waiting = select(SignUp).filter_by(activity_id=activity.id, state="waiting").order_by(SignUp.turn)
    free = _free_seats(activity)
    for sign_up in db.session.scalars(waiting.options(joinedload(SignUp.registration))).all():
        if (seat := next(free, None)) is None:
            return
        sign_up.seat = seat
        sign_up.move_to("seated")
        db.session.flush()
        audit.record("sign_up.seated", sign_up, by="system", fair_id=activity.fair_id, activity_id=activity.id)
        if told:
            _tell(sign_up.registration, activity, "seat_given")


def _free_seats(activity: Activity) -> Any:
    """The numbers of the free seats, the lowest first; without a capacity there is no end of them."""
    taken = set(db.session.scalars(select(SignUp.seat).filter_by(activity_id=activity.id, state="seated")))
    most = activity.capacity or len(taken) + 100_000
    return (seat for seat in range(1, most + 1) if seat not in taken)


def _tell(person: Registration, activity: Activity, template: str) -> None:
    if person.email is None:
        return
    fair = db.session.get_one(Fair, activity.fair_id)
    address = own.address(person, then="/me/activities")
    told: dict[str, Any] = {"registration": person, "activity": activity, "address": address}
    mail.queue(template, to=person.email, name=person.full_name, language=person.language, fair=fair, **told)


def of_person(ids: list[int]) -> list[SignUp]:
    """A person's seats and places in queues, by the time of the activity."""
    mine = select(SignUp).join(Activity).where(SignUp.registration_id.in_(ids), SignUp.state != "left")
    return list(db.session.scalars(mine.options(joinedload(SignUp.activity)).order_by(Activity.starts_at)))


def place_in_queue(sign_up: SignUp) -> int:
    """How many stand before and with this one: 1 is the next to get a seat."""
    before = select(func.count()).select_from(SignUp).filter_by(activity_id=sign_up.activity_id, state="waiting")
    return db.session.scalar(before.where(SignUp.turn <= sign_up.turn)) or 0


def _leave_all(ids: list[int], by: Any) -> None:
    for sign_up in of_person(ids):
        leave(sign_up.activity, db.session.get_one(Registration, sign_up.registration_id), by)


@registration_cancelled.connect
def _when_cancelled(registration: Registration, **_: Any) -> None:
    _leave_all([registration.id], "system")


@erasing.registration_erased.connect
def _when_erased(registration: Registration, ids: list[int], **_: Any) -> None:
    _leave_all(ids, "visitor")


@registrations_merged.connect
def _when_merged(kept: Registration, other: Registration, **_: Any) -> None:
    """The person keeps the better of both places; the other one is free."""
    held = {sign_up.activity_id for sign_up in of_person([kept.id])}
    for sign_up in of_person([other.id]):
        if sign_up.activity_id in held or _has_left(sign_up.activity_id, kept):
            leave(sign_up.activity, other, "system")
        else:
            sign_up.registration_id = kept.id
    db.session.flush()


def _has_left(activity_id: int, person: Registration) -> bool:
    gone = select(SignUp.id).filter_by(activity_id=activity_id, registration_id=person.id)
    return db.session.scalar(gone) is not None


@activity_changed.connect
def _when_changed(activity: Activity, **_: Any) -> None:
    """More seats let people in who wait; of a cancelled activity everyone is told."""
    if activity.state == "planned":
        _move_up(activity)
    elif activity.state == "cancelled":
        signed_up = select(SignUp).filter_by(activity_id=activity.id).where(SignUp.state != "left")
        for sign_up in db.session.scalars(signed_up.options(joinedload(SignUp.registration))):
            _tell(sign_up.registration, activity, "activity_cancelled")


@stored.section("activities")
def _stored(ids: list[int]) -> list[dict[str, Any]]:
    return [
        {"activity": one.activity.title_vi, "state": one.state, "asked_at": one.asked_at.isoformat()}
        for one in of_person(ids)
    ]

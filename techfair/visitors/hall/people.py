"""People and their badges between two servers of a fair; both know a person by the numbers of the badges.

The central server's word on a person stands: a hall server adds people whom it registered, new badges, and the ends
of badges, and takes over everything else. A badge once ended is never valid again on either.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import delete, func, or_, select, union_all
from sqlalchemy.orm import selectinload

from techfair.core import audit
from techfair.core.vietnamese import search_key, sort_key
from techfair.extensions import db
from techfair.fairs import keys
from techfair.fairs.models import Activity, Fair
from techfair.visitors import badges, registering, telling
from techfair.visitors.hall.cursors import Cursor
from techfair.visitors.hall.schemas import BadgeTold, ConsentTold, PersonTold, SeatTold
from techfair.visitors.models import Badge, Consent, Registration
from techfair.visitors.signups.models import SignUp

OWN: tuple[str, ...] = ("kind", "state", "full_name", "organisation", "email", "email_key", "phone", "country")
OWN += ("province_code", "language", "delegation_id", "days", "is_walk_in", "created_at", "erased_at")
ENDS = {"issued": 0, "replaced": 1, "revoked": 2}  # what was revoked stays so, though another server replaced it


def changed(fair: Fair, after: Cursor, limit: int, only_of: int | None = None) -> tuple[list[PersonTold], Cursor]:
    """People of whom something changed here after the cursor, oldest change first, and the next cursor.

    ``only_of`` is the number of a hall server: then those alone whose badges it issued, or whose badges ended there.
    """
    moments = _moments(fair.id, after, only_of)
    last = func.max(moments.c.at).label("at")
    newest = select(moments.c.id, last).group_by(moments.c.id).having(after.before(last, moments.c.id, int))
    found = list(db.session.execute(newest.order_by(last, moments.c.id).limit(limit)))
    people = _told(fair, [row.id for row in found])
    return people, Cursor(found[-1].at, str(found[-1].id)) if found else after


def count_changed(fair: Fair, after: Cursor, only_of: int) -> int:
    """Of how many people something changed here after the cursor."""
    moments = _moments(fair.id, after, only_of)
    last = func.max(moments.c.at)
    newest = select(moments.c.id).group_by(moments.c.id).having(after.before(last, moments.c.id, int))
    return db.session.scalar(select(func.count()).select_from(newest.subquery())) or 0


def accept(fair: Fair, told: Sequence[PersonTold], hall: str) -> None:
    """On the central server: register whom a hall server registered; of people known here, take over badges alone."""
    for person, known in _matched(fair, told):
        registration = known or _registered_in_hall(fair, person, hall)
        for ended in _take_badges(registration, person.badges):
            audit.record(f"badge.{ended.state}", ended, by=hall, number=ended.number, reason=ended.reason)
        db.session.flush()
        if known is None:
            telling.send_badge(registration, fair)
            registering.visitor_registered.send(registration)


def take_over(fair: Fair, told: Sequence[PersonTold]) -> None:
    """On a hall server: make people those of the central server."""
    matched = [(person, known or _new(fair)) for person, known in _matched(fair, told)]
    for person, registration in matched:
        _fill(registration, person)
    db.session.flush()
    for person, registration in matched:
        _take_badges(registration, person.badges)
    _take_seats(matched)
    db.session.flush()


def _new(fair: Fair) -> Registration:
    registration = Registration(fair_id=fair.id, badges=[])
    db.session.add(registration)
    return registration


def _moments(fair_id: int, after: Cursor, only_of: int | None) -> Any:
    """Each registration with each moment since the cursor at which it, a badge or a seat of it changed."""
    person = select(Registration.id, Registration.changed_at.label("at")).where(
        Registration.fair_id == fair_id, Registration.changed_at >= after.at
    )
    badge = select(Badge.registration_id, Badge.changed_at).where(
        Badge.fair_id == fair_id, Badge.changed_at >= after.at
    )
    if only_of is None:
        seat = select(SignUp.registration_id, SignUp.changed_at).join(Activity, Activity.id == SignUp.activity_id)
        return union_all(
            person, badge, seat.where(Activity.fair_id == fair_id, SignUp.changed_at >= after.at)
        ).subquery()
    start = only_of * badges.RANGE
    is_own = Badge.number.between(start + 1, start + badges.RANGE)
    has_own = select(Badge.id).where(Badge.registration_id == Registration.id, is_own).exists()
    return union_all(person.where(has_own), badge.where(or_(is_own, Badge.ended_at.is_not(None)))).subquery()


def _told(fair: Fair, ids: Sequence[int]) -> list[PersonTold]:
    """What the other server is told of these people, in their order."""
    if not ids:
        return []
    whole = select(Registration).where(Registration.id.in_(ids))
    loaded = whole.options(selectinload(Registration.badges), selectinload(Registration.consents))
    by_id = {person.id: person for person in db.session.scalars(loaded)}
    seats: dict[int, list[SeatTold]] = {}
    for seat in db.session.scalars(select(SignUp).where(SignUp.registration_id.in_(ids))):
        seats.setdefault(seat.registration_id, []).append(SeatTold.model_validate(seat, from_attributes=True))
    key = keys.private(fair)
    return [
        PersonTold(
            **{name: getattr(by_id[id], name) for name in OWN},
            badges=[_badge_told(badge, fair, key) for badge in by_id[id].badges],
            seats=seats.get(id, []),
            consents=[ConsentTold.model_validate(one, from_attributes=True) for one in by_id[id].consents],
        )
        for id in ids
        if by_id[id].badges
    ]


def _badge_told(badge: Badge, fair: Fair, key: Any) -> BadgeTold:
    told = {name: getattr(badge, name) for name in BadgeTold.model_fields if name != "token"}
    return BadgeTold(**told, token=badges.token(badge, fair, key))


def _matched(fair: Fair, told: Sequence[PersonTold]) -> list[tuple[PersonTold, Registration | None]]:
    """Each person with the registration that has one of their badges here, if there is one."""
    numbers = [badge.number for person in told for badge in person.badges]
    held = select(Badge.number, Registration).join(Registration, Registration.id == Badge.registration_id)
    whole = held.where(Badge.fair_id == fair.id, Badge.number.in_(numbers)).options(selectinload(Registration.badges))
    known = {row.number: row.Registration for row in db.session.execute(whole)}
    return [
        (person, next((known[badge.number] for badge in person.badges if badge.number in known), None))
        for person in told
    ]


def _registered_in_hall(fair: Fair, person: PersonTold, hall: str) -> Registration:
    earlier = registering.registered_before(fair, person.email_key, person.phone)
    registration = _new(fair)
    registration.possible_duplicate_of_id = earlier.id if earlier else None
    _fill(registration, person)
    db.session.flush()
    db.session.add_all(Consent(registration_id=registration.id, **one.model_dump()) for one in person.consents)
    audit.record("registration.made", registration, by=hall, kind=person.kind)
    return registration


def _fill(registration: Registration, person: PersonTold) -> None:
    """Take over what differs; what is the same stays untouched, and so is no news for anybody."""
    values = {name: getattr(person, name) for name in OWN}
    values["sort_key"] = sort_key(person.full_name)
    values["search_key"] = search_key(f"{person.full_name} {person.organisation}")
    for name, value in values.items():
        setattr(registration, name, value)


def _take_badges(registration: Registration, told: Iterable[BadgeTold]) -> list[Badge]:
    """Add badges that are new here and end those that ended; of two valid ones the later stays. Answers the ended."""
    known = {badge.number: badge for badge in registration.badges}
    new = [_badge(registration, badge) for badge in told if badge.number not in known]
    before = {number: badge.state for number, badge in known.items()}
    for badge in told:
        here = known.get(badge.number)
        if here and ENDS[badge.state] > ENDS[here.state]:
            here.state, here.reason, here.ended_at = badge.state, badge.reason, badge.ended_at
    valid = [badge for badge in (*known.values(), *new) if badge.state == "issued"]
    for earlier in sorted(valid, key=lambda one: (one.issued_at, one.number))[:-1]:
        earlier.state, earlier.ended_at = "replaced", max(one.issued_at for one in valid)
    db.session.flush()  # an end comes before what follows it: two are never valid at once
    db.session.add_all(new)
    return [badge for number, badge in known.items() if badge.state != before[number]]


def _badge(registration: Registration, told: BadgeTold) -> Badge:
    values = told.model_dump(exclude={"token"})
    own = {"fair_id": registration.fair_id, "registration_id": registration.id, "signed_elsewhere": told.token}
    return Badge(**values, **own)


def _take_seats(matched: Collection[tuple[PersonTold, Registration]]) -> None:
    """Make seats those of the central server; whoever held one of them before is told of in a later message."""
    held = {(seat.activity_id, seat.seat) for person, _ in matched for seat in person.seats if seat.seat}
    people = [registration.id for _, registration in matched]
    taken = [(SignUp.activity_id == activity) & (SignUp.seat == seat) for activity, seat in held]
    db.session.execute(delete(SignUp).where(or_(SignUp.registration_id.in_(people), *taken)))
    db.session.add_all(
        SignUp(registration_id=registration.id, **seat.model_dump())
        for person, registration in matched
        for seat in person.seats
    )

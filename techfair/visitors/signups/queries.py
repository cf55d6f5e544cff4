"""Reads of sign-ups that pages share."""

from collections.abc import Iterable

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import joinedload

from techfair.extensions import db
from techfair.fairs.models import Activity, Fair
from techfair.visitors.gate_models import Gate, Scan
from techfair.visitors.models import Registration
from techfair.visitors.signups.models import SignUp


def activities(fair: Fair) -> list[Activity]:
    """The activities that one signs up for, in the order of their beginning."""
    mine = select(Activity).filter_by(fair_id=fair.id, needs_sign_up=True).where(Activity.state != "cancelled")
    return list(db.session.scalars(mine.order_by(Activity.starts_at, Activity.id)))


def counts(fair: Fair) -> dict[int, dict[str, int]]:
    """How many have a seat and how many wait, by the activity's id."""
    read = select(SignUp.activity_id, SignUp.state, func.count()).join(Activity).where(Activity.fair_id == fair.id)
    found: dict[int, dict[str, int]] = {}
    for activity_id, state, number in db.session.execute(read.group_by(SignUp.activity_id, SignUp.state)):
        found.setdefault(activity_id, {})[state] = number
    return found


def of_activity(activity: Activity) -> Select[SignUp]:
    """Everyone signed up, those with a seat first, each in order."""
    mine = select(SignUp).filter_by(activity_id=activity.id).where(SignUp.state != "left")
    return mine.options(joinedload(SignUp.registration)).order_by(SignUp.state, SignUp.turn)


def came(activity: Activity, registration_ids: Iterable[int]) -> set[int]:
    """Who of these was let in at a door of the activity."""
    doors = select(Gate.id).filter_by(activity_id=activity.id)
    entries = select(Scan.registration_id).where(Scan.registration_id.in_(list(registration_ids)))
    rows: Iterable[Row[int | None]] = db.session.execute(
        entries.where(Scan.gate_id.in_(doors), Scan.verdict == "admitted", Scan.direction == "entry")
    )
    return {row[0] for row in rows if row[0]}


def of_delegation(delegation_id: int) -> list[Registration]:
    """The confirmed people of a delegation, in the order of their names: those signed up in one go."""
    people = select(Registration).filter_by(delegation_id=delegation_id, state="confirmed")
    return list(db.session.scalars(people.order_by(Registration.sort_key, Registration.id)))

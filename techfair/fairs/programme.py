"""The programme: activities are added, changed, held or cancelled; one in use is never deleted."""

from datetime import date, datetime, time
from typing import Any

from blinker import Signal
from flask_babel import lazy_gettext as _l
from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError

from techfair.core import audit
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs.models import Activity, Fair

activity_changed = Signal("An activity was changed, held, cancelled or planned anew. Sent before the commit.")


class ActivityInUse(TechfairError):
    """Gates, registrations or scans belong to the activity."""

    code, status = "activity_in_use", 409
    message = _l("Gates or registrations belong to this activity. Cancel it: what was counted there stays.")


class ActivityInput(BaseModel, frozen=True):
    """An activity as its organizer describes it; day and times are those of the fair's clock."""

    kind: str
    title_vi: str
    title_en: str = ""
    description_vi: str = ""
    description_en: str = ""
    place_vi: str = ""
    place_en: str = ""
    capacity: int | None = None
    needs_sign_up: bool = False
    on: date
    starts: time
    ends: time

    def columns(self, fair: Fair) -> dict[str, Any]:
        told = self.model_dump(exclude={"on", "starts", "ends"})
        starts_at, ends_at = (datetime.combine(self.on, at, fair.zone) for at in (self.starts, self.ends))
        return told | {"starts_at": starts_at, "ends_at": ends_at}


def add(fair: Fair, given: ActivityInput, by: Any) -> Activity:
    """A new activity of the fair."""
    activity = Activity(fair_id=fair.id, **given.columns(fair))
    db.session.add(activity)
    audit.record("activity.added", activity, by=by, title=activity.title_vi)
    return activity


def change(activity: Activity, fair: Fair, given: ActivityInput, by: Any) -> None:
    """Change what an activity is, when and where."""
    columns = given.columns(fair)
    changed = [name for name, value in columns.items() if getattr(activity, name) != value]
    for name in changed:
        setattr(activity, name, columns[name])
    if changed:
        audit.record("activity.changed", activity, by=by, title=activity.title_vi, fields=changed)
        activity_changed.send(activity)


def hold(activity: Activity, by: Any) -> None:
    """It took place: the report counts it so."""
    _move(activity, "held", by)


def cancel(activity: Activity, by: Any) -> None:
    """It does not take place; the public programme says so."""
    _move(activity, "cancelled", by)


def plan(activity: Activity, by: Any) -> None:
    """It is to take place after all, or was marked by mistake."""
    _move(activity, "planned", by)


def _move(activity: Activity, state: str, by: Any) -> None:
    activity.move_to(state)
    audit.record(f"activity.{state}", activity, by=by, title=activity.title_vi)
    activity_changed.send(activity)


def delete(activity: Activity, by: Any) -> None:
    """Delete an activity that nothing belongs to; raises ActivityInUse."""
    try:
        with db.session.begin_nested():
            db.session.delete(activity)
    except IntegrityError as error:
        raise ActivityInUse from error
    audit.record("activity.deleted", activity, by=by, title=activity.title_vi)

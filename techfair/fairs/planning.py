"""Making a fair and changing what it is: names, days, place, which doors stand open."""

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from techfair.core import audit, clock
from techfair.core.database import alone
from techfair.core.errors import ChangedMeanwhile
from techfair.core.refusal import InputRefused
from techfair.extensions import db
from techfair.fairs import keys, slugs
from techfair.fairs.models import Fair, OrganizingUnit

FAIR_LOCK = 7_301_005  # numbers and slugs are given to one fair after another
ZONE = "Asia/Ho_Chi_Minh"


class FairRefused(InputRefused):
    """A value that a fair cannot have; ``reason`` is the field."""


def create_fair(unit: OrganizingUnit, by: Any, **values: Any) -> Fair:
    """Make a fair that only its organizers see yet, with the key that signs its badges.

    ``values`` are columns of Fair; without a ``slug`` one is made of the name. Raises FairRefused.
    """
    alone(FAIR_LOCK)
    values["slug"] = _new_slug(values.get("slug") or "", values["name_vi"], values["starts_on"])
    _check_days(values, values.get("open_outside_dates", False))
    number = (db.session.scalar(select(func.max(Fair.number))) or 0) + 1
    fair = Fair(unit=unit, number=number, **values)
    db.session.add(fair)
    db.session.flush()
    keys.create(fair)
    audit.record("fair.created", fair, by=by, slug=fair.slug, name=fair.name_vi)
    return fair


def change_fair(fair: Fair, by: Any, version: int, **values: Any) -> list[str]:
    """Save what changed of a fair, and answer the names of those fields.

    ``version`` is the one its editor started from. Raises ChangedMeanwhile where somebody saved since
    then, FairRefused for a value that cannot be.
    """
    if version != fair.version:
        raise ChangedMeanwhile
    changed = [name for name, value in values.items() if getattr(fair, name) != value]
    if "slug" in changed:
        _change_slug(fair, values)
    if {"starts_on", "ends_on", "open_outside_dates"} & set(changed):
        _check_days(values, values.get("open_outside_dates", fair.open_outside_dates))
    before = {name: _told(getattr(fair, name)) for name in changed}
    for name in changed:
        setattr(fair, name, values[name])
    if changed:
        _flush_or_tell()
        after = {name: _told(values[name]) for name in changed}
        audit.record("fair.changed", fair, by=by, before=before, after=after)
    return changed


def _change_slug(fair: Fair, values: dict[str, Any]) -> None:
    if fair.is_public:
        raise FairRefused("slug", _l("The fair is public: its address stays, for it stands in mails and on posters."))
    alone(FAIR_LOCK)
    values["slug"] = _new_slug(values["slug"], values["name_vi"], values["starts_on"])


def _new_slug(wanted: str, name: str, starts_on: date) -> str:
    """The slug that was asked for, or one made of the name that no other fair has."""
    if wanted and not slugs.is_slug(wanted):
        message = _l("Use small letters without accents, digits and hyphens, for example gia-lai-2026.")
        raise FairRefused("slug", message)
    proposed = wanted or slugs.of_name(name, starts_on.year)
    taken = set(db.session.scalars(select(Fair.slug).where(Fair.slug.startswith(proposed, autoescape=True))))
    if proposed not in taken:
        return proposed
    if wanted:
        raise FairRefused("slug", _l("Another fair has this address. Choose another."))
    return next(slug for count in range(2, len(taken) + 3) if (slug := f"{proposed}-{count}") not in taken)


def _check_days(values: dict[str, Any], is_open_outside: bool) -> None:
    starts_on, ends_on = values["starts_on"], values["ends_on"]
    if ends_on < starts_on:
        raise FairRefused("ends_on", _l("The last day is before the first day."))
    if ends_on < clock.today(values.get("timezone", ZONE)) and not is_open_outside:
        raise FairRefused("ends_on", _l("This day is past. A fair ends today or later."))


def _told(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _flush_or_tell() -> None:
    """Flush; where somebody saved in the same moment, say so instead of undoing it."""
    try:
        db.session.flush()
    except StaleDataError as error:
        raise ChangedMeanwhile from error


def publish(fair: Fair, by: Any) -> None:
    """From now on everyone sees the fair; raises StepSkipped."""
    fair.move_to("published")
    _record("fair.published", fair, by)


def withdraw(fair: Fair, by: Any) -> None:
    """Hide a published fair again; what people registered stays."""
    fair.move_to("draft")
    _record("fair.withdrawn", fair, by)


def conclude(fair: Fair, by: Any) -> None:
    """Close a fair's doors for good: it stays to be read, nothing is taken any more."""
    fair.move_to("closed")
    _record("fair.concluded", fair, by)


def open_registration(fair: Fair, by: Any) -> None:
    fair.registration_is_open = True
    _record("fair.registration_opened", fair, by)


def close_registration(fair: Fair, by: Any) -> None:
    fair.registration_is_open = False
    _record("fair.registration_closed", fair, by)


def open_applications(fair: Fair, by: Any) -> None:
    """Companies may apply from today on, until the day that is set, else until the fair ends."""
    fair.applications_open_on = min(fair.applications_open_on or fair.today, fair.today)
    if fair.applications_close_on and fair.applications_close_on < fair.today:
        fair.applications_close_on = None
    _record("fair.applications_opened", fair, by)


def close_applications(fair: Fair, by: Any) -> None:
    """Yesterday was the last day to apply; where it had not begun before today, it never did."""
    if fair.applications_open_on and fair.applications_open_on < fair.today:
        fair.applications_close_on = fair.today - timedelta(days=1)
    else:
        fair.applications_open_on = fair.applications_close_on = None
    _record("fair.applications_closed", fair, by)


def _record(action: str, fair: Fair, by: Any) -> None:
    _flush_or_tell()
    audit.record(action, fair, by=by)

"""The days on which a badge opens the entrances, and the person's seats, for the calendar of a phone."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from flask import Response, abort, current_app
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from techfair.core import calendars, mail, pages
from techfair.core.calendars import Event, Person
from techfair.extensions import db
from techfair.fairs.models import Activity, Fair
from techfair.visitors import own
from techfair.visitors.gate_models import Gate, GateOpening
from techfair.visitors.kind_days import choosing as kind_days
from techfair.visitors.models import Registration
from techfair.visitors.signups.models import SignUp
from techfair.visitors.views import own_bp


@own_bp.get("/calendar.ics")
def calendar() -> Response:
    """The person's fair as a file that a calendar takes in."""
    registration = own.current_registration()
    if registration.state != "confirmed":
        abort(404)
    fair = registration.fair
    events = [*_days(fair, registration), *_seats(registration)]
    organizer = Person(fair.name, current_app.config["MAIL_FROM"])
    made = calendars.folded(calendars.calendar(events, "PUBLISH", organizer, fair.name))
    return pages.download(made, "text/calendar; charset=utf-8", f"{fair.slug}.ics")


def _days(fair: Fair, registration: Registration) -> Iterator[Event]:
    """An entry for each day on which the badge is let in, with the hours of the entrances where they have some."""
    days = kind_days.dates(fair, registration.kind, registration.days) or kind_days.days_of(fair)
    for day in days:
        opens, closes = _hours(fair, day)
        yield Event(_uid("fair", fair.id, day), 0, opens, closes, fair.name, fair.place, _("Show your badge there."))


def _hours(fair: Fair, day: date) -> tuple[datetime, datetime]:
    midnight = datetime.combine(day, time(), fair.zone)
    after = datetime.combine(day + timedelta(days=1), time(), fair.zone)
    of_entrances = select(func.min(GateOpening.opens_at), func.max(GateOpening.closes_at)).join(
        Gate, Gate.id == GateOpening.gate_id
    )
    those = (Gate.fair_id == fair.id, Gate.place == "entrance", GateOpening.opens_at >= midnight)
    opens, closes = db.session.execute(of_entrances.where(*those, GateOpening.opens_at < after)).one()
    return opens or midnight, closes or after


def _seats(registration: Registration) -> Iterator[Event]:
    held = select(SignUp).filter_by(registration_id=registration.id, state="seated").join(SignUp.activity)
    with_activity = held.where(Activity.state != "cancelled").options(joinedload(SignUp.activity))
    for seat in db.session.scalars(with_activity.order_by(Activity.starts_at)):
        it = seat.activity
        yield Event(_uid("activity", it.id), 0, it.starts_at, it.ends_at, it.title, it.place or registration.fair.place)


def _uid(*parts: object) -> str:
    return f"{'-'.join(map(str, parts))}@{urlsplit(mail.base_url()).hostname}"

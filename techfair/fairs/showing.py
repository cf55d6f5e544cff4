"""How fairs and activities read on pages; templates call it ``fairing``."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from babel import dates
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from techfair.core import clock, formats
from techfair.core.languages import language
from techfair.core.phones import show_phone
from techfair.fairs import words
from techfair.fairs.floor.models import Booth, BoothTerms
from techfair.fairs.models import Activity, Fair


def kind(activity: Activity) -> LazyString:
    return words.ACTIVITY_KINDS[activity.kind]


def state(thing: Activity | Fair) -> LazyString:
    table = words.FAIR_STATES if isinstance(thing, Fair) else words.ACTIVITY_STATES
    return table[thing.state]


def hours(activity: Activity, fair: Fair) -> str:
    """08:00–09:30 by the fair's clock; the last day is named where it is another one."""
    first, last = (formats.format_time(at, fair.timezone, language()) for at in (activity.starts_at, activity.ends_at))
    if _last_day(activity.ends_at, fair) == clock.local_day(activity.starts_at, fair.timezone):
        return f"{first}–{last}"
    return f"{first} – {formats.format_datetime(activity.ends_at, fair.timezone, language())}"


def _last_day(moment: datetime, fair: Fair) -> date:
    """The local day of an end; midnight itself still belongs to the day before."""
    return clock.local_day(moment - timedelta(microseconds=1), fair.timezone)


def phase(fair: Fair) -> str:
    """Where today lies: so many days before, running, or over."""
    if fair.phase == "running":
        return str(_("Running now"))
    if fair.phase == "over":
        return str(_("Ended"))
    days = (fair.starts_on - fair.today).days
    return str(ngettext("In %(num)d day", "In %(num)d days", days))


def organizers(fair: Fair) -> list[str]:
    """The unit that runs the fair and the bodies beside it, a line each."""
    beside = fair.co_organizers.splitlines()
    return [fair.organizer_name, *(line.strip() for line in beside if line.strip())]


def as_event(fair: Fair) -> dict[str, Any]:
    """The fair for search engines, in the words of schema.org/Event."""
    event = {
        "@context": "https://schema.org",
        "@type": "ExhibitionEvent",
        "name": fair.name,
        "description": fair.description or fair.theme,
        "startDate": fair.starts_on.isoformat(),
        "endDate": fair.ends_on.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "url": url_for("fairs.fair", slug=fair.slug, _external=True),
        "location": {"@type": "Place", "name": fair.place, "address": fair.place},
        "organizer": [{"@type": "Organization", "name": name} for name in organizers(fair)],
    }
    if fair.logo_digest:
        event["image"] = url_for("pages.picture", digest=fair.logo_digest, _external=True)
    return {key: value for key, value in event.items() if value}


def phone(number: str) -> str:
    return show_phone(number)


def day(on: date) -> str:
    """A day of the programme with its weekday: Chủ Nhật, 24/11/2019; Sunday, 24 Nov 2019."""
    weekday = str(dates.format_date(on, "EEEE", locale=language()))
    return f"{weekday}, {formats.format_date(on, language())}"


def booth_kind(booth: Booth | BoothTerms) -> LazyString:
    return category(booth.category)


def category(of_booths: str) -> LazyString:
    return words.BOOTH_CATEGORIES[of_booths]


@dataclass(frozen=True)
class Window:
    """Whether companies may apply, in words; ``is_ahead``: not yet, but they will."""

    is_open: bool
    is_ahead: bool
    label: str


def applications(fair: Fair) -> Window:
    """The days on which companies may apply, as today stands."""
    first, last = fair.applications_open_on, fair.applications_close_on or fair.ends_on
    if fair.takes_applications:
        until = _("open until %(day)s", day=formats.format_date(last, language()))
        return Window(True, False, str(_("open") if fair.open_outside_dates else until))
    if fair.state == "closed" or first is None or last < fair.today:
        return Window(False, False, str(_("closed")))
    if first > fair.today:
        return Window(False, True, str(_("opens on %(day)s", day=formats.format_date(first, language()))))
    return Window(False, True, str(_("opens with the publication")))

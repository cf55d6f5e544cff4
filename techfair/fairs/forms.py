"""What organizers type about a fair, its programme, its halls and booths."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, ColorField, FileField, SelectField, StringField
from wtforms.validators import ValidationError

from techfair.core import clock
from techfair.core.fields import Clock, Count, Day, Kept, Line, Paragraphs, Version, choices_of, keep_picture
from techfair.core.mail_addresses import parse_mail_address
from techfair.core.phones import parse_phone, show_phone
from techfair.fairs import booth_codes, brand, provinces, words
from techfair.fairs.models import Activity, Fair
from techfair.fairs.planning import ZONE
from techfair.fairs.programme import ActivityInput

HOUSE_COLOUR = "#0b5d51"  # of the pages themselves: a fair that keeps it has no colour of its own
FAR_DAYS = 90  # an activity so far from the fair's days has a mistyped date
LONGEST_HALL = 12

# Columns of Fair that its form carries, each under its own name.
COLUMNS = (
    *("name_vi", "name_en", "slug", "theme_vi", "theme_en", "description_vi", "description_en"),
    *("place_vi", "place_en", "province_code", "co_organizers_vi", "co_organizers_en", "timezone"),
    *("starts_on", "ends_on", "applications_open_on", "applications_close_on", "open_outside_dates"),
    *("brand_colour", "logo_digest", "contact_email", "contact_phone"),
)


@cache
def zones() -> list[str]:
    """The names of all time zones of places, Viet Nam's first."""
    places = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [ZONE, *(name for name in places if name != ZONE)]


class FairForm(FlaskForm):
    """A fair. ``units`` are offered for a new one; the address is closed once the fair is public."""

    unit_id = SelectField(_l("Organizing unit"), coerce=int)
    name_vi = Line(_l("Name in Vietnamese"), needed=_l("Type the name of the fair."))
    name_en = Line(_l("Name in English"))
    slug = StringField(_l("Web address"), filters=[lambda text: (text or "").strip().lower()])
    theme_vi = Line(_l("Theme in Vietnamese"), most=300)
    theme_en = Line(_l("Theme in English"), most=300)
    starts_on = Day(_l("First day"), needed=_l("Type the first day."))
    ends_on = Day(_l("Last day"), needed=_l("Type the last day."))
    timezone = SelectField(_l("Time zone"), default=ZONE)
    open_outside_dates = BooleanField(_l("Keep registration, gates and scheduling open outside these days"))
    place_vi = Line(_l("Place in Vietnamese"), needed=_l("Type where the fair takes place."))
    place_en = Line(_l("Place in English"))
    province_code = SelectField(_l("Province or city"), default="")
    co_organizers_vi = Paragraphs(_l("Bodies beside the organizing unit, in Vietnamese"), most=1000)
    co_organizers_en = Paragraphs(_l("Bodies beside the organizing unit, in English"), most=1000)
    description_vi = Paragraphs(_l("About the fair, in Vietnamese"))
    description_en = Paragraphs(_l("About the fair, in English"))
    brand_colour = ColorField(_l("Colour"), default=HOUSE_COLOUR)
    logo = FileField(_l("Logo"))
    logo_digest = Kept()
    contact_email = StringField(_l("E-mail"))
    contact_phone = StringField(_l("Telephone"))
    applications_open_on = Day(_l("First day to apply"))
    applications_close_on = Day(_l("Last day to apply"))
    version = Version()

    def __init__(self, fair: Fair | None = None, units: Any = (), **values: Any) -> None:
        super().__init__(data=values_of(fair) | values)
        self.unit_id.choices = choices_of([(unit.id, unit.name) for unit in units])
        self.timezone.choices = choices_of([(name, name) for name in zones()])
        listed = provinces.in_force(fair.starts_on if fair else clock.today(ZONE))
        self.province_code.choices = choices_of([("", _l("Choose")), *((place.code, place.name) for place in listed)])
        if fair is not None:
            del self.unit_id
            if fair.is_public:
                del self.slug

    def validate_brand_colour(self, field: ColorField) -> None:
        if field.data and not brand.is_colour(field.data):
            raise ValidationError(_l("Choose a colour."))

    def validate_contact_email(self, field: StringField) -> None:
        if field.data:
            parse_mail_address(field.data)

    def validate_contact_phone(self, field: StringField) -> None:
        if field.data:
            parse_phone(field.data)

    def validate_applications_close_on(self, field: Day) -> None:
        first = self.applications_open_on.data
        if field.data and first and field.data < first:
            raise ValidationError(_l("The last day is before the first day."))

    def validate_logo(self, field: FileField) -> None:
        keep_picture(field, self.logo_digest)

    def fair_values(self) -> dict[str, Any]:
        """The columns of Fair as they are stored, once the form is valid."""
        values = {name: field.data for name, field in self._fields.items() if name in COLUMNS}
        values["contact_email"] = parse_mail_address(values["contact_email"]).shown if values["contact_email"] else ""
        values["contact_phone"] = parse_phone(values["contact_phone"]) if values["contact_phone"] else ""
        values["province_code"] = values["province_code"] or None
        colour = (values["brand_colour"] or HOUSE_COLOUR).lower()
        values["brand_colour"] = None if colour == HOUSE_COLOUR else colour
        return values


def values_of(fair: Fair | None) -> dict[str, Any]:
    """What the form of a fair starts from."""
    if fair is None:
        return {}
    values = {name: getattr(fair, name) for name in COLUMNS} | {"version": fair.version}
    phone, colour = fair.contact_phone, fair.brand_colour
    shown = {"contact_phone": show_phone(phone) if phone else "", "brand_colour": colour or HOUSE_COLOUR}
    return values | shown | {"province_code": fair.province_code or ""}


class ActivityForm(FlaskForm):
    """An item of the programme, by the fair's own clock."""

    title_vi = Line(_l("Title in Vietnamese"), needed=_l("Type what takes place."))
    title_en = Line(_l("Title in English"))
    kind = SelectField(_l("Kind of activity"), choices=choices_of(words.ACTIVITY_KINDS.items()), default="conference")
    on = Day(_l("Day"), needed=_l("Type the day."))
    starts = Clock(_l("Begins"), needed=_l("Type when it begins."))
    ends = Clock(_l("Ends"), needed=_l("Type when it ends."))
    place_vi = Line(_l("Hall or place, in Vietnamese"))
    place_en = Line(_l("Hall or place, in English"))
    capacity = Count(_l("Seats"), 1, 100_000)
    needs_sign_up = BooleanField(_l("People sign up, and only they come in"))
    description_vi = Paragraphs(_l("Description in Vietnamese"))
    description_en = Paragraphs(_l("Description in English"))

    def __init__(self, fair: Fair, activity: Activity | None = None) -> None:
        super().__init__(obj=activity, data=_times_of(fair, activity))
        self.fair = fair

    def validate_on(self, field: Day) -> None:
        if field.data and not -FAR_DAYS <= (field.data - self.fair.starts_on).days <= _length(self.fair) + FAR_DAYS:
            raise ValidationError(_l("This day is far from the days of the fair. Check month and year."))

    def validate_ends(self, field: Clock) -> None:
        if field.data and self.starts.data and field.data <= self.starts.data:
            raise ValidationError(_l("An activity ends after it begins."))

    def activity(self) -> ActivityInput:
        """What was typed, once it is valid."""
        return ActivityInput(**{name: self[name].data for name in ActivityInput.model_fields})


def _length(fair: Fair) -> int:
    return (fair.ends_on - fair.starts_on).days


def _times_of(fair: Fair, activity: Activity | None) -> dict[str, Any]:
    if activity is None:
        return {"on": fair.starts_on}
    starts, ends = (at.astimezone(fair.zone) for at in (activity.starts_at, activity.ends_at))
    return {"on": starts.date(), "starts": starts.time(), "ends": ends.time()}


class HallForm(FlaskForm):
    """A hall or an outdoor area."""

    code = Line(_l("Code"), most=LONGEST_HALL, needed=_l("Type a short code such as A."))
    name_vi = Line(_l("Name in Vietnamese"), most=120, needed=_l("Type the name of the hall."))
    name_en = Line(_l("Name in English"), most=120)

    def hall_values(self) -> dict[str, Any]:
        return {"code": self.code.data, "name_vi": self.name_vi.data, "name_en": self.name_en.data}


class BoothsForm(FlaskForm):
    """New booths of a hall, one or whole rows."""

    codes = Line(_l("Codes"), most=400)
    category = SelectField(_l("Kind of booth"), choices=choices_of(words.BOOTH_CATEGORIES.items()))
    square_metres = Count(_l("Floor area"), 1, 10_000, needed=_l("Type the floor area."), default=9)

    def validate_codes(self, field: Line) -> None:
        booth_codes.expand(field.data or "")

    def booth_values(self) -> dict[str, Any]:
        return {"category": self.category.data, "square_metres": self.square_metres.data}

    def all_codes(self) -> list[str]:
        return booth_codes.expand(self.codes.data or "")


class BoothForm(FlaskForm):
    """One booth."""

    code = Line(_l("Code"), most=12, needed=_l("Type a code such as A01."))
    category = SelectField(_l("Kind of booth"), choices=choices_of(words.BOOTH_CATEGORIES.items()))
    square_metres = Count(_l("Floor area"), 1, 10_000, needed=_l("Type the floor area."))

    def validate_code(self, field: Line) -> None:
        if len(booth_codes.expand(field.data or "")) > 1:
            raise ValidationError(_l("Type a code such as A01."))

    def booth_values(self) -> dict[str, Any]:
        return {
            "code": booth_codes.expand(self.code.data or "")[0],
            "category": self.category.data,
            "square_metres": self.square_metres.data,
        }

"""What a person may type in this room's pages."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField, TimeField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from techfair.core import clock
from techfair.core.fields import Line, Paragraphs, choices_of
from techfair.exhibitors.words import countries
from techfair.fairs import sectors
from techfair.fairs.models import Fair
from techfair.meetings.requests import Wish
from techfair.meetings.rooms.furnishing import MOST_TABLES
from techfair.meetings.slots import Session
from techfair.meetings.words import LEVELS, SOURCES

LENGTHS = (15, 20, 25, 30, 45, 60)


class AskForm(FlaskForm):
    """A wish to meet."""

    message = Paragraphs(
        _l("What would you like to talk about?"), 500, needed=_l("Say in a sentence what you would like to talk about.")
    )


class WishForm(AskForm):
    """A wish that also says when, and who should come."""

    time_wish = Line(_l("Time that suits you"), 120)
    level = SelectField(_l("Who should come"), choices=choices_of(LEVELS.items()), default="")

    def wish(self) -> Wish:
        typed: Any = self
        return Wish(message=typed.message.data, time_wish=typed.time_wish.data, level=typed.level.data)


class SessionForm(FlaskForm):
    """A stretch of a day in which meetings follow one another."""

    day = DateField(_l("Day"), [InputRequired(_l("Choose the day."))])
    begins = TimeField(_l("First meeting begins"), [InputRequired(_l("Type the time, such as 08:30."))])
    ends = TimeField(_l("Last meeting ends by"), [InputRequired(_l("Type the time, such as 11:30."))])
    minutes = SelectField(_l("Length of a meeting"), coerce=int, default=20)

    def __init__(self, fair: Fair, **options: Any) -> None:
        super().__init__(**options)
        self.fair = fair
        self.minutes.choices = choices_of([(length, _l("%(minutes)s minutes", minutes=length)) for length in LENGTHS])

    def validate_day(self, field: Any) -> None:
        outside = not self.fair.starts_on <= field.data <= self.fair.ends_on
        if outside and not self.fair.open_outside_dates:
            raise ValidationError(_l("This is not a day of the fair."))
        if field.data < clock.today(self.fair.timezone):
            raise ValidationError(_l("This day is over. Choose one that is still to come."))

    def validate_ends(self, field: Any) -> None:
        if self.begins.data and field.data <= self.begins.data:
            raise ValidationError(_l("The last meeting must end after the first begins."))

    def session(self) -> Session:
        typed: Any = self
        return Session(typed.day.data, typed.begins.data, typed.ends.data, typed.minutes.data)


class TablesForm(FlaskForm):
    """How many tables there are, and where."""

    count = IntegerField(
        _l("Number of tables"),
        [
            InputRequired(_l("Type a number.")),
            NumberRange(0, MOST_TABLES, _l("Type a number from %(min)s to %(max)s.")),
        ],
    )
    place_vi = Line(_l("Room in which they stand, in Vietnamese"), 120)
    place_en = Line(_l("Room in which they stand, in English"), 120)


def _id(value: Any) -> int | None:
    return int(value) if value else None


class ConnectionForm(FlaskForm):
    """A connection that an organizer notes."""

    one = SelectField(_l("First company"), [InputRequired(_l("Choose the company."))], coerce=_id)
    other = SelectField(_l("Second company"), coerce=_id)
    other_name = Line(_l("or one that does not exhibit, by name or tax code"), 300)
    subject = Line(_l("Subject"), 300, needed=_l("Say what the connection is about."))
    source = SelectField(_l("How it came about"), choices=choices_of(SOURCES.items()), default="other")
    sector = SelectField(_l("Sector"))
    partner_country = SelectField(_l("Partner’s country"))
    arose_on = DateField(_l("Date"), [Optional()])
    evidence = Paragraphs(_l("What proves it"), 1000, needed=_l("Say what proves the connection."))

    def __init__(self, companies: Iterable[tuple[int, str]], today: date, **options: Any) -> None:
        super().__init__(**options)
        self.one.choices = self.other.choices = choices_of([("", _l("Choose a company")), *companies])
        self.sector.choices = choices_of(
            [("", _l("Not stated")), *((one.key, one.label) for one in sectors.all_sectors())]
        )
        self.partner_country.choices = choices_of([("", _l("As the company says")), *countries()])
        self.today = today

    def validate_other(self, field: Any) -> None:
        if bool(field.data) == bool(self.other_name.data):
            raise ValidationError(_l("Choose one exhibitor, or name one other company."))
        if field.data == self.one.data:
            raise ValidationError(_l("Choose two different companies."))

    def validate_arose_on(self, field: Any) -> None:
        if field.data and field.data > self.today:
            raise ValidationError(_l("This day has not come yet."))

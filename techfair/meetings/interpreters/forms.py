"""What an organizer types of an interpreter."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.validators import Email, Optional, ValidationError

from techfair.core import formats
from techfair.core.fields import Clock, Line, Ticks, choices_of
from techfair.core.languages import language
from techfair.fairs.models import Fair
from techfair.meetings.interpreters.models import Interpreter
from techfair.meetings.programme import words

PAIRS = (
    *(f"vi-{other}" for other in words.LANGUAGES if other != "vi"),
    *(f"en-{other}" for other in words.LANGUAGES if other not in ("vi", "en")),
)


class InterpreterForm(FlaskForm):
    """Who interprets between which languages."""

    full_name = Line(_l("Full name"), 120, needed=_l("Type the name."))
    email = Line(_l("E-mail"), 200)
    phone = Line(_l("Telephone"), 30)
    pairs = Ticks(_l("Interprets between"))
    is_active = BooleanField(_l("May be given meetings"), default=True)

    def __init__(self, interpreter: Interpreter | None) -> None:
        names = ("full_name", "email", "phone", "pairs", "is_active")
        super().__init__(data={name: getattr(interpreter, name) for name in names} if interpreter else None)
        self.pairs.choices = choices_of((pair, words.pair_name(pair)) for pair in PAIRS)
        self.email.validators = [*self.email.validators, Optional(), Email(_l("This is no e-mail address."))]

    def validate_pairs(self, field: Ticks) -> None:
        if not field.data:
            raise ValidationError(_l("Tick one pair of languages at least."))

    def values(self) -> dict[str, Any]:
        return {name: self._fields[name].data for name in ("full_name", "email", "phone", "pairs", "is_active")}


class ShiftForm(FlaskForm):
    """A stretch of a day of the fair."""

    day = SelectField(_l("Day"))
    begins = Clock(_l("Begins"), needed=_l("Type the time, such as 08:30."))
    ends = Clock(_l("Ends"), needed=_l("Type the time, such as 11:30."))

    def __init__(self, fair: Fair) -> None:
        super().__init__()
        self.fair = fair
        length = (fair.ends_on - fair.starts_on).days + 1
        days = [fair.starts_on + timedelta(days=number) for number in range(length)]
        if fair.open_outside_dates:
            days += [fair.today, fair.today + timedelta(days=1)]
        self.day.choices = choices_of((day.isoformat(), formats.format_date(day, language())) for day in days)

    def span(self) -> tuple[datetime, datetime]:
        typed: Any = self
        day = datetime.fromisoformat(typed.day.data).date()
        begins = datetime.combine(day, typed.begins.data, self.fair.zone)
        return begins, datetime.combine(day, typed.ends.data, self.fair.zone)

"""Who may stand in, and when."""

from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import ValidationError

from techfair.core.fields import Line, Ticks, choices_of
from techfair.core.phones import PhoneRefused, parse_phone, show_phone
from techfair.meetings.staff.models import StandIn


class UsualForm(FlaskForm):
    """Who comes for a company where nobody else is named."""

    comes = Line(_l("Who usually comes"), 120)


class StandInForm(FlaskForm):
    """Somebody who may come instead."""

    full_name = Line(_l("Full name"), 120, needed=_l("Type the full name."))
    phone = StringField(_l("Telephone"))
    times = Ticks(_l("When this person can come"), coerce=int)

    def __init__(self, coming: Collection[int], person: StandIn | None) -> None:
        given: dict[str, Any] = {"times": list(coming)}  # of somebody new: at all times, until they say otherwise
        if person is not None:
            given = {"full_name": person.full_name, "times": [time.slot_id for time in person.times]}
            given["phone"] = show_phone(person.phone) if person.phone else ""
        super().__init__(data=given)
        self.times.choices = choices_of((id, str(id)) for id in coming)

    def validate_phone(self, field: StringField) -> None:
        if (field.data or "").strip():
            try:
                self.e164 = parse_phone(field.data or "")
            except PhoneRefused as refusal:
                raise ValidationError(str(refusal.message)) from refusal

    e164 = ""

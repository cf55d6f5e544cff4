"""Who may stand in, and when."""

from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.validators import ValidationError

from techfair.core.fields import Line, Ticks, choices_of
from techfair.core.languages import LANGUAGES
from techfair.core.mail_addresses import MailAddressRefused, parse_mail_address
from techfair.core.phones import PhoneRefused, parse_phone, show_phone
from techfair.meetings.staff.models import StandIn
from techfair.meetings.staff.naming import Said


class UsualForm(FlaskForm):
    """Who comes for a company where nobody else is named."""

    comes = Line(_l("Who usually comes"), 120)


class StandInForm(FlaskForm):
    """Somebody who may come instead."""

    full_name = Line(_l("Full name"), 120, needed=_l("Type the full name."))
    phone = StringField(_l("Telephone"))
    email = Line(_l("E-mail"), 200)
    language = RadioField(_l("Language of the mail"), choices=choices_of(LANGUAGES.items()), default="vi")
    times = Ticks(_l("When this person can come"), coerce=int)

    def __init__(self, coming: Collection[int], person: StandIn | None) -> None:
        given: dict[str, Any] = {"times": list(coming)}  # of somebody new: at all times, until they say otherwise
        if person is not None:
            given = {"full_name": person.full_name, "times": [time.slot_id for time in person.times]}
            given |= {"email": person.email, "language": person.language}
            given["phone"] = show_phone(person.phone) if person.phone else ""
        super().__init__(data=given)
        self.times.choices = choices_of((id, str(id)) for id in coming)

    def validate_phone(self, field: StringField) -> None:
        if (field.data or "").strip():
            try:
                self.e164 = parse_phone(field.data or "")
            except PhoneRefused as refusal:
                raise ValidationError(str(refusal.message)) from refusal

    def validate_email(self, field: Line) -> None:
        if field.data:
            try:
                field.data = parse_mail_address(field.data, allow_test=True).shown
            except MailAddressRefused as refusal:
                raise ValidationError(str(refusal.message)) from refusal

    def said(self) -> Said:
        typed: Any = self
        return Said(
            full_name=typed.full_name.data or "",
            phone=self.e164,
            email=typed.email.data or "",
            language=typed.language.data,
            slot_ids=typed.times.data or (),
        )

    e164 = ""

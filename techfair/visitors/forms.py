"""What a person may type in this room's pages."""

from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from techfair.core.languages import language
from techfair.core.mail_addresses import parse_mail_address
from techfair.core.phones import parse_phone
from techfair.core.vietnamese import clean_line
from techfair.visitors.registering import RegistrationInput
from techfair.visitors.words import KIND_WORDS, PURPOSE_WORDS

KINDS_TO_CHOOSE = ("visitor", "delegate", "press")  # the others are given by the organizer


def lined(text: str | None) -> str | None:
    """Clean a typed line; WTForms shows an InputRefused's message at the field."""
    return clean_line(text) if text else text


class Ticks(SelectMultipleField):
    """Several checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class RegistrationForm(FlaskForm):
    """Four fields and the purposes one may agree to."""

    form_token = HiddenField()
    full_name = StringField(
        _l("Full name"),
        [DataRequired(_l("Type your full name as it shall stand on the badge.")), Length(max=120)],
        [lined],
    )
    contact = StringField(
        _l("E-mail or telephone number"),
        [DataRequired(_l("Type an e-mail address or a telephone number.")), Length(max=254)],
        [lined],
    )
    organisation = StringField(_l("Organisation"), [Length(max=200)], [lined])
    kind = RadioField(
        _l("I come as"),
        [DataRequired(_l("Choose one."))],
        choices=[(kind, KIND_WORDS[kind]) for kind in KINDS_TO_CHOOSE],
        default="visitor",
    )
    consents = Ticks(_l("I agree that"), choices=list(PURPOSE_WORDS.items()))

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.form_token.data = self.form_token.data or uuid4().hex

    def validate_contact(self, contact: StringField) -> None:
        (parse_mail_address if "@" in (contact.data or "") else parse_phone)(contact.data or "")

    def registration(self) -> RegistrationInput:
        """What was typed, once it is valid."""
        contact = str(self.contact.data)
        return RegistrationInput(
            full_name=self.full_name.data,
            organisation=self.organisation.data or "",
            email=contact if "@" in contact else None,
            phone=None if "@" in contact else contact,
            kind=self.kind.data,
            language=language(),
            consents=frozenset(self.consents.data or ()),
            form_token=self.form_token.data[:64],
        )


class ResendForm(FlaskForm):
    email = StringField(_l("E-mail address"), [DataRequired(_l("Type the address you registered with."))], [lined])

    def validate_email(self, email: StringField) -> None:
        parse_mail_address(email.data or "")

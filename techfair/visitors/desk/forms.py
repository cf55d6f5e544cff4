"""What is typed at the desk."""

from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from techfair.core.fields import Line, choices_of
from techfair.core.languages import language
from techfair.core.mail_addresses import parse_mail_address
from techfair.core.phones import parse_phone
from techfair.core.vietnamese import clean_line
from techfair.visitors.citizen_card import SEPARATOR, CardRefused, name_on_card
from techfair.visitors.registering import RegistrationInput
from techfair.visitors.words import KIND_WORDS


def _name(typed: str | None) -> str:
    """A handheld scanner types a whole citizen card into the field of the name: only the name stays.

    Of another code nothing stays, for the page would show it again, numbers and all.
    """
    text = typed or ""
    try:
        return name_on_card(text) if SEPARATOR in text else clean_line(text)
    except CardRefused:
        return ""


class WalkInForm(FlaskForm):
    """Three fields: name, organisation and, if the person likes, a contact."""

    form_token = HiddenField()
    is_another = HiddenField()  # the desk has seen who has this contact already: it is another person
    full_name = StringField(
        _l("Full name"), [DataRequired(_l("Type the name or read the citizen card.")), Length(max=120)], [_name]
    )
    organisation = Line(_l("Organisation"), most=200)
    contact = Line(_l("E-mail or telephone number"), most=254)
    kind = SelectField(_l("Kind"), choices=choices_of(KIND_WORDS.items()), default="visitor")

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.form_token.data = self.form_token.data or uuid4().hex

    def validate_contact(self, contact: StringField) -> None:
        if contact.data:
            (parse_mail_address if "@" in contact.data else parse_phone)(contact.data)

    def keys(self) -> tuple[str | None, str | None]:
        """The contact as registrations are found by it: address, number."""
        typed = str(self.contact.data or "")
        if not typed:
            return None, None
        return (parse_mail_address(typed).compared, None) if "@" in typed else (None, parse_phone(typed))

    def registration(self) -> RegistrationInput:
        """What was typed, once it is valid. Nothing is agreed to for somebody else: a visitor does that alone."""
        typed = str(self.contact.data or "")
        return RegistrationInput(
            full_name=self.full_name.data,
            organisation=self.organisation.data or "",
            email=typed if "@" in typed else None,
            phone=typed if typed and "@" not in typed else None,
            kind=self.kind.data,
            language=language(),
            is_walk_in=True,
            form_token=(self.form_token.data or "")[:64],
        )

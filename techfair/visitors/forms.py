"""What a person may type in this room's pages."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TimeField
from wtforms.validators import DataRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from techfair.core.fields import choices_of
from techfair.core.languages import language
from techfair.core.mail_addresses import parse_mail_address
from techfair.core.phones import parse_phone
from techfair.core.vietnamese import clean_line
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Activity
from techfair.visitors.gates import GateInput
from techfair.visitors.registering import RegistrationInput
from techfair.visitors.words import KIND_WORDS, PLACE_WORDS, PURPOSE_WORDS, RULE_WORDS

KINDS_TO_CHOOSE = ("visitor", "delegate", "press")  # the others are given by the organizer


def lined(text: str | None) -> str | None:
    """Clean a typed line; WTForms shows an InputRefused's message at the field."""
    return clean_line(text) if text else text


def _number(text: Any) -> int | str:
    return int(text) if str(text).isdecimal() else ""


class Ticks(SelectMultipleField):
    """Several checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PersonForm(FlaskForm):
    """Who comes, how they are reached, and the purposes that they agree to."""

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
    consents = Ticks(_l("I agree that"), choices=choices_of(PURPOSE_WORDS.items()))

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.form_token.data = self.form_token.data or uuid4().hex

    def validate_contact(self, contact: StringField) -> None:
        (parse_mail_address if "@" in (contact.data or "") else parse_phone)(contact.data or "")

    def person(self, kind: str) -> RegistrationInput:
        """What was typed, once it is valid."""
        contact = str(self.contact.data)
        return RegistrationInput(
            full_name=self.full_name.data,
            organisation=self.organisation.data or "",
            email=contact if "@" in contact else None,
            phone=None if "@" in contact else contact,
            kind=kind,
            language=language(),
            consents=frozenset(self.consents.data or ()),
            form_token=(self.form_token.data or "")[:64],
        )


class RegistrationForm(PersonForm):
    """A person as above, with what they come as: of all kinds but those that a place is ``without``."""

    kind = RadioField(_l("I come as"), [DataRequired(_l("Choose one."))], choices=[], default="visitor")

    def __init__(self, without: Collection[str] = (), **values: Any) -> None:
        super().__init__(**values)
        self.kind.choices = choices_of([(kind, KIND_WORDS[kind]) for kind in KINDS_TO_CHOOSE if kind not in without])

    def registration(self) -> RegistrationInput:
        """What was typed, once it is valid."""
        return self.person(self.kind.data)


class ResendForm(FlaskForm):
    email = StringField(_l("E-mail address"), [DataRequired(_l("Type the address you registered with."))], [lined])

    def validate_email(self, email: StringField) -> None:
        parse_mail_address(email.data or "")


class AddressForm(FlaskForm):
    """Another e-mail address of a registration."""

    email = StringField(
        _l("New e-mail address"), [DataRequired(_l("Type an e-mail address.")), Length(max=254)], [lined]
    )


class GateForm(FlaskForm):
    """A gate. Once it is made its code and place are not offered any more."""

    code = StringField(_l("Code"), [DataRequired(_l("Type a short code such as A.")), Length(max=12)], [lined])
    name_vi = StringField(
        _l("Name in Vietnamese"), [DataRequired(_l("Type the gate’s name.")), Length(max=80)], [lined]
    )
    name_en = StringField(_l("Name in English"), [Length(max=80)], [lined])
    place = RadioField(_l("Kind of gate"), choices=choices_of(PLACE_WORDS.items()), default="entrance")
    activity_id = SelectField(_l("Activity"), coerce=_number, validate_choice=False)
    booth_id = SelectField(_l("Booth"), coerce=_number, validate_choice=False)
    rule = RadioField(_l("How often a badge enters"), choices=choices_of(RULE_WORDS.items()), default="daily")
    allowed_kinds = Ticks(_l("Only these kinds of badge"), choices=choices_of(KIND_WORDS.items()))
    opens = TimeField(_l("Opens"), [Optional()])
    closes = TimeField(_l("Closes"), [Optional()])
    scans_exits = BooleanField(_l("Scan people going out, too"))
    hand_out_vi = StringField(_l("What the steward hands out, in Vietnamese"), [Length(max=80)], [lined])
    hand_out_en = StringField(_l("What the steward hands out, in English"), [Length(max=80)], [lined])
    gives_names = BooleanField(_l("Names on devices, for when there is no network"))

    def __init__(self, activities: Iterable[Activity], booths: Iterable[Booth], **values: Any) -> None:
        super().__init__(**values)
        titles = {activity.id: activity.title for activity in activities}
        codes = {booth.id: booth.code for booth in booths}
        self.activity_ids, self.booth_ids = set(titles), set(codes)
        self.activity_id.choices = choices_of([("", "–"), *titles.items()])
        self.booth_id.choices = choices_of([("", "–"), *codes.items()])

    def validate_activity_id(self, field: SelectField) -> None:
        if self.place.data == "activity" and field.data not in self.activity_ids:
            raise ValidationError(_l("Choose the activity whose door this is."))

    def validate_booth_id(self, field: SelectField) -> None:
        if self.place.data == "booth" and field.data not in self.booth_ids:
            raise ValidationError(_l("Choose the booth."))

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        wrong = self._wrong_hours()
        if wrong:
            self.closes.errors = [*self.closes.errors, wrong]
        return is_valid and not wrong

    def _wrong_hours(self) -> LazyString | None:
        opens, closes = self.opens.data, self.closes.data
        if bool(opens) != bool(closes):
            return _l("Type both times, or none.")
        return _l("A gate closes after it opens.") if opens and closes and closes <= opens else None

    def gate(self) -> GateInput:
        """What was typed, once it is valid."""
        return GateInput(
            code=str(self.code.data).upper(),
            name_vi=str(self.name_vi.data),
            name_en=self.name_en.data or "",
            place=self.place.data,
            activity_id=self.activity_id.data if self.place.data == "activity" else None,
            booth_id=self.booth_id.data if self.place.data == "booth" else None,
            rule=self.rule.data,
            allowed_kinds=self.allowed_kinds.data or [],
            gives_names=bool(self.gives_names.data),
            scans_exits=bool(self.scans_exits.data) or self.rule.data == "reentry",
            hand_out_vi=self.hand_out_vi.data or "",
            hand_out_en=self.hand_out_en.data or "",
            hours=(self.opens.data, self.closes.data) if self.opens.data and self.closes.data else None,
        )

"""What a person may type about an agreement."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, FieldList, Form, FormField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Optional, Regexp, ValidationError

from techfair.agreements import kinds
from techfair.agreements.models import TRANSFER_KINDS
from techfair.agreements.schemas import Deal, PartyInput
from techfair.core import clock
from techfair.core.fields import Line, Paragraphs, Version, choices_of
from techfair.core.languages import LANGUAGES, language
from techfair.core.mail_addresses import parse_mail_address
from techfair.core.money import format_amount, parse_amount
from techfair.core.vietnamese import clean_line

DRAFTED_HERE = (*TRANSFER_KINDS, "nda")


def _line(typed: Any) -> str:
    """What was typed, on one line; an amount of an agreement is put in by ``show_value``."""
    return clean_line(typed) if isinstance(typed, str) else ""


class PartyForm(Form):
    """One side: its legal data come from its profile, who signs is typed."""

    name_vi = Line(_l("Legal name of the party"), needed=_l("Type the name as it stands in the business registration."))
    name_en = Line(_l("Name in English"))
    tax_code = Line(_l("Tax code"), most=20)
    address = Line(_l("Address"))
    representative = Line(_l("Who signs"), most=120, needed=_l("Type the full name of who signs."))
    representative_title = Line(_l("Position of who signs"), most=120)
    email = StringField(_l("E-mail of who signs"), [InputRequired(_l("Type the e-mail address of who signs."))])
    language = RadioField(_l("Language of our mail to them"), choices=choices_of(LANGUAGES.items()), default="vi")

    def validate_email(self, field: StringField) -> None:
        field.data = parse_mail_address(field.data or "").shown

    def values(self, company_id: int | None) -> PartyInput:
        """The party as typed; its company is known from elsewhere and is never typed."""
        return PartyInput(company_id=company_id, **{name: value or "" for name, value in self.data.items()})


class AgreementForm(FlaskForm):
    """A deal: kind, subject, value, and the parties that the meeting brought together."""

    kind = SelectField(
        _l("Kind of document"), choices=choices_of([(kind, kinds.KIND_LABELS[kind]) for kind in DRAFTED_HERE])
    )
    subject_vi = Line(_l("Subject in Vietnamese"), most=300, needed=_l("Say in one phrase what you agree on."))
    subject_en = Line(_l("Subject in English"), most=300)
    value = StringField(_l("Intended value"), [Optional()], filters=[_line])
    is_confidential = BooleanField(_l("The value is confidential: the agreement is counted without it"))
    place = Line(_l("Place"))
    valid_until_on = DateField(_l("Valid until"), [Optional()])
    parties = FieldList(FormField(PartyForm), min_entries=2, max_entries=6)
    version = Version()

    def validate_value(self, field: StringField) -> None:
        parse_amount(field.data or "", language())
        if self.is_confidential.data:
            raise ValidationError(_l("Leave the amount empty: a confidential value is not kept here."))

    def validate_valid_until_on(self, field: DateField) -> None:
        if field.data and field.data <= clock.now().date():
            raise ValidationError(_l("This date is past. Choose a later one."))

    def validate_parties(self, field: Any) -> None:
        addresses = [entry.form.email.data.casefold() for entry in field if entry.form.email.data]
        if len(set(addresses)) < len(addresses):
            field[-1].form.email.errors = [_l("Each party signs from a mailbox of its own. Type another address.")]
            raise ValidationError("")

    def deal(self, **more: Any) -> Deal:
        """The deal as typed; call it after the form is valid."""
        return Deal(
            subject_vi=self.subject_vi.data or "",
            subject_en=self.subject_en.data or "",
            value=parse_amount(self.value.data, language()) if self.value.data else None,
            is_confidential=bool(self.is_confidential.data),
            place=self.place.data or "",
            valid_until_on=self.valid_until_on.data,
            **more,
        )

    def party_values(self, company_ids: list[int | None]) -> list[PartyInput]:
        """The parties in order; ``company_ids`` says which company each is, as far as known."""
        return [entry.form.values(id) for entry, id in zip(self.parties, company_ids, strict=True)]

    def show_value(self, amount: int | None) -> None:
        """Put an amount into the field as the reader would type it."""
        self.value.data = "" if amount is None else format_amount(amount, "VND", language())


class CodeForm(FlaskForm):
    """The code from the mail."""

    code = StringField(
        _l("Code from the mail"),
        [
            InputRequired(_l("Type the six digits from the mail.")),
            Regexp(r"^\d{6}$", message=_l("The code has six digits.")),
        ],
        filters=[lambda text: "".join((text or "").split())],
    )


class ReasonForm(FlaskForm):
    """Why something is refused or ended; all parties read it."""

    reason = Paragraphs(_l("Reason"), most=500, needed=_l("Say why, so that the other party understands."))

"""What an organizer may type about fees."""

import re
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, HiddenField, SelectField, StringField
from wtforms.validators import ValidationError

from techfair.core import clock
from techfair.core.fields import Day, Line, choices_of
from techfair.core.languages import language
from techfair.core.money import format_amount, parse_amount
from techfair.exhibitors.fees.banks import BANKS
from techfair.fairs.models import Fair

LINES = 6
TIME_TO_PAY = timedelta(days=14)
ACCOUNT = re.compile(r"[0-9A-Z]{4,19}")


def _amount(field: StringField) -> int:
    amount = parse_amount(field.data or "", language())  # what it refuses is a ValidationError
    if amount <= 0:
        raise ValidationError(_l("Type an amount above zero."))
    return amount


class OnceForm(FlaskForm):
    """A form that counts once however often it is sent."""

    form_token = HiddenField()

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.form_token.data = (self.form_token.data or token_urlsafe(16))[:64]


class AccountForm(FlaskForm):
    """Where fees are paid to."""

    bank = SelectField(_l("Bank"), choices=choices_of(sorted(BANKS.items(), key=lambda bank: bank[1].lower())))
    number = Line(_l("Account number"), most=30, needed=_l("Type the number of the account."))
    holder = Line(_l("Account holder"), most=120, needed=_l("Type the name that the bank knows the account by."))

    def values(self) -> dict[str, str]:
        return {name: str(field.data) for name, field in self._fields.items() if name in {"bank", "number", "holder"}}

    def validate_number(self, field: StringField) -> None:
        field.data = re.sub(r"[\s.-]", "", field.data or "").upper()
        if not ACCOUNT.fullmatch(field.data):
            raise ValidationError(_l("An account number has 4 to 19 digits or letters."))


class LineForm(Form):
    """One thing that is paid for."""

    text = Line(_l("What for"), most=200)
    amount = StringField(_l("Amount in đồng"))

    def validate_text(self, field: StringField) -> None:
        if self.amount.data and not field.data:
            raise ValidationError(_l("Say what this is for."))

    def validate_amount(self, field: StringField) -> None:
        if field.data or self.text.data:
            _amount(field)


class FeeForm(OnceForm):
    """What an exhibitor is asked for."""

    exhibitor_id = SelectField(_l("Exhibitor"), coerce=int)
    due_on: Any = Day(_l("Pay by"), needed=_l("Type the day by which it is to be paid."))
    lines = FieldList(FormField(LineForm), min_entries=LINES, max_entries=LINES)

    def __init__(self, fair: Fair, exhibitors: list[tuple[int, str]], **values: Any) -> None:
        super().__init__(**values)
        self.fair = fair
        self.exhibitor_id.choices = choices_of(exhibitors)
        if not self.is_submitted():
            self.due_on.data = clock.today(fair.timezone) + TIME_TO_PAY

    def propose(self, lines: list[tuple[str, int]]) -> None:
        """Fill in what is usually asked for."""
        for row, (text, amount) in zip(self.lines, lines, strict=False):
            row.form.text.data, row.form.amount.data = text, format_amount(amount, locale=language(), style="long")

    def validate_due_on(self, field: Day) -> None:
        if field.data and field.data < clock.today(self.fair.timezone):
            raise ValidationError(_l("This day is past. Choose a later one."))

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        first = self.lines[0].form
        if is_valid and not self.asked():
            first.text.errors = [_l("Type at least one line with its amount.")]
            return False
        return bool(is_valid)

    def asked(self) -> list[tuple[str, int]]:
        """The lines that are filled in, with their amounts in đồng."""
        filled = [line.form for line in self.lines if line.form.text.data]
        return [(line.text.data or "", _amount(line.amount)) for line in filled]


class PaymentForm(OnceForm):
    """What came in."""

    amount = StringField(_l("Amount in đồng"))
    paid_on: Any = Day(_l("Received on"), needed=_l("Type the day it came in."))
    note = Line(_l("Note, such as the bank's transaction number"), most=200)

    def __init__(self, fair: Fair, outstanding: int = 0, **values: Any) -> None:
        super().__init__(**values)
        self.fair = fair
        if not self.is_submitted():
            self.paid_on.data = clock.today(fair.timezone)
            self.amount.data = format_amount(outstanding, locale=language(), style="long") if outstanding else ""

    def validate_amount(self, field: StringField) -> None:
        _amount(field)

    def validate_paid_on(self, field: Day) -> None:
        if field.data and field.data > clock.today(self.fair.timezone):
            raise ValidationError(_l("This day is still to come."))

    def received(self) -> int:
        return _amount(self.amount)

"""What a party may type about its promises; what it chose to send stays kept when another field is wrong."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, Form, FormField, HiddenField, MultipleFileField, StringField
from wtforms.validators import Optional, ValidationError

from techfair.agreements.commitments.promises import Promise
from techfair.agreements.commitments.reporting import Reached
from techfair.agreements.deal.values import measured
from techfair.agreements.papers import SendsPapers
from techfair.agreements.schemas import MOST_VALUE
from techfair.core import clock, formats
from techfair.core.fields import Day, Paragraphs
from techfair.core.languages import language
from techfair.core.money import format_amount, parse_amount
from techfair.core.uploads import MEGABYTE
from techfair.core.vietnamese import clean_line
from techfair.exhibitors.fees.forms import OnceForm

MOST_FILES, FILE_BYTES = 5, 10 * MEGABYTE


class LineForm(Form):
    """How far one milestone is."""

    milestone_id = HiddenField()
    actual = StringField(_l("Reached since the signing, in all"), [Optional()])
    reached_on: Any = Day(_l("Day on which all of it was reached"))

    promise: Promise

    def about(self, promise: Promise) -> None:
        """The promise that this block is about; a mere step has no amount."""
        self.promise = promise
        if promise.milestone.measure == "step":
            del self.actual

    def validate_reached_on(self, field: Day) -> None:
        agreement = self.promise.agreement
        if field.data and field.data > clock.today(agreement.fair.timezone):
            raise ValidationError(_l("This day is still to come. Report what is reached already."))
        if field.data and agreement.signed_on and field.data < agreement.signed_on:
            raise ValidationError(_l("This day is before the signing."))

    def validate_actual(self, field: StringField) -> None:
        if self._amount() > MOST_VALUE:
            raise ValidationError(_l("This amount is too large. Check the number of zeros."))

    def check_together(self) -> bool:
        """Amount and day agree: all of it is reached on a day, and not before."""
        if "actual" not in self or self.errors:
            return True
        reached, planned = self._amount(), self.promise.milestone.planned or 0
        if self.reached_on.data and reached < planned:
            shown = measured(planned, self.promise.milestone.unit, language())
            self.actual.errors = [
                _l("%(planned)s were promised. Leave the day empty until all is reached.", planned=shown)
            ]
        elif self.actual.data and reached >= planned and not self.reached_on.data:
            self.reached_on.errors = [_l("All that was promised is reached. Type the day.")]
        return not self.errors

    def reached(self) -> Reached | None:
        """What is reported; nothing where nothing was typed."""
        actual = self._amount() if "actual" in self and self.actual.data else None
        if actual is None and not self.reached_on.data:
            return None
        return Reached(self.promise.milestone.id, actual, self.reached_on.data)

    def _amount(self) -> int:
        currency = self.promise.milestone.currency or "VND"
        return parse_amount(clean_line(self.actual.data), language(), currency) if self.actual.data else 0


class ProgressForm(SendsPapers, OnceForm):
    """The promises of an agreement that are not reached yet, a note, and files that prove it."""

    lines = FieldList(FormField(LineForm))
    note = Paragraphs(_l("Note to the organizer"), most=1000)
    files = MultipleFileField(_l("Evidence: PDF, JPEG or PNG"))

    def __init__(self, promises: Sequence[Promise], **values: Any) -> None:
        super().__init__(lines=[_shown(one) for one in promises], **values)
        self.papers = []
        known = {str(one.milestone.id): one for one in promises}
        lines: list[Any] = self.lines.entries
        self.lines.entries = [one for one in lines if one.form.milestone_id.data in known]
        for one in self.lines.entries:
            one.form.about(known[str(one.form.milestone_id.data)])

    def validate_files(self, field: MultipleFileField) -> None:
        self.take_papers("progress-evidence", most=MOST_FILES, max_bytes=FILE_BYTES)

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        agree = [one.form.check_together() for one in self.lines]
        if is_valid and all(agree) and not self.reached() and not self.note.data:
            self.note.errors = [_l("Report at least one milestone, or say here why nothing has changed.")]
            return False
        return is_valid and all(agree)

    def reached(self) -> list[Reached]:
        return [told for one in self.lines if (told := one.form.reached()) is not None]


def _shown(promise: Promise) -> dict[str, Any]:
    measure, actual = promise.milestone.measure, promise.actual
    shown = "" if actual is None else formats.format_number(actual, language())
    if actual is not None and measure == "capital":
        shown = format_amount(actual, promise.milestone.currency or "VND", language(), "long")
    return {
        "milestone_id": str(promise.milestone.id),
        "actual": shown,
        "reached_on": promise.reached_on if promise.is_reached else None,
    }

"""The form of thirty seconds."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import ValidationError

from techfair.core.fields import Day, Line, choices_of
from techfair.meetings.results.models import MeetingResult
from techfair.meetings.results.words import INTEREST_WORDS, STEP_WORDS, VALUE_WORDS

SAID = ("interest", "next_step", "value", "follow_up_on", "note")


class ResultForm(FlaskForm):
    """Five taps: did we meet, interest, next step, value, when to follow up."""

    met = RadioField(_l("Did you meet?"), choices=choices_of([("yes", _l("Yes")), ("no", _l("No"))]), default="yes")
    interest = RadioField(_l("Interest in going on"), choices=choices_of(INTEREST_WORDS.items()), default="some")
    next_step = SelectField(_l("Next step"), choices=choices_of(STEP_WORDS.items()), default="none")
    value = SelectField(_l("Expected value"), choices=choices_of(VALUE_WORDS.items()), default="unknown")
    follow_up_on = Day(_l("Follow up on"))
    note = Line(_l("Note for yourself"), 300)
    connects = BooleanField(_l("This became a connection: ask the other side to confirm it"))
    subject = Line(_l("What the connection is about"), 300)

    def __init__(self, said: MeetingResult | None, *, subject: str | None) -> None:
        given: dict[str, Any] = {"subject": subject}
        if said:
            given |= {name: getattr(said, name) for name in SAID} | {"met": "yes" if said.met else "no"}
        super().__init__(data=given)
        if subject is None:
            del self.connects, self.subject

    def validate_subject(self, field: Line) -> None:
        if self.connects.data and not field.data:
            raise ValidationError(_l("Say what the connection is about."))

    def said(self) -> dict[str, Any]:
        return {name: self._fields[name].data for name in SAID} | {"met": self.met.data == "yes"}

    @property
    def connection_subject(self) -> str:
        """The subject of a connection that is wished for; empty for none."""
        is_wished = "connects" in self and self.connects.data and self.met.data == "yes"
        return str(self.subject.data) if is_wished else ""

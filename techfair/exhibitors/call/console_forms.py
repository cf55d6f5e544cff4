"""What an organizer types about a call."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.validators import ValidationError

from techfair.core.fields import Line, Paragraphs, Version, choices_of
from techfair.core.vietnamese import clean_line
from techfair.exhibitors.call.models import WITH_CHOICES, CallQuestion, CallTerms
from techfair.exhibitors.call.words import KINDS

MOST_CHOICES, LONGEST_CHOICE = 60, 200


class TermsForm(FlaskForm):
    """The conditions in both languages; empty for none."""

    text_vi = Paragraphs(_l("Conditions, in Vietnamese"), most=20_000)
    text_en = Paragraphs(_l("Conditions, in English"), most=20_000)
    version = Version()

    def __init__(self, terms: CallTerms | None) -> None:
        start = {"text_vi": terms.text_vi, "text_en": terms.text_en, "version": terms.version} if terms else {}
        super().__init__(data=start)

    def validate_text_vi(self, field: TextAreaField) -> None:
        if self.text_en.data and not field.data:
            raise ValidationError(_l("Type the Vietnamese text: it is the one that applies."))


class QuestionForm(FlaskForm):
    """One question; of a list its choices, one a line."""

    text_vi = Line(_l("Question, in Vietnamese"), most=300, needed=_l("Type the question."))
    text_en = Line(_l("Question, in English"), most=300)
    hint_vi = Line(_l("Help below it, in Vietnamese"), most=300)
    hint_en = Line(_l("Help below it, in English"), most=300)
    kind = SelectField(_l("Kind of answer"), choices=choices_of(KINDS.items()))
    choices_text = TextAreaField(_l("Choices, one a line"))
    is_required = BooleanField(_l("An answer is required"))
    version = Version()

    def __init__(self, question: CallQuestion | None = None) -> None:
        names = ("text_vi", "text_en", "hint_vi", "hint_en", "kind", "is_required", "version")
        start: dict[str, Any] = {name: getattr(question, name) for name in names} if question else {}
        self.before = question.choices if question else []
        lines = [" | ".join(filter(None, (one["vi"], one["en"]))) for one in self.before]
        super().__init__(data=start | {"choices_text": "\n".join(lines)})

    def validate_choices_text(self, field: TextAreaField) -> None:
        if self.kind.data not in WITH_CHOICES:
            return
        pairs = self._pairs()
        names = [vi for vi, _en in pairs]
        if len(pairs) < 2:
            raise ValidationError(_l("Type at least two choices, one a line."))
        if len(pairs) > MOST_CHOICES:
            raise ValidationError(_l("A list has at most %(most)s choices.", most=MOST_CHOICES))
        if len(set(names)) < len(names):
            raise ValidationError(_l("One choice stands there twice."))
        if "" in names or any(len(text) > LONGEST_CHOICE for pair in pairs for text in pair):
            raise ValidationError(_l("Each choice has 1 to %(most)s characters.", most=LONGEST_CHOICE))

    def _pairs(self) -> list[tuple[str, str]]:
        """Vietnamese and English of each choice, parted by a bar."""
        lines = [clean_line(line) for line in (self.choices_text.data or "").splitlines()]
        parted = [line.partition("|") for line in lines if line]
        return [(vi.strip(), en.strip()) for vi, _bar, en in parted]

    def values(self) -> dict[str, Any]:
        """The columns of CallQuestion. A choice keeps its key as long as its Vietnamese words stand."""
        names = ("text_vi", "text_en", "hint_vi", "hint_en", "kind", "is_required")
        values = {name: self._fields[name].data for name in names}
        return values | {"choices": self._choices() if self.kind.data in WITH_CHOICES else []}

    def _choices(self) -> list[dict[str, str]]:
        known = {one["vi"]: one["key"] for one in self.before}
        free = (str(number) for number in range(1, 1000) if str(number) not in known.values())
        return [{"key": known.get(vi) or next(free), "vi": vi, "en": en} for vi, en in self._pairs()]

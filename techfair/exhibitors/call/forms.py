"""The application form with what a call adds: its questions, and its conditions to accept."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import Optional, ValidationError

from techfair.core.fields import Count, Line, Needed, Paragraphs, Ticks, choices_of
from techfair.exhibitors.call import answering, queries
from techfair.exhibitors.call.answering import Answers
from techfair.exhibitors.call.models import CallQuestion, CallTerms
from techfair.exhibitors.call.words import YES_NO
from techfair.exhibitors.forms import ApplicationForm
from techfair.exhibitors.models import Application, Company
from techfair.fairs.models import Fair

HIGHEST = 1_000_000_000
ANSWER = _l("Answer this question.")


class CallForm(ApplicationForm):
    """An application under a fair's call; made by ``form_for``, which adds a field for each question."""

    questions: Sequence[CallQuestion] = ()
    terms: CallTerms | None = None
    is_accepted = False  # this very version, before
    terms_id = HiddenField()
    accepted = BooleanField(_l("We accept the conditions"))

    def validate_accepted(self, field: BooleanField) -> None:
        if self.terms is None or self.is_accepted:
            return
        if self.terms_id.data != str(self.terms.id):
            field.data, self.terms_id.data = False, str(self.terms.id)  # what is shown now is what is accepted next
            raise ValidationError(_l("The conditions have changed since you opened this page. Read them again."))
        if not field.data:
            raise ValidationError(_l("Without accepting the conditions the application cannot be handed in."))

    def answers(self) -> dict[int, list[str]]:
        """What is typed, by question; nothing for what is left out."""
        return {question.id: _said(self._fields[_name(question)].data) for question in self.questions}

    def question_fields(self) -> list[tuple[CallQuestion, Any]]:
        """The questions, each with its field."""
        return [(question, self._fields[_name(question)]) for question in self.questions]


def form_for(
    fair: Fair, company: Company | None, application: Application | None = None, **values: Any
) -> tuple[CallForm, bool]:
    """The form to apply at a fair, and whether answers of an earlier application are filled in."""
    questions, terms = queries.questions_of(fair.id), queries.terms_in_force(fair.id)
    before: Answers = answering.given(application) if application else {}
    is_remembered = False
    if application is None and company is not None:
        before = answering.remembered(company.id, questions)
        is_remembered = bool(before)
    accepted = queries.acceptances_of([application.id]) if application and terms else {}
    is_accepted = terms is not None and any(one.terms_id == terms.id for one in accepted.values())
    fields = {_name(question): _field(question) for question in questions}
    known = {"questions": questions, "terms": terms, "is_accepted": is_accepted}
    made: Any = type("CallForm", (CallForm,), fields | known)
    start = {_name(one): _typed(one, before[one.id]) for one in questions if one.id in before}
    form: CallForm = made(company, **(values | start))
    if not form.is_submitted():
        form.terms_id.data = str(terms.id if terms else "")
    return form, is_remembered


def _name(question: CallQuestion) -> str:
    return f"question_{question.id}"


def _field(question: CallQuestion) -> Any:
    needed = ANSWER if question.is_required else None
    validators = [Needed(needed)] if needed else [Optional()]
    listed = list(question.labels.items())
    options: dict[str, Any] = {"description": question.hint}
    match question.kind:
        case "line":
            return Line(question.text, most=300, needed=needed, **options)
        case "text":
            return Paragraphs(question.text, most=4000, needed=needed, **options)
        case "number":
            return Count(question.text, 0, HIGHEST, needed=needed, **options)
        case "one":
            choices = choices_of([("", _l("Choose")), *listed])
            return SelectField(question.text, validators, choices=choices, **options)
        case "several":
            return Ticks(question.text, validators, choices=choices_of(listed), **options)
        case _:
            return RadioField(question.text, validators, choices=choices_of(YES_NO.items()), **options)


def _said(data: Any) -> list[str]:
    if isinstance(data, list):
        return [str(one) for one in data]
    return [] if data is None or data == "" else [str(data)]


def _typed(question: CallQuestion, said: list[str]) -> Any:
    """What a field starts from."""
    if question.kind == "several":
        return said
    return int(said[0]) if question.kind == "number" else said[0]

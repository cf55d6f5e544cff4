"""What an organizer may type about a template. Clauses are added by a button and left out by emptying them."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField
from wtforms.validators import ValidationError

from techfair.agreements.templates import fields
from techfair.agreements.templates.checking import uncovered
from techfair.agreements.templates.models import AgreementTemplate
from techfair.agreements.templates.words import COVERS, REQUIRED
from techfair.core.fields import Count, Line, Paragraphs, Ticks, Version, choices_of

MOST_CLAUSES = 40
TEXTS = ("heading_vi", "heading_en", "text_vi", "text_en")


def check_fields(field: Paragraphs, before: str = "") -> None:
    """What stands in braces is a field, or stood there before; raises ValidationError."""
    if unknown := set(fields.unknown(field.data or "")) - set(fields.unknown(before)):
        names = ", ".join(f"{{{name}}}" for name in sorted(unknown))
        raise ValidationError(_l("%(names)s is no field. Take one from the list.", names=names))


def check_heading(field: Line) -> None:
    """A heading is printed as it is typed; raises ValidationError for a field in it."""
    if names := fields.FIELD.findall(field.data or ""):
        raise ValidationError(_l("A heading takes no fields such as {%(name)s}. Write it out.", name=names[0]))


class ClauseForm(Form):
    """One clause in both languages, and what of the required contents it holds."""

    place: Any = Count(_l("Place in the order"), 1, 99)
    heading_vi = Line(_l("Heading in Vietnamese"), needed=_l("Type the heading of the clause."))
    heading_en = Line(_l("Heading in English"), needed=_l("Type the heading of the clause."))
    text_vi = Paragraphs(_l("Text in Vietnamese"), needed=_l("Type the text of the clause."))
    text_en = Paragraphs(_l("Text in English"), needed=_l("Type the text of the clause."))
    covers: Any = Ticks(_l("What this clause covers"))

    def validate_heading_vi(self, field: Line) -> None:
        check_heading(field)

    def validate_text_vi(self, field: Paragraphs) -> None:
        check_fields(field)

    validate_heading_en, validate_text_en = validate_heading_vi, validate_text_vi

    @property
    def is_empty(self) -> bool:
        return not any(self[name].data for name in TEXTS)

    def values(self) -> dict[str, str]:
        texts = {name: str(self[name].data or "") for name in TEXTS}
        return texts | {"covers": ",".join(self.covers.data or [])}


class TemplateForm(FlaskForm):
    """A template: its title and its clauses in order."""

    title_vi = Line(_l("Title in Vietnamese"), needed=_l("Type what stands on top of the document."))
    title_en = Line(_l("Title in English"), needed=_l("Type what stands on top of the document."))
    clauses = FieldList(FormField(ClauseForm), max_entries=MOST_CLAUSES)
    version = Version()

    def __init__(self, template: AgreementTemplate) -> None:
        self.template_kind = template.kind
        super().__init__(data=_shown(template))
        self._offer()

    def add_clause(self) -> None:
        """One more clause, after the others."""
        if len(self.clauses) < MOST_CLAUSES:
            self.clauses.append_entry({"place": len(self.clauses) + 1})
            self._offer()

    def validate(self, extra_validators: Any = None) -> bool:
        self.clauses.entries = [one for one in self.clauses if not one.form.is_empty]
        is_valid = bool(super().validate(extra_validators))
        if is_valid and (lacking := uncovered(self.template_kind, self.values())):
            names = ", ".join(str(COVERS[one]) for one in lacking)
            told = _l("This kind of document must also contain: %(missing)s.", missing=names)
            self.form_errors.append(told)
            return False
        return is_valid

    def values(self) -> list[dict[str, str]]:
        """The clauses in their order."""
        rows: list[Any] = list(self.clauses)
        return [one.form.values() for one in sorted(rows, key=lambda one: one.form.place.data or 99)]

    def _offer(self) -> None:
        for entry in self.clauses:
            entry.form.covers.choices = choices_of((key, COVERS[key]) for key in REQUIRED[self.template_kind])


def _shown(template: AgreementTemplate) -> dict[str, Any]:
    clauses = [
        {**{name: clause[name] for name in TEXTS}, "covers": clause.get("covers", "").split(","), "place": place}
        for place, clause in enumerate(template.clauses, start=1)
    ]
    return {
        "title_vi": template.title_vi,
        "title_en": template.title_en,
        "clauses": clauses,
        "version": template.version,
    }

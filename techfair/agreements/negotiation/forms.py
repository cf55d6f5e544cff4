"""What a party may type while a text is open."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from techfair.agreements.negotiation.differences import TEXTS
from techfair.agreements.templates.forms import check_fields, check_heading
from techfair.core.fields import Line, Paragraphs


class CommentForm(FlaskForm):
    """A remark about one clause."""

    text = Paragraphs(_l("Comment"), most=2000, needed=_l("Type your comment."))


class ProposalForm(FlaskForm):
    """Another wording of one clause, and why."""

    heading_vi = Line(_l("Heading in Vietnamese"), needed=_l("Type the heading of the clause."))
    heading_en = Line(_l("Heading in English"), needed=_l("Type the heading of the clause."))
    text_vi = Paragraphs(_l("Text in Vietnamese"), needed=_l("Type the text of the clause."))
    text_en = Paragraphs(_l("Text in English"), needed=_l("Type the text of the clause."))
    reason = Paragraphs(_l("Why"), most=500)
    before: dict[str, str] = {}  # the clause as it stands, set by whoever takes the form in

    def validate_heading_vi(self, field: Line) -> None:
        check_heading(field)

    def validate_text_vi(self, field: Paragraphs) -> None:
        check_fields(field, self.before.get(field.short_name, ""))

    validate_heading_en, validate_text_en = validate_heading_vi, validate_text_vi

    def clause(self) -> dict[str, str]:
        return {name: str(self[name].data or "") for name in TEXTS}

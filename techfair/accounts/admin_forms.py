"""What administrators type about units, people and roles."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from techfair.accounts.forms import EMAIL_NEEDED, NAME_NEEDED, TOO_LONG, an_address, tidy
from techfair.core.fields import choices_of
from techfair.core.languages import LANGUAGES

KINDS = [
    ("department", _l("Department")),
    ("ministry", _l("Ministry")),
    ("province", _l("Province")),
    ("centre", _l("Centre")),
    ("other", _l("Other")),
]
GRANT_LABELS = [
    ("exhibitors", _l("Exhibitors")),
    ("visitors", _l("Visitors")),
    ("gates", _l("Gates")),
    ("meetings", _l("Meetings")),
    ("agreements", _l("Agreements")),
    ("report", _l("Report")),
    ("read", _l("Look only")),
]


class UnitForm(FlaskForm):
    name_vi = StringField(
        _l("Name in Vietnamese"), [DataRequired(_l("Type the name.")), Length(max=200, message=TOO_LONG)], [tidy]
    )
    name_en = StringField(_l("Name in English"), [Length(max=200, message=TOO_LONG)], [tidy])
    kind = SelectField(_l("Kind"), choices=choices_of(KINDS))
    parent_id = SelectField(_l("Part of"), coerce=int)


class RoleForm(FlaskForm):
    """Whom to give which role; the choices of role and fair depend on who gives."""

    email = EmailField(_l("E-mail"), [DataRequired(EMAIL_NEEDED), an_address])
    full_name = StringField(_l("Full name"), [DataRequired(NAME_NEEDED), Length(max=120, message=TOO_LONG)], [tidy])
    language = RadioField(_l("Language of the mail"), choices=choices_of(LANGUAGES.items()), default="vi")
    role = RadioField(_l("Role"), choices=[])
    grants = SelectMultipleField(
        _l("What staff may do"),
        choices=choices_of(GRANT_LABELS),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    fair_id = SelectField(_l("Fair of the steward"), coerce=int)

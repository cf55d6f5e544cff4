"""A row of days for each kind."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, FormField, HiddenField
from wtforms.form import Form
from wtforms.validators import DataRequired

from techfair.core.fields import Ticks
from techfair.core.formats import format_date
from techfair.core.languages import language
from techfair.fairs.models import Fair
from techfair.visitors.kind_days import choosing
from techfair.visitors.models import KINDS
from techfair.visitors.words import KIND_WORDS


class KindForm(Form):
    """The days of one kind, by their numbers."""

    kind = HiddenField()
    days = Ticks(
        "",
        [DataRequired(_l("Tick at least one day. To let nobody of this kind in, leave it out at the gates."))],
        coerce=int,
    )


class KindDaysForm(FlaskForm):
    """The days of every kind at a fair."""

    kinds = FieldList(FormField(KindForm))

    def __init__(self, fair: Fair) -> None:
        days, chosen = choosing.days_of(fair), choosing.chosen(fair.id)
        everyday = list(range(1, len(days) + 1))
        super().__init__(data={"kinds": [{"kind": kind, "days": chosen.get(kind, everyday)} for kind in KINDS]})
        for row in self.kinds:
            row.form.days.label.text = KIND_WORDS.get(row.form.kind.data or "", "")
            row.form.days.choices = [(number, format_date(date, language())) for number, date in enumerate(days, 1)]

    def wanted(self) -> dict[str, list[int]]:
        """What was ticked, once it is valid."""
        return {row.form.kind.data or "": row.form.days.data or [] for row in self.kinds}

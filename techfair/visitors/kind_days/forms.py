"""A row of days for each kind."""

from typing import Any

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


class OwnDays(Ticks):
    """Days on which somebody is let in, whatever the kind's are; none ticked: those of the kind."""

    def __init__(self, **options: Any) -> None:
        super().__init__(_l("Let in on these days alone"), coerce=int, **options)

    def offer(self, fair: Fair) -> None:
        """The fair's days, to choose from."""
        self.choices = _choices(fair)


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
        days, chosen = _choices(fair), choosing.chosen(fair.id)
        everyday = [number for number, _date in days]
        super().__init__(data={"kinds": [{"kind": kind, "days": chosen.get(kind, everyday)} for kind in KINDS]})
        for row in self.kinds:
            row.form.days.label.text = KIND_WORDS.get(row.form.kind.data or "", "")
            row.form.days.choices = days

    def wanted(self) -> dict[str, list[int]]:
        """What was ticked, once it is valid."""
        return {row.form.kind.data or "": row.form.days.data or [] for row in self.kinds}


def _choices(fair: Fair) -> list[tuple[int, str]]:
    return [(number, format_date(date, language())) for number, date in enumerate(choosing.days_of(fair), 1)]
